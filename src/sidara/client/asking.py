"""How the client asks: one request at a time, again where the link broke or the server asked to wait."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from sidara.client.faults import Fault, Refused

type Rows = list[dict[str, Any]]
LARGEST = 500
"""The largest page that the API gives."""
TRIES = 4
UNREADABLE: Mapping[type[OSError], str] = {
    FileNotFoundError: "tidak ada berkas bernama itu",
    IsADirectoryError: "itu folder, bukan berkas",
    PermissionError: "tidak ada hak untuk membacanya",
}
AGAIN = frozenset({429, 502, 503, 504})
"""What is asked again: the request was not answered, or too early."""


class Asking:
    """An open client that knows no operation yet."""

    def __init__(  # noqa: PLR0913 - keyword-only options
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        language: str = "id",
        timeout: float = 60,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open a client; `transport` and `wait` are for tests."""
        held = token or os.environ.get("SIDARA_TOKEN", "")
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {held}"} if held else {})
        base = f"{address.rstrip('/')}/api/v1"
        self._http = httpx.Client(base_url=base, headers=headers, timeout=timeout, transport=transport)
        self._wait = wait

    def __enter__(self) -> Self:
        """Be used in a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _one(self, method: str, address: str, **asked: Any) -> dict[str, Any]:
        told = self._ask(method, address, **asked)
        return dict(told) if isinstance(told, dict) else {"items": told}

    def _rows(self, address: str, **asked: Any) -> Rows:
        told = self._ask("GET", address, **asked)
        return list(told)

    def _pages(self, address: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Go through all pages of a list."""
        cursor = ""
        while True:
            page = self._one("GET", address, limit=LARGEST, cursor=cursor, **asked)
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def _ask(  # noqa: PLR0913 - what a request may carry
        self,
        method: str,
        address: str,
        *,
        body: object = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        is_file: bool = False,
        **asked: Any,
    ) -> Any:
        """Send a request, again where the link broke or the server asked to wait."""
        parameters = {name: value for name, value in asked.items() if value not in (None, "")}
        for left in reversed(range(TRIES)):
            try:
                response = self._http.request(
                    method,
                    address,
                    params=parameters,
                    json=body,
                    content=content,
                    files=files,
                    headers=dict(headers or {}),
                )
            except httpx.TransportError as fault:
                if not left:
                    raise Fault(f"SIDARA tidak dapat dihubungi: {fault}") from fault
                self._wait(TRIES - left)
                continue
            if response.status_code in AGAIN and left:
                self._wait(float(response.headers.get("Retry-After", TRIES - left)))
                continue
            return response.content if is_file and response.is_success else _read(response)
        raise Fault("SIDARA tidak menjawab.")  # pragma: no cover - the last try returns or raises


def _read(response: httpx.Response) -> Any:
    """Read an answer; raises what the API refused."""
    try:
        told = response.json()
    except ValueError as fault:
        raise Fault(f"Jawaban SIDARA tidak dapat dibaca (HTTP {response.status_code}).") from fault
    if response.is_success:
        return told
    raise Refused(told if isinstance(told, dict) else {"status": response.status_code})


def file_of(file: str | Path) -> tuple[str, bytes]:
    """Read a file that is sent: its name and content."""
    try:
        return Path(file).name, Path(file).read_bytes()
    except OSError as fault:
        why = UNREADABLE.get(type(fault), fault.strerror)
        raise Fault(f"Berkas {file} tidak dapat dibaca: {why}.") from fault


def submission_at(form: str, region: str, period: str) -> str:
    """Write the address of a submission."""
    return f"/submissions/{part_of(form)}/{part_of(region)}/{part_of(period)}"


def part_of(value: object) -> str:
    """Write a value as one part of an address."""
    return quote(str(value), safe="")
