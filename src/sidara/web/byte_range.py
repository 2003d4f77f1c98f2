"""One range of bytes of a file (RFC 9110, section 14): what a browser asks of a PMTiles file."""

import re
from http import HTTPStatus
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def span(header: str, size: int) -> tuple[int, int] | None:
    """Read first and last byte of a range, both included; `None` when it lies outside or says nothing."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) and size else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None


def answer(file: Path, header: str, *, mark: str) -> HttpResponseBase:
    """Answer with the file, or with the range that `header` asks for; `mark` names its unchanging content.

    A header of another kind is read as none, as the standard allows; a range outside is 416.
    """
    size = file.stat().st_size
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{mark}"',
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    kind = "application/vnd.pmtiles"
    if not _RANGE.fullmatch(header.strip()):
        return FileResponse(file.open("rb"), content_type=kind, headers=headers)
    asked = span(header, size)
    if asked is None:
        outside = headers | {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=outside)
    first, last = asked
    with file.open("rb") as opened:
        opened.seek(first)
        part = opened.read(last - first + 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return HttpResponse(part, status=HTTPStatus.PARTIAL_CONTENT, content_type=kind, headers=headers)
