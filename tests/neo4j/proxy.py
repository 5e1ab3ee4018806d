"""A way to a server that can be cut: what a network does to long connections."""

from __future__ import annotations

import math
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # Bolt's message, in a chunk of its own


class Proxy:
    """Passes each connection to a port of this machine on.

    `lose`: how many answers to a commit are lost from now on. `left`: how many commits pass before the way is closed.
    """

    def __init__(self, port: int) -> None:
        self.lose = 0
        self.lost = 0
        self.left = math.inf
        self._port = port
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Ends every connection at once; new ones are taken."""
        for pair in self._pairs:
            _end(*pair)
        self._pairs.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
                self._pairs.append((client, server))
                threading.Thread(target=self._forth, args=(client, server), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        """Client to server. A commit whose answer is to be lost is passed on, and the client hears no more."""
        with suppress(OSError):
            while data := client.recv(65536):
                if data.endswith(_COMMIT):
                    self.left -= 1
                if self.left < 0:
                    self.close()
                if self.lose and data.endswith(_COMMIT):
                    self.lose, self.lost = self.lose - 1, self.lost + 1
                    client.shutdown(socket.SHUT_RDWR)
                server.sendall(data)
        _end(server)

    def _pass(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                with suppress(OSError):
                    client.sendall(data)
        _end(client)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def way_to(port: int) -> Iterator[Proxy]:
    """A proxy during the block."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
