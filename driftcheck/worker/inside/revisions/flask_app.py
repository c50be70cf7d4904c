"""A Flask app in the place of the project's, for revisions that ask `current_app`: Flask-Migrate runs them in one."""

from __future__ import annotations

import contextlib
from typing import Any

#: What a setting is whose value only the project's app knows.
UNKNOWN = "driftcheck-unknown-setting"


class Settings(dict):  # type: ignore[type-arg] # Flask's own is a dict, too
    """Settings of which none is known. `asked` are the names that were asked for."""

    def __init__(self, known: Any) -> None:
        super().__init__(known)
        self.asked: dict[str, None] = {}

    def __missing__(self, name: str) -> str:
        self.asked[str(name)] = None
        return UNKNOWN

    def get(self, name: Any, default: Any = None) -> Any:
        return self[name] if name in self or default is None else default


def placeholder(env: bytes) -> Settings | None:
    """Puts an app in the place of the project's, where env.py asks for one; its settings."""
    if b"current_app" not in env:
        return None
    with contextlib.suppress(Exception):  # no Flask here, or one that is none
        import flask

        app = flask.Flask("driftcheck")
        settings = Settings(app.config)
        app.config = settings  # type: ignore[assignment] # a dict all the same
        app.app_context().push()
        return settings
    return None
