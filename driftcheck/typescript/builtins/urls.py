"""`URL`, for files: what a program says of its own place. Other URLs are data that only a run has."""

from __future__ import annotations

from urllib.parse import quote, unquote, urljoin, urlsplit

from ..runtime.values import UNDEFINED, CallSite, HostObject, Unknown, Value

#: What is in a URL's path as it is.
_SAFE = "/%:@!$&'()*+,;=~-._"

_REASON = "a URL is not evaluated"


class FileUrl(HostObject):
    """`new URL('./schema.ts', import.meta.url)`."""

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def href(self) -> str:
        return "file://" + self.path

    def get(self, key: str, site: CallSite) -> Value:
        parts = {"href": self.href, "pathname": self.path, "protocol": "file:", "host": "", "search": "", "hash": ""}
        return parts[key] if key in parts else site.unknown(_REASON, data=True)

    def to_string(self, site: CallSite) -> Value:
        return self.href


class UrlClass(HostObject):
    """`URL`."""

    type_of = "function"

    def get(self, key: str, site: CallSite) -> Value:
        return site.unknown(_REASON, data=True)

    def construct(self, arguments: list[Value], site: CallSite) -> Value:
        texts = [value.href if isinstance(value, FileUrl) else value for value in arguments]
        for text in texts:
            if isinstance(text, Unknown):
                return text
        if not texts or not all(isinstance(text, str) for text in texts):
            return site.unknown(_REASON, data=True)
        url = file_url(urljoin(texts[1], texts[0]) if len(texts) > 1 and texts[1] is not UNDEFINED else texts[0])
        return url or site.unknown(_REASON, data=True)


def file_url(text: str) -> FileUrl | None:
    """The URL of a file that `text` says; None for any other."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc or parts.query or parts.fragment:
        return None
    return FileUrl(quote(parts.path, safe=_SAFE))


def file_path(url: FileUrl) -> str:
    """`fileURLToPath(url)`."""
    return unquote(url.path)
