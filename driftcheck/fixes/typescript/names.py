"""The names that things have in the database, which are the first strings of the calls that make them."""

from __future__ import annotations

from ..edits import Edit
from .chains import Chain
from .column_text import quoted
from .document import Unplaced, elements
from .options import strings_of
from .room import Room


def named(room: Room, chain: Chain, name: str, now: str) -> list[Edit]:
    """The string that a call is given first made into `name`, or put in."""
    document = chain.document
    text = room.written(document, quoted(name))[0]
    given = strings_of(chain.arguments)
    if given is not None:
        if document.text(given)[1:-1] != now:
            raise Unplaced(f"its name is put together from {document.text(given)}")
        return [document.replace(given, text)]
    members = elements(chain.arguments)
    if members and members[0].type != "object":
        raise Unplaced("its name is not written where it is declared")
    start = chain.arguments.start_byte + 1
    return [document.edit(start, start, f"{text}, " if members else text)]
