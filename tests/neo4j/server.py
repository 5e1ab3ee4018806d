"""A real Neo4j for the tests: its jars from Maven Central, one server for the whole run, in a temporary folder.

Needs Java 17+ and Maven; without them tests are skipped with the reason, and where `CI=true` they fail.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import neo4j
import pytest

HERE = Path(__file__).resolve().parent
PASSWORD = "only-for-tests"
_QUICK = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # starts fast and stays small
_LASTING = ("-Xmx2g", "-Dpages=1024")  # as a server that runs for days
_OLDEST_JAVA = 17
_START = 120.0  # seconds to wait for a server, on a machine with much else to do


@dataclass(eq=False)
class Server:
    """A Neo4j process on a port of its own. It ends with this process and deletes its folder, however that one ends."""

    folder: Path
    port: int
    java: tuple[str, ...] = _QUICK
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """A store's URL in the server's one database."""
        return f"bolt://neo4j@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(_command(self), stdin=subprocess.PIPE, stdout=log, stderr=log)
        end = time.monotonic() + _START
        before = (self.folder / "server.log").stat().st_size
        while b"ready" not in (self.folder / "server.log").read_bytes()[before:]:
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                pytest.fail(f"Neo4j does not start: {(self.folder / 'server.log').read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ends the server in good order; its folder stays."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.write(b"k")
            self.process.stdin.close()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Ends the server as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None


@cache
def shared() -> Server:
    """The server that the whole test run shares. Skips the test where there can be none."""
    server = fresh()
    server.start()
    return server


def fresh(lasting: bool = False) -> Server:
    """A server that is not started yet, in a folder of its own that goes with this process. `lasting`: set up
    for long work, where the tests' own is set up to start fast."""
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="marquee-neo4j-"))
    server = Server(folder, _free_port(), _LASTING if lasting else _QUICK)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.kill)
    return server


def cypher(server: Server, query: str) -> list[list[Any]]:
    """The rows of a query that someone else might ask."""
    with _driver(server).session() as session:
        return [record.values() for record in session.run(query)]


def empty(server: Server) -> None:
    """Deletes every node of the server's database; its indexes stay."""
    with _driver(server).session() as session:
        session.run("MATCH (x) CALL (x) { DETACH DELETE x } IN TRANSACTIONS OF 10000 ROWS").consume()


@cache
def _driver(server: Server) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(server.url.replace("neo4j@", ""), auth=("neo4j", PASSWORD))


@cache
def missing() -> str:
    """Why there is no Neo4j for the tests; "" where there is."""
    java = shutil.which("java")
    if java is None or shutil.which("mvn") is None:
        return f"Neo4j's tests need Java {_OLDEST_JAVA}+ and Maven (Debian: default-jdk-headless and maven)."
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = re.search(r'version "(\d+)', said)
    if number is None or int(number[1]) < _OLDEST_JAVA:
        return f"Neo4j's tests need Java {_OLDEST_JAVA}+; this one is {said.splitlines()[0] if said else 'unknown'}."
    try:
        _home()
    except subprocess.CalledProcessError as error:
        return f"Neo4j's jars cannot be fetched: {error.stdout[-500:]}"
    return ""


@cache
def _home() -> Path:
    """The folder with the server's jars and class, fetched and compiled once for each pom.xml and Server.java."""
    home = _cache(HERE / "pom.xml")
    if not (home / "fetched").exists():
        _quiet(
            "mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={home}"
        )
        (home / "fetched").touch()
    classes = _cache(HERE / "Server.java")
    if not (classes / "Server.class").exists():
        _quiet("javac", "-cp", f"{home}/*", "-d", str(classes), str(HERE / "Server.java"))
    return home


def _cache(source: Path) -> Path:
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "marquee-tests" / f"{source.stem}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _quiet(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _command(server: Server) -> list[str]:
    jars, classes = _home(), _cache(HERE / "Server.java")
    place = [str(server.folder / "db"), str(server.port), PASSWORD]
    return ["java", *server.java, "-cp", f"{classes}:{jars}/*", "Server", *place]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
