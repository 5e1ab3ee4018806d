"""The client: asks a Marquee server, and pages through its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

import httpx

from marquee.schema.errors import MarqueeError

Json = dict[str, Any]

_BRIEF = """
fragment Brief on Entity { id kind name popularity }"""
_FACT = """
fragment Fact on Statement {
  id sentence status probability support reasons recordedFrom validFrom validTo
  subject { id kind name } relation object { id kind name } literal { type value unit }
  qualifiers { name text } evidence(first: 3) { source quote score modality observedAt }
}"""
_PAGE = """
fragment Page on PageInfo { hasNextPage endCursor }"""
_ENTITY = """
query($id: ID, $external: ExternalIdInput) {
  found: entity(id: $id, externalId: $external) {
    ...Brief aliases externalIds { scheme value } attributes { name value unit }
  }
}"""
_SEARCH = """
query($text: String!, $kinds: [Kind!], $first: Int!) {
  found: search(text: $text, kinds: $kinds, first: $first) { entity { ...Brief } matched score }
}"""
_FACTS = """
query($id: ID!, $relations: [RelationName!], $where: FactFilter, $after: String) {
  node(id: $id) { ... on Entity {
    facts(relations: $relations, where: $where, first: 100, after: $after) {
      pageInfo { ...Page } edges { node: statement { ...Fact } }
    }
  } }
}"""
_LEVEL = """
query($level: Level!, $kinds: [Kind!], $after: String) {
  level(level: $level) {
    entities(kinds: $kinds, first: 100, after: $after) { pageInfo { ...Page } edges { node { ...Brief } } }
  }
}"""
_QUEUE = """
query($after: String) {
  reviewQueue(first: 50, after: $after) { pageInfo { ...Page } edges { node { ...Fact } } }
}"""
_RUNS = """
query($after: String) {
  refreshRuns(first: 100, after: $after) {
    pageInfo { ...Page } edges { node { id kind status started finished sources model counts { name count } } }
  }
}"""
_PREDICTIONS = """
query($subject: ID!, $relation: RelationName!, $direction: Direction!, $first: Int!) {
  found: predictions(subject: $subject, relation: $relation, direction: $direction, first: $first) {
    subject { ...Brief } relation object { ...Brief } score probability interval { low high } because { sentence }
  }
}"""
_JUDGE = """
query($claims: [ClaimInput!]!) {
  found: judge(statements: $claims) {
    probability interval { low high } parts { name logOdds } grounded problems known { id }
  }
}"""
_STATUS = """{
  status { entities statements evidence review runs byKind { name count } byStatus { name count } }
}"""


class ServerError(MarqueeError):
    """A server that cannot be reached, or that refused; `code` is its first error's, as BAD_CURSOR."""

    def __init__(self, what: str, *, where: str = "", mend: str = "", code: str = "") -> None:
        self.code = code
        super().__init__(what, where=where, mend=mend)


def connect(url: str = "http://127.0.0.1:8765", token: str | None = None, timeout: float = 30.0) -> Client:
    """A client of the server at `url`. Raises ServerError if none answers there."""
    client = Client(url, token, timeout)
    client.check()
    return client


