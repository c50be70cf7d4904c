"""What a document can be; apart, since the command line and the config ask for it before anything is read."""

from __future__ import annotations

from typing import Literal, get_args

Form = Literal["markdown", "mermaid", "dbml", "dot"]
#: Each is a module of this package with `write(described)`; Markdown has more.
FORMS: tuple[str, ...] = get_args(Form)
