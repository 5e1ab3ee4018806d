"""The SQL fragments that all reads share: what is believed, and statements and entities as JSON arrays.

A `Belief` says whether the reader wants what is believed now, or what was believed at a time: then each
changing column is taken from the row if it is old enough, else from the version in `past` that held then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marquee.graph.sqlite_codec import ENDED, MERGED, STATUS_CODE
from marquee.graph.sqlite_session import sql
from marquee.graph.times import day_range, seconds
from marquee.schema.selection import AsOf
from marquee.schema.values import Status


class Binds:
    """Parameters of a query, named in the order in which they were bound."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def __call__(self, value: object) -> str:
        """Binds a value; the answer stands for it in SQL."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


@dataclass(frozen=True, slots=True)
class Belief:
    """How to read statement alias `s`. `known` is SQL for the last run that was known; None is now."""

    s: str = "s"
    known: str | None = None
    valid: tuple[str, str] | None = None  # SQL for the first and last day asked for

    def column(self, name: str) -> str:
        """A column that changes over recorded time."""
        if self.known is None:
            return f"{self.s}.{name}"
        return f"iif({self.s}.since <= {self.known}, {self.s}.{name}, {self.s}_past.{name})"

    def join(self) -> str:
        """The join that a FROM clause with the alias needs."""
        if self.known is None:
            return ""
        past = f"{self.s}_past"
        return (
            f"LEFT JOIN past {past} ON {past}.statement = {self.s}.id"
            f" AND {past}.since <= {self.known} AND {past}.until > {self.known}"
        )

    def held(self) -> list[str]:
        """Conditions that keep what was known and valid at the time."""
        conditions = []
        if self.known is not None:
            conditions.append(f"({self.s}.since <= {self.known} OR {self.s}_past.statement IS NOT NULL)")
        if self.valid is not None:
            first, last = self.valid
            conditions.append(f"coalesce({self.column('valid_first')}, {last}) <= {last}")
            conditions.append(f"coalesce({self.column('valid_last')}, {first}) >= {first}")
        return conditions

    def live(self, alias: str) -> str:
        """The condition that keeps a row with `since` and `until` which was known."""
        if self.known is None:
            return f"{alias}.until IS NULL"
        return f"{alias}.since <= {self.known} AND ({alias}.until IS NULL OR {alias}.until > {self.known})"

    def status_in(self, status: Iterable[Status]) -> str:
        """The condition on status; empty means any."""
        codes = [STATUS_CODE[one] for one in status]
        column = self.column("status")
        if not codes:
            return f"{column} <> {MERGED}"
        chosen = f"{column} IN ({', '.join(map(str, codes))})"
        rare = self.known is None and STATUS_CODE[Status.ACCEPTED] not in codes
        return f"{chosen} AND {column} <> 1" if rare else chosen  # so that the index statement_open serves


def belief(as_of: AsOf, bind: Binds, alias: str = "s") -> Belief:
    """The belief that an as-of asks for. Raises VocabularyError where its times cannot be read."""
    known = None
    if as_of.known_at is not None:
        known = sql("(SELECT coalesce(max(id), 0) FROM run WHERE at <=", bind(seconds(as_of.known_at)), ")")
    if as_of.valid_at is None:
        return Belief(alias, known)
    first, last = day_range(as_of.valid_at)
    return Belief(alias, known, (bind(first), bind(last)))


def real(expression: str) -> str:
    """A number with all its digits; JSON of SQLite keeps 15 only."""
    return f"iif({expression} IS NULL, NULL, printf('%!.17g', {expression}))"


def entity_json(e: str) -> str:
    """A JSON array of entity alias `e`: id, kind, names, external ids."""
    return sql(
        "json_array({e}.eid, {e}.kind,",
        "(SELECT json_group_array(json_array(n.text, n.language, n.kind)) FROM",
        "(SELECT text, language, kind FROM name WHERE entity = {e}.id AND until IS NULL ORDER BY id) n),",
        "(SELECT json_group_array(json_array(x.scheme, x.value)) FROM",
        "(SELECT scheme, value FROM external WHERE entity = {e}.id ORDER BY id) x))",
        e=e,
    )


def attributes_json(e: str, names: Iterable[int]) -> str:
    """A JSON array of the named attributes of entity alias `e`; NULL where none is asked for."""
    codes = ", ".join(str(int(name)) for name in names)
    if not codes:
        return "NULL"
    return sql(
        "(SELECT json_group_array(json_array({e}.eid, a.name, {value}, a.unit, a.at, a.inputs))",
        "FROM attribute a WHERE a.name IN ({codes}) AND a.entity = {e}.id)",
        e=e,
        value=real("a.value"),
        codes=codes,
    )


def statement_json(b: Belief, evidence: str = "0") -> str:
    """A JSON array of a statement, in the order of `sqlite_codec.read_statement`.

    `evidence`: SQL for how many pieces to bring, best first; "0" for none, "-1" for all.
    """
    return sql(
        "json_array({s}.sid, (SELECT eid FROM entity WHERE id = {s}.subject), {s}.relation,",
        "(SELECT eid FROM entity WHERE id = {s}.object),",
        "iif({s}.object IS NULL, json_array({s}.type, {s}.value, {s}.unit, {s}.year), NULL), {s}.qualifiers,",
        "(SELECT json_group_array(v.supports) FROM evidence v WHERE v.statement = {s}.id",
        "AND v.supports IS NOT NULL AND {live}), {valid_from}, {valid_to},",
        "(SELECT coalesce(finished, started) FROM run WHERE id = {s}.first),",
        "iif({status} IN {ended}, (SELECT coalesce(finished, started) FROM run WHERE id = {changed}), NULL),",
        "{status}, {support}, {probability}, {judgement}, {evidence},",
        "(SELECT candidates FROM open_name WHERE statement = {s}.id))",
        s=b.s,
        live=b.live("v"),
        valid_from=b.column("valid_from"),
        valid_to=b.column("valid_to"),
        status=b.column("status"),
        changed=b.column("changed"),
        ended=ENDED,
        support=real(b.column("support")),
        probability=real(b.column("probability")),
        judgement=_judgement(b),
        evidence=_evidence(b, evidence),
    )


def _judgement(b: Belief) -> str:
    """Interval, parts and reasons; of what was believed before, the interval is what is kept."""
    now = sql(
        "(SELECT json_array({low}, {high}, parts, reasons) FROM judgement WHERE statement = {s}.id)",
        low=real("low"),
        high=real("high"),
        s=b.s,
    )
    if b.known is None:
        return f"json({now})"
    before = f"json_array({real(f'{b.s}_past.low')}, {real(f'{b.s}_past.high')}, NULL, NULL)"
    return f"json(iif({b.s}.since <= {b.known}, {now}, {before}))"


def _evidence(b: Belief, count: str) -> str:
    if count == "0":
        return "NULL"
    return sql(
        "(SELECT json_group_array(json_array(v.source, v.item, v.line, v.start, v.stop, v.extractor, v.version,",
        "v.observed, {score}, v.passage, v.supports, v.modality)) FROM",
        "(SELECT * FROM evidence v WHERE v.statement = {s}.id AND {live}",
        "ORDER BY v.score DESC, v.since, v.source, v.item, v.line, v.start LIMIT {count}) v)",
        score=real("v.score"),
        s=b.s,
        live=b.live("v"),
        count=count,
    )