class Client:
    """One server's client. Close it, or use it in a with statement.

    Entities, facts and runs come as dictionaries with the names of the GraphQL schema. `transport` lets tests
    put an application in the server's place.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Accept": "application/graphql-response+json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._url = url.rstrip("/").removesuffix("/graphql")
        self._http = httpx.Client(base_url=self._url, headers=headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def check(self) -> None:
        """Raises ServerError if no Marquee server answers."""
        response = self._send("GET", "/health")
        if response.status_code != 200:
            raise ServerError("does not answer as Marquee does.", where=self._url, mend="Check the address.")

    def ask(self, query: str, **variables: Any) -> Json:
        """The data of a query or mutation. Raises ServerError with what the server said."""
        response = self._send("POST", "/graphql", json={"query": query, "variables": variables})
        try:
            body = response.json()
        except ValueError:
            raise ServerError(f"answered {response.status_code} without JSON.", where=self._url) from None
        if errors := body.get("errors"):
            code = (errors[0].get("extensions") or {}).get("code", "")
            raise ServerError("; ".join(error["message"] for error in errors), where=self._url, code=code)
        data: Json = body["data"]
        return data

    def pages(self, query: str, path: Sequence[str], **variables: Any) -> Iterator[Json]:
        """The nodes of a connection, page after page.

        `path` leads to the connection in the answer; the query must take `$after: String`, hand it to the
        connection, and ask for `pageInfo { hasNextPage endCursor }` and `edges { node }`.
        """
        after: str | None = None
        while True:
            found: Any = self.ask(query, after=after, **variables)
            for name in path:
                if found is None:
                    return
                found = found[name]
            if found is None:
                return
            yield from (edge["node"] for edge in found["edges"])
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]

    # --- what is asked most ------------------------------------------------------------------------

    def entity(self, key: str) -> Json | None:
        """The entity of an id, or of an external id written `scheme:value`; None where there is none."""
        scheme, _, value = key.partition(":")
        given = {"external": {"scheme": scheme, "value": value}} if value else {"id": key}
        found: Json | None = self.ask(_ENTITY + _BRIEF, **given)["found"]
        return found

    def search(self, text: str, kinds: Sequence[str] = (), first: int = 20) -> list[Json]:
        """Entities by name, best first; `kinds` as in the schema: FILM, PERSON, ..."""
        hits = self.ask(_SEARCH + _BRIEF, text=text, kinds=list(kinds) or None, first=first)["found"]
        return [{**hit["entity"], "matched": hit["matched"], "score": hit["score"]} for hit in hits]

    def facts(
        self, entity: str, relations: Sequence[str] = (), status: Sequence[str] = ("ACCEPTED",)
    ) -> Iterator[Json]:
        """All facts of an entity, either end, with evidence; `relations` as in the schema: ACTED_IN, ..."""
        more = {"relations": list(relations) or None, "where": {"status": list(status)}}
        return self.pages(_FACTS + _FACT + _PAGE, ("node", "facts"), id=entity, **more)

    def level(self, level: str, kinds: Sequence[str] = ()) -> Iterator[Json]:
        """All entities of a level (WORK, PERSON, INSTITUTION or SHARED), most popular first."""
        path = ("level", "entities")
        return self.pages(_LEVEL + _BRIEF + _PAGE, path, level=level, kinds=list(kinds) or None)

    def review_queue(self) -> Iterator[Json]:
        """Statements that wait for a reviewer, the most doubtful first."""
        return self.pages(_QUEUE + _FACT + _PAGE, ("reviewQueue",))

    def runs(self) -> Iterator[Json]:
        """What was done to the store, newest first."""
        return self.pages(_RUNS + _PAGE, ("refreshRuns",))

    def predictions(self, subject: str, relation: str, direction: str = "OUT", first: int = 10) -> list[Json]:
        """Likely facts that the graph lacks, most probable first, each with a sentence that says why."""
        return self._many(_PREDICTIONS + _BRIEF, subject=subject, relation=relation, direction=direction, first=first)

    def judge(self, *claims: tuple[str, str, str]) -> list[Json]:
        """What the model makes of (subject id, RELATION, object id) claims, in their order."""
        named = [{"subject": subject, "relation": name, "object": object_} for subject, name, object_ in claims]
        return self._many(_JUDGE, claims=named)

    def status(self) -> Json:
        """What the store holds."""
        found: Json = self.ask(_STATUS)["status"]
        return found

    def _many(self, query: str, **variables: Any) -> list[Json]:
        found: list[Json] = self.ask(query, **variables)["found"]
        return found

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **more)
        except httpx.HTTPError as error:
            what = f"cannot be reached: {(str(error) or type(error).__name__).rstrip('.')}."
            raise ServerError(what, where=self._url, mend="Is it running? Start it with: marquee serve") from None
