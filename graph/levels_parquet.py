"""A projection as Parquet: three tables in a folder, nodes, edges and evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marquee.graph.levels import Line, Projection
from marquee.graph.levels_evidence import Licences, entities, statements
from marquee.graph.levels_networkx import node
from marquee.graph.store import Reader
from marquee.schema.errors import MissingExtra
from marquee.schema.literals import Literal
from marquee.schema.values import Entity, Evidence, Qualifiers

if TYPE_CHECKING:
    import pyarrow

Row = dict[str, Any]
_AT_ONCE = 50_000
FILES = ("nodes.parquet", "edges.parquet", "evidence.parquet")

_NODES = {"id": "string", "name": "string", "kind": "string", "level": "string", "year": "int16", "external": "map"}
_EDGES = {
    "id": "string",
    "head": "string",
    "relation": "string",
    "tail": "string",
    "computed": "bool",
    "weight": "double",
    "probability": "double",
    "recent": "double",
    "first": "int16",
    "last": "int16",
    "through": "list",
}
_EVIDENCE = {
    "edge": "string",
    "source": "string",
    "item": "string",
    "row": "int64",
    "start": "int64",
    "end": "int64",
    "quote": "string",
    "score": "double",
    "modality": "string",
    "extractor": "string",
    "version": "string",
    "observed_at": "string",
    "supports": "string",
}


def write(projection: Projection, reader: Reader, folder: Path, licences: Licences | None = None) -> dict[str, int]:
    """Writes `nodes.parquet`, `edges.parquet` and `evidence.parquet` into a folder; the rows of each.

    `edges.through` holds the works or people that tie a computed edge; `evidence.edge` is the id of a stated one.
    Raises MissingExtra where pyarrow is not installed.
    """
    ids = projection.graph.entities
    nodes = (_node(projection, code, one) for code, one in enumerate(entities(reader, projection, licences)))
    pieces = (_piece(one.id, piece) for one in statements(reader, projection, licences) for piece in one.evidence)
    edges = (_edge(ids, line) for line in projection.lines())
    tables = zip(FILES, (_NODES, _EDGES, _EVIDENCE), (nodes, edges, pieces), strict=True)
    return {Path(name).stem: _table(folder / name, columns, rows) for name, columns, rows in tables}


def _table(path: Path, columns: dict[str, str], rows: Iterable[Row]) -> int:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("pyarrow", "levels") from None
    schema = pyarrow.schema([(name, _type(pyarrow, type_)) for name, type_ in columns.items()])
    count, left = 0, iter(rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while batch := list(islice(left, _AT_ONCE)):
            file.write_table(pyarrow.Table.from_pylist(batch, schema))
            count += len(batch)
    return count


def _type(arrow: Any, name: str) -> pyarrow.DataType:
    nested = {"list": arrow.list_(arrow.string()), "map": arrow.map_(arrow.string(), arrow.string())}
    return nested[name] if name in nested else arrow.type_for_alias(name)


def _node(projection: Projection, code: int, entity: Entity) -> Row:
    return {"id": entity.id, **node(projection, code), "external": list(entity.external_ids)}


def _edge(ids: Any, line: Line) -> Row:
    return {
        "id": line.id,
        "head": ids[line.head],
        "relation": line.relation,
        "tail": ids[line.tail],
        "computed": bool(line.circles),
        "weight": line.weight,
        "probability": line.probability,
        "recent": line.recent,
        "first": line.first,
        "last": line.last,
        "through": list(line.circles),
    }


def _piece(edge: str, piece: Evidence) -> Row:
    start, end = piece.locator.span or (None, None)
    return {
        "edge": edge,
        "source": piece.source,
        "item": piece.locator.item,
        "row": piece.locator.row,
        "start": start,
        "end": end,
        "quote": piece.quote,
        "score": piece.score,
        "modality": piece.modality.value,
        "extractor": piece.extractor,
        "version": piece.version,
        "observed_at": piece.observed_at,
        "supports": _supports(piece.supports),
    }


def _supports(qualifiers: Qualifiers) -> str:
    plain = {name: value.value if isinstance(value, Literal) else value for name, value in qualifiers}
    return json.dumps(plain, ensure_ascii=False)
