"""Mappings: a TOML file that says what the columns of a table mean.

    title = "TMDB export"          # what it reads; for people
    version = "1"                  # goes into the evidence of every claim

    [source]                       # how the table is written; all may be left out
    delimiter = ","                # else told by the header
    quote = '"'                    # "" where quotes are letters like any other
    list = "|"                     # what separates the values of one cell
    short_rows = "refuse"          # or "pad": cells left out at a row's end are empty
    ignore = ["homepage"]          # columns known and not wanted

    [[entity]]                     # what the facts below it are about; a row may speak of several
    column = "original_title"      # its name: a CELL, and of a name
    kind = "Film"
    ids = { imdb = "imdb_id" }
    year = "release_year"

    [[entity.fact]]                # one relation, or its inverse, and its other end: a CELL
    relation = "director"
    column = "director"
    list = true
    kind = "Person"

A CELL is where a value comes from and what is done to it, in this order:

    column = "director"            # this cell, or const = "USA", the same for every row
    list = true                    # the cell holds several values; ids, aliases and qualifiers run beside them
    skip = ["0", "?"]              # texts that mean "not known", as an empty cell does
    rename = { "Sci-Fi" = "Science Fiction" }    # or the name of a table [renames.NAME] of the mapping
    renamed_only = true            # texts not renamed mean "not known"
    text = "Academy Award: {}"     # what becomes of texts not renamed; {} is the text, {ordinal} 7 as 7th

and of a name:

    kind = "Person"                # may be left out where the relation allows one kind only
    kinds = { nm = "Person" }      # kind by the start of an id; `kind`, if given, holds for the others, which
                                   # are left out if it is not
    ids = { imdb = "imdb_id" }     # scheme = column, or = CELL
    year = "release_year"          # column of the year of release or birth
    aliases = "also_known_as"      # column; a list

and of a literal:

    format = "%m/%d/%y"            # of a date, as Python's strptime reads it
    year_column = "release_year"   # which century a two-digit year lies in: the date nearest to this year
    unit = "USD"                   # currency of money; minutes or hours of a duration
    at_least = 1000                # a number below it means "not known"

A fact also takes `qualifiers = { year = CELL or "column", … }`: where a fact has several values, a list of
qualifiers runs beside them; where it has one, it is claimed once for each. An entity and a fact take `when` and
`unless`, tables of column = text or texts, in which * stands for anything: all of `when` must fit and none of
`unless`. A fact takes `subject_kind`, the kind its entity must have, and `score`, how sure the column is.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from marquee.extraction.mapping_rules import SECONDS, Cell, EntityRule, FactRule, Filters, Layout, Mapping
from marquee.extraction.toml_table import Table, nearest
from marquee.schema.errors import InputError, MarqueeError
from marquee.schema.literals import LiteralType
from marquee.schema.relations import QUALIFIERS, kind, read_relation

_SHIPPED = Path(__file__).parent / "mappings"


@lru_cache(maxsize=1)
def shipped() -> tuple[str, ...]:
    """Names of the mappings that come with Marquee."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


def load(name: str) -> Mapping:
    """The shipped mapping of that name, or the one in that TOML file, as it stands there now.

    Raises InputError if there is none, or it is not as the module's text says.
    """
    path = _SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    try:
        raw = path.read_bytes()
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError:
        mend = f"Shipped are: {', '.join(shipped())}; else give the path of a TOML file."
        raise InputError("there is no such mapping.", where=name, mend=mend) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is no TOML: {error}.", where=str(path), mend="Mend it there.") from None
    fingerprint = hashlib.sha256(raw).hexdigest()[:16]
    found = _LOADED.get(name)
    if found is None or found.fingerprint != fingerprint:
        filled = _shared(table, table.get("renames", {}), str(path))
        found = _LOADED[name] = _mapping(Table(filled, str(path)), name, fingerprint)
    return found


def current(name: str) -> Mapping:
    """The mapping as it was last loaded: what the rows now being read go by. Raises InputError as `load` does."""
    return _LOADED.get(name) or load(name)


_LOADED: dict[str, Mapping] = {}


def _shared(value: Any, renames: Any, where: str) -> Any:
    """`value` with every `rename = NAME` replaced by the table of that name."""
    if isinstance(value, list):
        return [_shared(each, renames, where) for each in value]
    if not isinstance(value, dict):
        return value
    name = value.get("rename")
    if isinstance(name, str) and name not in renames:
        raise InputError(f"there is no table [renames.{name}].", where=where, mend=nearest(name, renames))
    filled = {**value, "rename": renames[name]} if isinstance(name, str) else value
    return {key: _shared(each, renames, where) for key, each in filled.items()}


def _mapping(table: Table, name: str, fingerprint: str) -> Mapping:
    table.take("title", "")
    version = table.take("version", "1")
    layout = _layout(table.table("source"))
    table.table("renames")
    entities = tuple(_entity(each) for each in table.tables("entity"))
    if not entities:
        table.fail("the mapping has no [[entity]].", "Add one, with the column of its name.")
    table.done()
    columns = frozenset(column for entity in entities for column in _columns_of(entity))
    return Mapping(name, table.where, version, fingerprint, layout, entities, columns)


