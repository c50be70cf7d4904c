"""What is compared: `[NAME=]KIND:LOCATION` on the command line and in the config."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from ..errors import UsageError
from ..frozen import dataclass
from ..kinds import KINDS, kind_of_file
from ..location import Location
from ..plain import without_passwords
from ..regex import lazy
from .decode import nearest

_DRIVE = lazy(r"[A-Za-z]:[\\/]")
_NAME = lazy(r"[\w.-]+\Z")
_NAMED = lazy(r"([^=:/\\]*)=(.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """A source to be read. What follows `location` is for kinds that have such options; `timeout` is in seconds.

    `place` is where the config file says so.
    """

    name: str
    kind: str
    location: str
    python: str | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    timeout: float | None = None
    stub_missing: bool | None = None
    snapshot: str | None = None
    after: str | None = None
    run_env: bool = False
    place: Location | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """As it would be written on the command line, but for passwords."""
        prefix = "" if self.name == self.kind else f"{self.name}="
        return f"{prefix}{self.kind}:{without_passwords(self.location)}"


def parse_source(text: str, name: str | None = None) -> SourceSpec:
    """The source that `[NAME=]KIND:LOCATION` means; NAME defaults to KIND. `name`, if given, is its name already.

    Raises UsageError, whose hint says what the words probably should have been.
    """
    rest = text
    if name is None and (named := _NAMED.match(text)):
        name, rest = named[1], named[2]
    if name is not None and not _NAME.match(name):
        raise _wrong(f"'{name}': a source's name is made of letters, digits, '_', '-' and '.'", f"write {_FORM}")
    kind, separator, location = rest.partition(":")
    if not separator or kind not in KINDS or _DRIVE.match(rest):
        raise _no_kind(text, rest, f"{name}=" if name is not None and rest != text else "")
    if not location.strip():
        raise _wrong(f"'{text}' does not say where the {kind} source is", f"such as {KINDS[kind].example}")
    return SourceSpec(name=kind if name is None else name, kind=kind, location=location)


def named_apart(specs: Sequence[SourceSpec], words: Sequence[str]) -> tuple[SourceSpec, ...]:
    """`specs`, which `words` of a command say: several of one kind without a NAME get one each, by where they are."""
    unnamed = [word == f"{spec.kind}:{spec.location}" for spec, word in zip(specs, words, strict=True)]
    kinds = Counter(spec.kind for spec, bare in zip(specs, unnamed, strict=True) if bare)
    bare = [number for number, spec in enumerate(specs) if unnamed[number] and kinds[spec.kind] > 1]
    if not bare:
        return tuple(specs)
    from .names import names, word_of  # few name several of a kind

    kept = [spec.name for number, spec in enumerate(specs) if number not in bare]
    named = names([(specs[n].kind, specs[n].location, word_of(specs[n].location)) for n in bare], kept)
    renamed = dict(zip(bare, named, strict=True))
    return tuple(replace(spec, name=renamed.get(number, spec.name)) for number, spec in enumerate(specs))


def check_sources(sources: Sequence[SourceSpec]) -> None:
    """Raises UsageError where two of the sources have one name or are one and the same thing."""
    for number, source in enumerate(sources):
        what = f"{source.kind}:{source.location}"
        for earlier in sources[:number]:
            if source.name == earlier.name:
                raise _wrong(
                    f"two sources are called '{source.name}': {earlier.kind}:{earlier.location} and {what}",
                    f"name one of them: other={what}",
                )
            if (source.kind, source.location) == (earlier.kind, earlier.location):
                raise _wrong(
                    f"'{earlier.name}' and '{source.name}' are the same source: {what}",
                    "a source compared with itself never drifts; name two different ones",
                )


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(message, hint=hint)


_FORM = "[NAME=]KIND:LOCATION"


def _no_kind(text: str, rest: str, prefix: str) -> UsageError:
    scheme = rest.partition("://")[0].partition("+")[0]
    if "://" in rest and scheme in ("postgres", "postgresql", "psql", "jdbc"):
        return _wrong(
            f"'{text}' does not say what kind of source it is",
            f"write {prefix}database:{rest}; or, so that nobody sees it, {prefix}database:$DATABASE_URL",
        )
    if guess := _guess(rest):
        return _wrong(f"'{text}' does not say what kind of source it is", f"write {prefix}{guess}")
    forms = f"a source is {_FORM}; KIND is one of {', '.join(KINDS)}"
    word, separator, location = rest.partition(":")
    if not separator or _DRIVE.match(rest):
        return _wrong(f"'{text}' does not say what kind of source it is", forms)
    close = nearest(word, KINDS)
    hint = f"did you mean {prefix}{close}:{location}?" if close else forms
    return _wrong(f"'{text}': '{word}' is not a kind of source", hint)


def _guess(location: str) -> str | None:
    """`KIND:LOCATION` for a bare path or module, if its form shows the kind."""
    name = location.replace("\\", "/").rpartition("/")[2]
    kinds = KINDS.values()
    found = next((kind for kind in kinds if kind.names and name.startswith(kind.names)), None)
    if found is not None:
        return f"{found.name}:{location}"
    if ":" not in location or _DRIVE.match(location):
        found = kind_of_file(location)
    elif nearest(location.partition(":")[0], KINDS) is not None:
        return None  # A kind with a slip in it, rather than a module.
    for kind in (found,) if found is not None else kinds:
        guess = kind.guess(location) if kind.guess is not None else location if kind is found else None
        if guess is not None:
            return f"{kind.name}:{guess}"
    return None
