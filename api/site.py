"""The pages for people: what their build left in `pages/dist`, and the policies that browsers hold them to."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from marquee.api.explorer import EXAMPLES, PAGE

BUILT = Path(__file__).parent / "pages" / "dist"
PLACES = ("/", "/entity/{id}", "/review", "/runs", "/runs/{id}")  # one page whose script looks at the address

_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
POLICY = f"{_OWN}; require-trusted-types-for 'script'; trusted-types 'none'"
GRAPHIQL_POLICY = f"{_OWN}; worker-src 'self'"

_UNBUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Marquee: pages are not built</title>
<h1>pages are not built: make pages</h1>
<p>The server is up, and answers GraphQL. To have its pages, run <code>make pages</code> where Marquee was cloned
(it needs npm, or fetches one), then load this page again.</p>
<p><a href="/graphql">Try queries</a> all the same.</p>
</html>
"""


def routes(folder: Path = BUILT) -> list[BaseRoute]:
    """Routes of the pages, of GraphiQL and its examples, and of what they load.

    `folder` is looked at on each request, so that a build shows without a restart. Where it lacks a page,
    the answer says how to build it; the plain explorer stands in for GraphiQL.
    """

    async def page(_: Request) -> Response:
        return _page(folder / "index.html", POLICY) or HTMLResponse(_UNBUILT, 503)

    async def graphiql(request: Request) -> Response:
        if "query" in request.query_params:
            return _by_post()
        return _page(folder / "graphiql.html", GRAPHIQL_POLICY) or HTMLResponse(PAGE)

    return [
        *(Route(place, page, methods=["GET"]) for place in PLACES),
        Route("/graphql", graphiql, methods=["GET"]),
        Route("/examples.json", _examples, methods=["GET"]),
        Mount("/assets", _Assets(folder / "assets"), middleware=[Middleware(GZipMiddleware)]),
    ]


class _Assets(StaticFiles):
    """Files named by their content: a browser may keep them for ever."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    def file_response(self, *args: object, **more: object) -> Response:
        response = super().file_response(*args, **more)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    async def check_config(self) -> None:
        """The folder may come later."""


def _page(file: Path, policy: str) -> Response | None:
    if not file.is_file():
        return None
    return FileResponse(file, media_type="text/html", headers={"Content-Security-Policy": policy})


def _by_post() -> Response:
    """Queries are not taken from a URL: those are logged, cached and followed by browsers."""
    error = {"message": "send queries by POST.", "extensions": {"code": "BAD_REQUEST"}}
    return JSONResponse({"errors": [error]}, 405, {"Allow": "POST"})


async def _examples(_: Request) -> Response:
    return JSONResponse(EXAMPLES)
