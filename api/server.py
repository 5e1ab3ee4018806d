"""The server: GraphQL over HTTP, the pages, the schema as text, and a health check."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from marquee.api import http_request as http
from marquee.api import site
from marquee.api.access import Access, access_for, allowed_hosts
from marquee.api.cursors import Cursors
from marquee.api.execution import Executor
from marquee.api.failures import unexpected
from marquee.api.graphql_schema import schema, sdl
from marquee.api.limits import Limits
from marquee.api.request import Request as GraphQLRequest
from marquee.api.service import Service
from marquee.api.settings import Serve
from marquee.api.shield import Shield


def create_app(
    service: Service,
    settings: Serve,
    limits: Limits | None = None,
    secret: bytes = b"",
    hosts: tuple[str, ...] = (),
    pages: Path = site.BUILT,
) -> Starlette:
    """The application over a service.

    `secret` signs cursors (see `cursors.secret_at`); without one they end with the process. `hosts`: Host
    headers to answer beside the usual ones of a loopback server. `pages`: the folder of the built pages.
    Raises SettingsError for a public address without a token.
    """
    limits = limits or Limits()
    access = access_for(settings.host, settings.token)
    cursors = Cursors(secret or secrets.token_bytes(32))
    endpoint = _Endpoint(service, settings, limits, access, cursors)
    routes = [
        Route("/graphql", endpoint.post, methods=["POST"]),
        Route("/schema.graphql", _schema, methods=["GET"]),
        Route("/health", partial(_health, service), methods=["GET"]),
        *site.routes(pages),
    ]
    known = allowed_hosts(settings.host)
    return Starlette(routes=routes, middleware=[Middleware(Shield, hosts=(*known, *hosts) if known else ())])


class _Endpoint:
    """Answers GraphQL requests in worker threads, so that the event loop stays free."""

    def __init__(self, service: Service, settings: Serve, limits: Limits, access: Access, cursors: Cursors) -> None:
        self._service, self._settings, self._limits = service, settings, limits
        self._access, self._cursors = access, cursors
        self._executor = Executor(schema(), limits, access)
        self._workers = anyio.CapacityLimiter(limits.workers)
        self._waiting = 0

    async def post(self, request: Request) -> Response:
        try:
            type_ = http.answer_type(request.headers.get("accept"))
            return await self._answer(request, type_)
        except http.BadRequest as bad:
            return _failed(bad.status, bad.message)
        except ClientDisconnect:
            return Response(status_code=400)

    async def _answer(self, request: Request, type_: str) -> Response:
        http.check_content_type(request.headers.get("content-type"))
        known = self._access.knows(request.headers.get("authorization"))
        body = await self._body(request, known)
        if self._waiting >= self._limits.waiting:
            return _failed(503, "too many requests are waiting; try again shortly.", {"Retry-After": "1"})
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(self._run, body, known, type_, limiter=self._workers)
        finally:
            self._waiting -= 1

    async def _body(self, request: Request, known: bool) -> bytes:
        most = self._limits.body + (2 * self._settings.upload_bytes if known else 0)
        with anyio.move_on_after(self._limits.upload_seconds):
            return await http.read_body(request.stream(), most)
        raise http.BadRequest(408, "the request took too long to arrive.")

    def _run(self, body: bytes, known: bool, type_: str) -> Response:
        try:
            call = http.read_call(body)
            mutable = bool(self._access.token)
            context = GraphQLRequest(
                self._service, self._cursors, self._limits, self._settings.deadline, known, mutable
            )
            answer = self._executor.run(call, context)
        except http.BadRequest as bad:
            return _failed(bad.status, bad.message)
        except Exception as error:
            return JSONResponse({"errors": [unexpected(error)]}, 500)
        headers = {"WWW-Authenticate": "Bearer"} if answer.denied else None
        content_type = f"{type_}; charset=utf-8"
        return Response(http.encoded(answer.body), http.status_of(answer, type_), headers, media_type=content_type)


async def _schema(_: Request) -> Response:
    return PlainTextResponse(sdl())


async def _health(service: Service, _: Request) -> Response:
    try:
        await anyio.to_thread.run_sync(service.store.entities, ("health",))
    except Exception as error:
        unexpected(error)
        return JSONResponse({"status": "the store does not answer"}, 503)
    return JSONResponse({"status": "ok"})


def _failed(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    body = {"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]}
    return JSONResponse(body, status, headers)
