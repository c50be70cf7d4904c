"""A check of what the fuzzer made: through the command, in every format, and what must hold whatever it was given."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import psutil
import pytest

from driftcheck.cli.main import _run
from driftcheck.render import FORMATS

from ..cli.test_forged import assert_harmless

#: Bounds on one run of the command: seconds of the processor, and megabytes beside what the tests take.
_SECONDS, _MEGABYTES = 10, 500

#: A report in each format beside the one that is printed.
REPORTS = tuple(word for form in FORMATS for word in ("--report", f"{form}=report.{form}"))


class Checking:
    """The command in a folder, in this process: `run` gives its exit status and both streams."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._monkeypatch = monkeypatch
        self._capfd = capfd
        monkeypatch.chdir(root)
        monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(root.parent / "cache"))

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))

    def run(self, *words: str, seed: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["driftcheck", *words])
        before = psutil.Process().memory_info().rss
        started = time.process_time()
        status = _run()
        sys.stdout.flush()
        out, err = self._capfd.readouterr()
        what = f"{seed} {words}: {err[-2_000:]}"
        assert status in (0, 1, 2), what
        assert "driftcheck itself failed" not in err, what
        assert "\nTraceback (most" not in f"\n{out}\n{err}", what  # but of an import, set in
        assert time.process_time() - started < _SECONDS, what
        assert psutil.Process().memory_info().rss - before < _MEGABYTES * 2**20, what
        return status, out, err

    def harmless(self, *words: str, seed: str) -> int:
        """Runs `driftcheck WORDS`; nothing that is printed or written as a report is a command or invisible."""
        status, out, err = self.run(*words, seed=seed)
        self._harmless(err, "text", f"{seed} {words} stderr")
        self._harmless(out, "text", f"{seed} {words} stdout")
        return status

    def reports(self, *words: str, seed: str) -> int:
        """`driftcheck diff WORDS` in every format."""
        for form in FORMATS:
            (self.root / f"report.{form}").unlink(missing_ok=True)
        status = self.harmless("diff", *words, "--show-fixes", "--to-sql", "b=fix.sql", *REPORTS, seed=seed)
        if status != 2:
            for form in FORMATS:
                text = (self.root / f"report.{form}").read_text(encoding="utf-8")
                self._harmless(text, form, f"{seed} {words} {form}")
            for form in ("json", "sarif", "gitlab"):
                json.loads((self.root / f"report.{form}").read_text(encoding="utf-8"))
        return status

    def _harmless(self, text: str, form: str, what: str) -> None:
        try:
            assert_harmless(text, form)
        except AssertionError as error:
            raise AssertionError(f"{what} in {self.root}: {error}") from None
