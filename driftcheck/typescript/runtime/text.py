"""Strings as JavaScript counts them: in UTF-16 code units."""

from __future__ import annotations


def utf16(text: str) -> str:
    """A string of UTF-16 code units, as JavaScript counts, cuts and orders strings; `text` itself where that is so."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def from_utf16(text: str) -> str:
    """The inverse of `utf16`: pairs of surrogates joined, lone ones left."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def width(text: str) -> int:
    """The bytes that each character of `text` takes in memory."""
    return 1 if text.isascii() else 4 if max(text, default="") > "\uffff" else 2
