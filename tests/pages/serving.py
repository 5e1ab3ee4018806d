"""A server really started, as a user starts it, and ended by its own id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 180.0  # seconds to start, on a busy machine


@contextmanager
def served(home: Path, token: str = "", port: int = 0, **more: str) -> Iterator[str]:
    """`marquee serve` over the store in `home`, unless settings name another; gives its address."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"MARQUEE_HOME": str(home), "MARQUEE_TOKEN": token, **more}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARQUEE_")}
    words = [str(Path(sys.executable).with_name("marquee")), "serve", "--port", str(port)]
    log = (home / "serve.log").open("wb")
    server = subprocess.Popen(words, cwd=home, env=kept | settings, stdout=log, stderr=log)
    try:
        _wait(f"{address}/health", server, home / "serve.log")
        yield address
    finally:
        server.terminate()
        server.wait(_LONGEST)
        log.close()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8', errors='replace')}")
