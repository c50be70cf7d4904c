"""What sources say of their tables and columns beside comments in the database: JSDoc, docstrings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from difflib import get_close_matches
from pathlib import Path

from ..decode import Misfit, decode
from ..documents.described import About, shown
from ..errors import ConfigError
from ..frozen import dataclass
from ..kinds import kind_of_file
from ..model import Location, Schema
from ..project import Project, read
from ..project.documents import Malformed, parse_toml

#: Bytes of a file of descriptions.
_LARGEST = 5_000_000


def words_of(schema: Schema, project: Project) -> Mapping[About, str]:
    """The words by what they are about. They stand where it is declared, so that the kind of the file finds them."""
    places: dict[str, dict[tuple[int, int], list[About]]] = {}
    describing = {path: one.describe for path in _files(schema) if (one := kind_of_file(path)) is not None}
    for about, location in _located(schema) if any(describing.values()) else ():
        if location is not None and describing.get(location.path) is not None:
            places.setdefault(location.path, {}).setdefault((location.line, location.column), []).append(about)
    found: dict[About, str] = {}
    for path, wanted in places.items():
        describe = describing[path]
        assert describe is not None
        try:
            text = project.text(path)
        except OSError:
            continue  # a snapshot may have come without its sources
        for place, words in describe.load()(text, tuple(wanted)).items():
            found.update(dict.fromkeys(wanted[place], words))
    return found


def _files(schema: Schema) -> set[str]:
    located = [*schema.tables, *(one for table in schema.tables for one in table.columns), *schema.enums, *schema.views]
    return {one.location.path for one in located if one.location is not None and one.location.is_file}


def _located(schema: Schema) -> list[tuple[About, Location | None]]:
    found: list[tuple[About, Location | None]] = []
    for table in schema.tables:
        found.append((table.key, table.location))
        found += [((*table.key, column.name), column.location) for column in table.columns]
    found += [((item.schema, item.name), item.location) for item in schema.enums]
    return found + [((item.schema, item.name), item.location) for item in schema.views]


def said_in(path: Path, schema: Schema) -> Mapping[About, str]:
    """What a file of descriptions says of objects of `schema`. Raises ConfigError; a name that names nothing is one.

    `[tables]`, `[columns]` and `[types]` (of enums and views, too) hold words by the name that reports have: `users`,
    `auth.users`, `users.email`.
    """
    try:
        text = read(str(path), _LARGEST).decode("utf-8-sig")
        found = decode(_File, parse_toml(text))
    except OSError as error:
        raise ConfigError(f"the descriptions cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the descriptions are not UTF-8", path=str(path)) from error
    except Malformed as error:
        raise ConfigError(f"this is not valid TOML: {error}", path=str(path), line=error.line) from error
    except Misfit as error:
        hint = '[tables], [columns] and [types], each with NAME = "words"'
        raise ConfigError(f"a file of descriptions does not hold this: {error}", path=str(path), hint=hint) from error
    words: dict[About, str] = {}
    for part, named in _named(schema).items():
        for name, said in getattr(found, part).items():
            if name not in named:
                close = get_close_matches(name, named, 1)
                hint = f"did you mean {close[0]}?" if close else "the name is as reports have it: users, auth.users"
                raise ConfigError(f"'{name}' in [{part}] is none of the source", path=str(path), hint=hint)
            words[named[name]] = said
    return words


@dataclass(frozen=True, slots=True)
class _File:
    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


def _named(schema: Schema) -> dict[str, dict[str, About]]:
    """For each part of a file the objects that it may speak of, by their names; with the schema public, too."""
    tables: dict[str, About] = {}
    columns: dict[str, About] = {}
    for table in schema.tables:
        for name in (".".join(table.key), shown(table.key)):
            tables[name] = table.key
            columns.update({f"{name}.{column.name}": (*table.key, column.name) for column in table.columns})
    others = [(item.schema, item.name) for item in schema.enums]
    others += [(item.schema, item.name) for item in schema.views]
    return {
        "tables": tables,
        "columns": columns,
        "types": {name: key for key in others for name in (".".join(key), shown(key))},
    }
