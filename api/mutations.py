"""The mutations: what can be changed, by whoever holds the token. Each makes a run of its own."""

from __future__ import annotations

import re
from typing import Annotated, Any

import strawberry

from marquee.api import lookups
from marquee.api.fields import says
from marquee.api.limits import check_text
from marquee.api.request import Request
from marquee.api.selecting import plan_statements
from marquee.api.service import Correction, Outcome, Upload
from marquee.api.types_run import Count, Refusal, counts
from marquee.api.types_statement import RelationName, Statement
from marquee.schema.errors import InputError, NotFound
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.relations import QUALIFIERS, relation
from marquee.schema.values import Action, Value

Info = strawberry.Info[Request]
_FILE_NAME = re.compile(r"[\w][\w. -]{0,99}")
_CURATOR = re.compile(r"[\w][\w.@ -]{0,63}")


@strawberry.input(description='A value: `{value: "1999-03-31"}`, or `{value: "63000000", unit: "USD"}`.')
class LiteralInput:
    """A value."""

    value: str
    unit: str = strawberry.field(default="", description="The currency of money, the language of a text.")
    year: int | None = strawberry.field(default=strawberry.UNSET, description="Whose money it is.")


@strawberry.input(description="A qualifier: its value, or the entity it names.")
class QualifierInput:
    """A qualifier."""

    name: str
    value: LiteralInput | None = strawberry.UNSET
    entity: strawberry.ID | None = strawberry.UNSET


@strawberry.input(description="A file to read, sent as text.")
class UploadInput:
    """A file to read."""

    name: str = strawberry.field(description='A plain file name, as "films.jsonl"; it names the source.')
    content: str = strawberry.field(description="The text of the file.")
    format: str = strawberry.field(default="", description="The reader; by the name's ending unless told.")
    mapping: str = strawberry.field(default="", description="The field mapping of a table, as `oscars`.")


@strawberry.type(description="What was changed, and how the statement stands now.")
class Change:
    """What was changed."""

    run: str = strawberry.field(description="The run that did it.")
    statement: Statement | None = strawberry.field(description="The statement as it stands now.")


@strawberry.type(description="What an ingest did.")
class Ingest:
    """What an ingest did."""

    run: str = strawberry.field(description="The run that did it.")
    counts: list[Count] = strawberry.field(description="What it did, in numbers.")
    refusals: list[Refusal] = strawberry.field(description="The first of what it did not take.")


Reason = Annotated[str, strawberry.argument(description="Why; it is kept with the change.")]
By = Annotated[str, strawberry.argument(description="Who says so.")]


@strawberry.type(description="What can be changed. Every mutation needs the token.")
class Mutation:
    """What can be changed."""

    @says("A reviewer's word on a statement.")
    def decide(
        self,
        info: Info,
        statement: strawberry.ID,
        action: Action,
        reason: Reason,
        choice: Annotated[
            str | None, strawberry.argument(description="The entity that an open name means, or `new`.")
        ] = strawberry.UNSET,
        by: By = "curator",
    ) -> Change:
        request = info.context
        _check_words(request, reason, by)
        if statement not in request.service.store.statements([statement[:64]], evidence=0):
            raise NotFound(f"no statement has the id {statement[:64]!r}.", mend="See reviewQueue.")
        outcome: Any = request.service.job("decide")(statement, action, reason, by, choice or None)
        return _change(info, outcome, statement)

    @says("A fact by hand. It is kept as evidence of source `curator:NAME`, and accepted.")
    def correct(
        self,
        info: Info,
        subject: strawberry.ID,
        relation: RelationName,
        reason: Reason,
        object: Annotated[
            strawberry.ID | None, strawberry.argument(description="The entity at the other end, or")
        ] = strawberry.UNSET,
        value: Annotated[LiteralInput | None, strawberry.argument(description="the value.")] = strawberry.UNSET,
        qualifiers: list[QualifierInput] | None = strawberry.UNSET,
        by: By = "curator",
    ) -> Change:
        _check_words(info.context, reason, by)
        name: str = relation.value
        pairs = tuple(_qualifier(one) for one in qualifiers or ())
        correction = Correction(subject, name, _object(name, object or None, value or None), pairs, reason, by)
        ends = [one for one in (subject, correction.object, *dict(pairs).values()) if isinstance(one, str)]
        lookups.known_entities(info.context, ends)
        answer: Any = info.context.service.job("correct")(correction)
        return _change(info, *answer)

    @says("Reads an upload, or a source that the settings name. Paths and URLs are not taken.")
    def ingest(
        self,
        info: Info,
        upload: UploadInput | None = strawberry.UNSET,
        source: Annotated[
            str | None, strawberry.argument(description="The name of a configured source.")
        ] = strawberry.UNSET,
    ) -> Ingest:
        if bool(upload) == bool(source):
            raise InputError("say what to read:", mend="give an upload or the name of a source, not both.")
        what: Upload | str = _upload(upload) if upload else source or ""
        outcome: Any = info.context.service.job("ingest")(what)
        refusals = [Refusal(locator=one.locator, what=one.what, mend=one.mend) for one in outcome.refusals[:100]]
        return Ingest(run=outcome.run, counts=counts(outcome.counts), refusals=refusals)


def _change(info: Info, outcome: Outcome, statement: str) -> Change:
    planned = plan_statements(info._raw_info, ("statement",))
    view = lookups.statements(planned, [statement]).get(statement)
    return Change(run=outcome.run, statement=view)  # type: ignore[arg-type]


def _check_words(request: Request, reason: str, by: str) -> None:
    check_text("reason", reason, request.limits)
    if not reason.strip():
        raise InputError("the reason is empty.", mend="Say why in a few words.")
    if not _CURATOR.fullmatch(by):
        raise InputError("`by` is no name.", mend="Take up to 64 letters, digits, points, dashes and spaces.")


def _object(name: str, entity: str | None, value: LiteralInput | None) -> Value:
    if (entity is None) == (value is None):
        raise InputError("say the other end:", mend="give `object` or `value`, not both.")
    wanted = relation(name).literal
    if value is None:
        return str(entity)
    if wanted is None:
        raise InputError(f"{relation(name).label} takes an entity, not a value.", mend="Give `object`.")
    return _literal(wanted, value)


def _literal(wanted: LiteralType, value: LiteralInput) -> Literal:
    return canonical(wanted, value.value, value.unit, value.year or None)


def _qualifier(given: QualifierInput) -> tuple[str, Value]:
    wanted = QUALIFIERS.get(given.name)
    if wanted is None:
        raise InputError(f"there is no qualifier {given.name[:40]!r}.", mend="`vocabulary` lists them.")
    if isinstance(wanted, LiteralType):
        if not given.value:
            raise InputError(f"qualifier {given.name} takes a {wanted}.", mend="Give its `value`.")
        return given.name, _literal(wanted, given.value)
    if not given.entity:
        raise InputError(f"qualifier {given.name} names an entity.", mend="Give its `entity`.")
    return given.name, str(given.entity)


def _upload(given: UploadInput) -> Upload:
    if not _FILE_NAME.fullmatch(given.name) or ".." in given.name:
        raise InputError("the upload's name is no plain file name.", mend='Send one as "films.jsonl".')
    if not given.content.strip():
        raise InputError("the upload is empty.", mend="Send the text of the file as `content`.")
    return Upload(given.name, given.format, given.content, given.mapping)
