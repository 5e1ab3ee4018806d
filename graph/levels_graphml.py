"""A projection as GraphML, written as it goes, so that a large one needs no second copy in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from marquee.graph.levels import Projection
from marquee.graph.levels_networkx import Shown, edge, node

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_NODE = {"name": "string", "kind": "string", "level": "string", "year": "int"}
_EDGE = {
    "relation": "string",
    "symmetric": "boolean",
    "weight": "double",
    "probability": "double",
    "recent": "double",
    "first": "int",
    "last": "int",
    "shared": "int",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # of XML 1.0


def write(projection: Projection, out: Path) -> None:
    """Writes a directed GraphML file with the attributes of `levels_networkx`. Characters that XML cannot hold
    are left out of names."""
    with out.open("w", encoding="utf-8") as file:
        file.writelines(_text(projection))


def _text(projection: Projection) -> Iterator[str]:
    ids = projection.graph.entities
    yield _HEAD
    for target, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, type_ in keys.items():
            yield f'<key id="{target}-{name}" for="{target}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for code, id_ in enumerate(ids):
        yield f"<node id={quoteattr(id_)}>{_data('node', node(projection, code))}</node>\n"
    for line in projection.lines():
        ends = f"source={quoteattr(ids[line.head])} target={quoteattr(ids[line.tail])}"
        yield f"<edge id={quoteattr(line.id)} {ends}>{_data('edge', edge(line))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(target: str, shown: Shown) -> str:
    return "".join(f'<data key="{target}-{name}">{_value(value)}</data>' for name, value in shown.items())


def _value(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return escape(_FORBIDDEN.sub("", value)) if isinstance(value, str) else repr(value)
