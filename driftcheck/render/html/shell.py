"""A page that stands alone: what every page of HTML has around its content."""

from __future__ import annotations

import base64
import hashlib

from ...plain import guarded
from .text import escape


def standing(title: str, body: str, style: str, script: str) -> str:
    """The document. `body` is markup whose texts were escaped; `style` and `script` are the package's own."""
    style, script = f"\n{style}", f"\n{script}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style, script))}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{guarded(body)}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, and only this very style and script count: https://www.w3.org/TR/CSP3/"""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
