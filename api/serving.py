"""Serving: the application over the desk's store, with the jobs that mutations start, under uvicorn."""

from __future__ import annotations

import json
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import uvicorn

from marquee.api import jobs, models, refusals
from marquee.api.corrections import correct
from marquee.api.cursors import secret_at
from marquee.api.desk import Desk
from marquee.api.oracle import oracle_of, version_of
from marquee.api.server import create_app
from marquee.api.service import Correction, Jobs, Outcome, Service, Upload
from marquee.api.settling import settle
from marquee.schema.errors import SettingsError
from marquee.schema.values import Action, Source

_SHOWN = 20  # refusals in an outcome
_KEPT = 30  # seconds an idle connection is kept: longer than clients keep theirs, which then close it themselves


def serve(desk: Desk, host: str, port: int, as_json: bool = False) -> None:
    """Serves until SIGTERM or SIGINT; requests under way are finished first.

    Raises SettingsError for a public address without a token, or one that cannot be listened at.
    """
    settings = desk.settings.serving_at(host, port)
    service = service_of(desk)
    app = create_app(service, settings, secret=secret_at(desk.settings.home / "cursors.secret"))
    listening = _listening(host, port)
    _announce(f"http://{f'[{host}]' if ':' in host else host}:{port}/graphql", bool(settings.token), as_json)
    _warm(desk, service)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=10, timeout_keep_alive=_KEPT)
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has stopped
        server.run(sockets=[listening])


def _announce(url: str, mutable: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"url": url, "mutations": mutable}), flush=True)
        return
    pages = url.removesuffix("graphql")
    print(f"Pages at {pages}, GraphQL at {url}   (stop with Ctrl+C)", file=sys.stderr, flush=True)
    if not mutable:
        print("Mutations need a token: set MARQUEE_TOKEN before serving.", file=sys.stderr, flush=True)


def _warm(desk: Desk, service: Service) -> None:
    """Loads the model in service beside the first requests, so that the first question to it need not wait."""
    if models.service_id(desk.settings.models) is not None:
        threading.Thread(target=_load, args=(service,), daemon=True).start()


def _load(service: Service) -> None:
    with suppress(Exception):  # the question that needs the model meets it again, and reports it
        service.oracle().prepare()


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for an ACK
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        what = f"cannot be listened at: {error.strerror or error}."
        raise SettingsError(what, where=f"{host}:{port}", mend="Name another with --host or --port.") from None
    return listening


def service_of(desk: Desk) -> Service:
    """The service over a desk's store; every job of a request makes a run of its own."""
    folder = desk.settings.models
    mutations = Jobs(
        decide=lambda *words: _decide(desk.quiet(), *words),
        correct=lambda correction: _correct(desk.quiet(), correction),
        ingest=lambda what: _ingest(desk.quiet(), what),
    )
    oracle, version = oracle_of(desk.store, folder), version_of(desk.store, folder)
    return Service(desk.store, mutations, oracle, version, refused=desk.settings.refused)


def _decide(desk: Desk, statement: str, action: Action, reason: str, by: str, choice: str | None) -> Outcome:
    report = jobs.decide(desk, [statement], action, reason, by, choice)
    return Outcome(report.run, report.counts)


def _correct(desk: Desk, correction: Correction) -> tuple[Outcome, str]:
    run = jobs.new_run("correct", [f"curator:{correction.by}"])
    with desk.store.writing(run) as writer:
        statement = correct(writer, correction, run.started)
        settle(desk, writer, {statement: None}, models.in_service(desk.settings.models), run.started)
        writer.count(corrected=1)
    return Outcome(run.id, {"corrected": 1}), statement


def _ingest(desk: Desk, what: Upload | str) -> Outcome:
    if isinstance(what, str):
        return _outcome(jobs.ingest(desk, [desk.settings.source(what)]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(what.name).name
        path.write_text(what.content, encoding="utf-8")
        return _outcome(jobs.ingest(desk, [Source(f"upload:{path.name}", str(path), what.format, what.mapping)]))


def _outcome(report: jobs.Report) -> Outcome:
    refused = refusals.read(Path(report.refused_file), _SHOWN) if report.refused_file else []
    return Outcome(report.run, report.counts, tuple(refused))