def _layout(table: Table) -> Layout:
    layout = Layout(
        delimiter=table.take("delimiter", ""),
        quote=table.take("quote", '"'),
        list=table.take("list", "|"),
        short_rows=table.take("short_rows", "refuse"),
        ignore=table.texts("ignore"),
    )
    table.done()
    if len(layout.delimiter) > 1 or len(layout.quote) > 1 or not layout.list:
        table.fail("delimiter and quote are one sign each, list at least one.", "Mend them.")
    if layout.short_rows not in ("refuse", "pad"):
        table.fail(f"short_rows is {layout.short_rows!r}.", "Write refuse or pad.")
    return layout


def _entity(table: Table) -> EntityRule:
    facts = tuple(_fact(each) for each in table.tables("fact"))
    when, unless = _filters(table, "when"), _filters(table, "unless")
    name = _name_cell(table)
    if not name.kind and not name.kinds:
        table.fail("the entity has no kind.", 'Add one, as kind = "Film".')
    table.done()
    return EntityRule(name, facts, when, unless)


def _fact(table: Table) -> FactRule:
    relation = table.take("relation", "")
    row, swapped = _known(table, read_relation, relation)
    if swapped and row.literal:
        table.fail(f"{relation} reads a {row.literal} backwards.", f"Write {row.name}.")
    when, unless = _filters(table, "when"), _filters(table, "unless")
    qualifiers = _qualifiers(table, row.qualifiers)
    cell = _literal_cell(table, row.literal) if row.literal else _name_cell(table)
    rule = FactRule(
        relation=relation,
        literal=row.literal,
        when=when,
        unless=unless,
        subject_kind=_kind(table, "subject_kind"),
        score=table.take("score", 1.0),
        qualifiers=qualifiers,
        object=cell,
        plain=not (when or qualifiers or cell.ids or cell.kinds or cell.year or cell.aliases or cell.year_column),
    )
    table.done()
    return rule


def _qualifiers(table: Table, allowed: Collection[str]) -> dict[str, Cell]:
    cells = {}
    for name, value in table.table("qualifiers").rest():
        if name not in allowed:
            table.fail(f"the relation takes no qualifier {name!r}.", nearest(name, allowed))
        wanted = QUALIFIERS[name]
        each = Table({"column": value} if isinstance(value, str) else value, f"{table.where}, {name}")
        cells[name] = _literal_cell(each, wanted) if isinstance(wanted, LiteralType) else _name_cell(each)
        each.done()
    return cells


def _basics(table: Table) -> dict[str, Any]:
    if ("column" in table) == ("const" in table):
        table.fail("a value needs one of column and const.", "Name the column it stands in.")
    return {
        "column": table.take("column", ""),
        "const": table.take("const", ""),
        "list": table.take("list", False),
        "skip": table.texts("skip"),
        "rename": table.texts_by("rename"),
        "renamed_only": table.take("renamed_only", False),
        "text": table.take("text", ""),
    }


def _name_cell(table: Table) -> Cell:
    kinds = {start: str(_known(table, kind, each)) for start, each in table.texts_by("kinds").items()}
    ids = {}
    for scheme, value in table.table("ids").rest():
        each = Table({"column": value} if isinstance(value, str) else value, f"{table.where}, ids.{scheme}")
        ids[scheme] = Cell(**_basics(each))
        each.done()
    return Cell(
        **_basics(table),
        kind=_kind(table, "kind"),
        kinds=kinds,
        ids=ids,
        year=table.take("year", ""),
        aliases=table.take("aliases", ""),
    )


def _literal_cell(table: Table, type_: LiteralType) -> Cell:
    cell = Cell(
        **_basics(table),
        format=table.take("format", ""),
        year_column=table.take("year_column", ""),
        unit=table.take("unit", ""),
        at_least=table.take("at_least", 0.0),
    )
    if "%y" in cell.format and not cell.year_column:
        table.fail("a two-digit year does not tell its century.", "Add year_column.")
    if type_ is LiteralType.MONEY and not cell.unit:
        table.fail("money needs a currency.", 'Add it, as unit = "USD".')
    if type_ is LiteralType.DURATION and cell.unit not in ("", *SECONDS):
        table.fail(f"unit is {cell.unit!r}.", f"Write {', '.join(SECONDS)}.")
    return cell


def _kind(table: Table, key: str) -> str:
    name = table.take(key, "")
    return str(_known(table, kind, name)) if name else ""


def _filters(table: Table, key: str) -> Filters:
    inner = table.table(key)
    return {column: inner.texts(column) for column in inner.left()}


def _known(table: Table, reader: Callable[[str], Any], name: str) -> Any:
    try:
        return reader(name)
    except MarqueeError as error:
        table.fail(error.what, error.mend)


def _columns_of(entity: EntityRule) -> Iterator[str]:
    cells = [entity.name]
    yield from (*entity.when, *entity.unless)
    for fact in entity.facts:
        yield from (*fact.when, *fact.unless)
        cells += [fact.object, *fact.qualifiers.values()]
    for cell in cells:
        inner = (each.column for each in cell.ids.values())
        yield from filter(None, (cell.column, cell.year, cell.aliases, cell.year_column, *inner))
