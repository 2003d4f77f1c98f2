"""A link that breaks: a TCP proxy between a program and a served SIDARA, which ends connections.

Each request takes the next `Cut` of the plan; where none is left it goes through whole. What the server
answered is noted, also where nobody got it.
"""

import gzip
import json
import socket
import struct
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

PATIENCE = 120
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: the connection is reset, not closed."""


@dataclass(frozen=True)
class Cut:
    """Where a link breaks: after a share of the bytes of a request, or of its answer.

    A request cut at 1 has gone out whole and nobody waits for its answer; an answer cut at 1 lacks its last
    byte. `is_abrupt`: the connection is reset, as by a router; else closed, as by a proxy that ends.
    """

    side: str
    share: float
    is_abrupt: bool = False

    def __str__(self) -> str:
        return f"{self.side}-{self.share:.2f}-{'reset' if self.is_abrupt else 'closed'}"


STEPS = tuple(
    Cut(side, at / 6, is_abrupt)
    for side in ("request", "answer")
    for at in range(7)
    for is_abrupt in (False, True)
)
"""Before the request, in its head and body, after it; before, in and at the end of the answer."""


class Link:
    """The proxy; a context manager. `address` takes the place of the server's."""

    def __init__(self, server: str) -> None:
        host, _, port = server.removeprefix("http://").partition(":")
        self._server = (host, int(port))
        self.plan: deque[Cut | None] = deque()
        self.answers: list[Any] = []
        """The JSON of everything that the server answered, in order."""
        self.cuts = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def cut(self, *cuts: Cut | None) -> None:
        """Plan cuts for the next requests, `None` lets one through; forgets what was answered before."""
        self.plan.extend(cuts)
        self.answers.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.settimeout(PATIENCE)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """Pass request after request of one connection on, until a side ends or a cut comes."""
        with client, suppress(OSError), socket.create_connection(self._server, PATIENCE) as server:
            while first := client.recv(1):
                cut = self.plan.popleft() if self.plan else None
                request = first + self._whole(client, first)
                if cut and cut.side == "request":
                    server.sendall(request[: int(len(request) * cut.share)])
                    return self._end(cut, client, server)
                server.sendall(request)
                answer = self._whole(server)
                self.answers.append(_read(answer))
                if cut:
                    client.sendall(answer[: int((len(answer) - 1) * cut.share)])
                    return self._end(cut, client, server)
                client.sendall(answer)
        return None

    def _whole(self, side: socket.socket, begun: bytes = b"") -> bytes:
        """Read one message, whose head tells the length of its body; gives what came after `begun`."""
        text = begun
        while b"\r\n\r\n" not in text:
            text += _some(side)
        fields, body = _parted(text)
        assert "transfer-encoding" not in fields, "the length is told, or the proxy must read chunks"
        left = int(fields.get("content-length", 0)) - len(body)
        while left > 0:
            more = _some(side)
            text, left = text + more, left - len(more)
        return text[len(begun) :]

    def _end(self, cut: Cut, *sides: socket.socket) -> None:
        self.cuts += 1
        if cut.is_abrupt:
            for side in sides:
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def _some(side: socket.socket) -> bytes:
    """Read what has come; a side that ended in the middle is a broken link."""
    more = side.recv(65_536)
    if not more:
        raise ConnectionAbortedError
    return more


def _parted(message: bytes) -> tuple[dict[str, str], bytes]:
    """Give the fields of the head in lower case, and what is there of the body."""
    head, _, body = message.partition(b"\r\n\r\n")
    lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:]]
    return {name.lower(): value.strip() for name, _, value in lines}, body


def _read(answer: bytes) -> Any:
    fields, body = _parted(answer)
    return json.loads(gzip.decompress(body) if fields.get("content-encoding") == "gzip" else body)
