"""What no model holds, strewn over the files of the properties: each piece has a word of its own."""

from __future__ import annotations

import re
from random import Random


def typescript(text: str, random: Random) -> str:
    """TypeScript with what no model holds: comments, types of values, chains over several lines, empty lines."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        word = f"keep_{number}_"
        column = re.match(r"  c\d+: .*\),$", line)
        match random.randrange(8):
            case 0 if line.endswith((",", ";", "{", "[")) and line.startswith(("  ", "export")) and "{" not in line[:3]:
                line = f"{line} // {word}"
            case 1 if column:
                line = f"{line[:-1]}.$type<{word}>(),"
            case 2 if column:
                line = re.sub(r"\)\.(?=\w+\()", f")  /* {word} */\n    .", line)
            case 3 if line.startswith(("  ", "export")):
                lines.append(f"{line[: len(line) - len(line.lstrip())]}// {word}")
            case 4 if column:
                line = line.replace(": ", f": /* {word} */ ", 1)
            case 5 if line.startswith("export"):
                lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


_COLUMN = re.compile(r"(    )(c\d+ = )?(Column|mapped_column)\((.*)\)(,?)$")


def python(text: str, random: Random) -> str:
    """Python with what no model holds: comments, `info=`, `doc=`, `onupdate=`, calls over several lines."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        word = f"keep_{number}_"
        column = _COLUMN.match(line)
        inside = line.startswith("    ") and line.endswith(("),", ")"))
        match random.randrange(8):
            case 0 if inside:
                line = f"{line}  # {word}"
            case 1 if inside and line.endswith("),") and line.strip() != "),":
                line = f"{line[:-2]}, info={{'{word}': 1}}),"
            case 2 if column:
                line = line.replace(column[4], f"{column[4]}, doc='{word}'")
            case 3 if inside and line.strip() != ")":
                lines.append(f"{line[: len(line) - len(line.lstrip())]}# {word}")
            case 4 if column:
                line = line.replace(column[4], f"\n        {column[4]},  # {word}\n    ")
            case 5 if column:
                line = line.replace(column[4], f"{column[4]},\n           info={{'{word}': 1}}")
            case 6 if column and not re.search("Computed|Identity", line):
                line = line.replace(column[4], f"{column[4]}, onupdate='{word}'")
            case 7 if column:
                line = line.replace(column[4], f"\n        {column[4]}\n    ")
        lines.append(line)
    return "\n".join(lines) + "\n"


def sql(text: str, random: Random) -> str:
    """SQL with what no model holds: comments of both forms, empty lines, statements about rows."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        word = f"keep_{number}_"
        outer = not line[:1].isspace()
        match random.randrange(8):
            case 0 if line.strip():
                line = f"{line} -- {word}"
            case 1:
                lines.append(f"{line[: len(line) - len(line.lstrip())]}-- {word}")
            case 2 if not outer and not re.search("['\"]", line):
                line = re.sub(r"(?<=\w) (?=\w)", f" /* {word} */ ", line, count=1)
            case 3 if outer and line.startswith(("CREATE", "ALTER")):
                lines.append(f"SELECT set_config('my.{word}', 'on', false);")
            case 4 if outer and line.startswith(("CREATE", "ALTER")):
                lines.append("")
            case 5 if not outer and line.strip():
                line = f"  {line}"
        lines.append(line)
    return "\n".join(lines) + "\n"
