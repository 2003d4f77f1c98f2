"""A line to a server: HTTP/1.1 over one kept connection with its cookies, as light as asyncio allows.

Who measures a server on the same machine must take little of it himself: a request through a library for all
of HTTP takes several milliseconds of processor. Here is only what a server in Python answers: a length or
chunks, gzip, cookies by name.
"""

import asyncio
import json
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 60
LONGEST = 4_000_000
GZIP = 31


class LinkFault(Exception):  # noqa: N818 - reads as the word it is
    """The link or the server failed before the answer was whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers in lower case, body as it travelled."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        """The body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (zlib.decompress(self.raw, GZIP) if packed else self.raw).decode()

    def json(self) -> Any:
        """Give the body, read."""
        return json.loads(self.text)


class Line:
    """A device's connection to a server; it is opened when first asked, and again after a fault."""

    def __init__(self, address: str) -> None:
        """Go to the server at `address` (`http://host:port`)."""
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        data: dict[str, str] | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask once: `data` goes as a form, `body` as JSON. Raises `LinkFault`."""
        kind, content = "", b""
        if data is not None:
            kind, content = "application/x-www-form-urlencoded", urlencode(data).encode()
        elif body is not None:
            kind, content = "application/json", json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"host: {self.host}", "accept-encoding: gzip"]
        if self.cookies:
            lines.append("cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if kind:
            lines += [f"content-type: {kind}", f"content-length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._exchange("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as fault:
            await self.close()
            raise LinkFault(type(fault).__name__) from fault

    async def close(self) -> None:
        """Let the connection go."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, sent: bytes) -> Answer:
        # The server let an idle connection go, as to a browser.
        if self._streams and self._streams[0].at_eof():
            await self.close()
        if self._streams is None:
            host, _, port = self.host.partition(":")
            self._streams = await asyncio.open_connection(host, int(port), limit=LONGEST)
        reader, writer = self._streams
        writer.write(sent)
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in rest:
            name, _, value = line.partition(":")
            name = name.lower()
            headers[name] = value.strip()
            if name == "set-cookie":
                cookie, _, told = value.strip().partition(";")[0].partition("=")
                self.cookies[cookie] = told
        if headers.get("transfer-encoding") == "chunked":
            raw = await _chunks(reader)
        else:
            raw = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            await self.close()
        return Answer(int(first.split(" ", 2)[1]), headers, raw)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(parts)
