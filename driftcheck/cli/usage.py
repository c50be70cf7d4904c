"""What is wrong with the words of the command, in our words: click finds it, and has others."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from ..errors import UsageError


def usage_error(error: click.ClickException) -> UsageError:
    """`error` as one of ours: what, and what to do; no usage line, since that says neither."""
    if isinstance(error, click.NoSuchOption):
        known = (name for parameter in error.ctx.command.params for name in parameter.opts) if error.ctx else ()
        return UsageError(
            f"there is no option {error.option_name}", hint=nearest(error.option_name, known) or _help(error)
        )
    if isinstance(error, click.MissingParameter):
        return UsageError(f"{_named(error)} is missing{_choices(error.param)}", hint=_help(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    return UsageError(_sentence(error.format_message()), hint=_help(error))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """`did you mean X?` for the one of `known` that `word` is a slip of; None if there is none."""
    lowered = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), lowered, n=1)
    return f"did you mean {lowered[close[0]]}?" if close else None


def _bad_value(error: click.BadParameter) -> UsageError:
    choices = getattr(getattr(error.param, "type", None), "choices", ())
    value = error.message.partition("'")[2].partition("' is not one of")[0] if choices else ""
    if choices and value:
        hint = nearest(value, map(str, choices))
        return UsageError(f"{_named(error)}: '{value}' is not one of {', '.join(map(str, choices))}", hint=hint)
    return UsageError(f"{_named(error)}: {_sentence(error.message)}", hint=_help(error))


def _named(error: click.BadParameter) -> str:
    """The option or argument that the error is about, as it is written."""
    parameter = error.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    if parameter is not None:
        return str(parameter.metavar or parameter.human_readable_name).strip("[].")
    return str(error.param_hint or "a value")


def _choices(parameter: click.Parameter | None) -> str:
    choices = getattr(getattr(parameter, "type", None), "choices", ())
    return f": one of {', '.join(map(str, choices))}" if choices else ""


def _help(error: click.ClickException) -> str | None:
    context = getattr(error, "ctx", None)
    return None if context is None else f"{context.command_path} --help lists what there is"


def _sentence(text: str) -> str:
    """click's sentence as a clause on one line."""
    words = " ".join(text.split()).rstrip(".")
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
