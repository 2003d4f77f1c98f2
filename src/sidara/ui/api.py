"""How every JSON door speaks: rights of operations, faults as problem+json, pages by cursor.

One place, so that all rooms look the same. A room's `api.py` makes a `Router` and marks its views with
`reads` and `writes`; `web` gathers the routers. Words: operation, problem, page, cursor.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_noop as noop
from ninja import Router, Schema
from ninja.params.functions import Header, Query
from pydantic import Field, StringConstraints

from sidara.kernel.actor import NotAllowed
from sidara.kernel.finding import Finding
from sidara.ui.language import say

OR = " or "
"""Between rights of an operation of which one is enough."""
LONGEST = 200
PAGE, LARGEST = 100, 500
BIGGEST = 2_147_483_647
"""The largest whole number that is taken: what both databases hold."""

WHAT = (
    noop("Akun"),
    noop("Berita acara"),
    noop("Bukti"),
    noop("Entri"),
    noop("Formulir"),
    noop("Himpunan data"),
    noop("Indeks"),
    noop("Jenis entri"),
    noop("Jenis kegiatan"),
    noop("Jenis pemerintah"),
    noop("Kode"),
    noop("Langkah"),
    noop("Perangkat"),
    noop("Skor desa ini pada himpunan"),
    noop("Susunan wilayah"),
    noop("Tingkat"),
    noop("Wilayah"),
)
"""What may be missing, in words; rooms name it so that all of them stand in one catalogue."""

REMEDIES = {
    "BASE_UNKNOWN": noop("Ambil isiannya lagi (GET), lalu kirim sel Anda dengan revision itu sebagai base."),
    "DATASET_UNKNOWN": noop("Lihat himpunan data yang ada di GET /api/v1/datasets."),
    "FORM_UNKNOWN": noop("Lihat kodenya di GET /api/v1/forms."),
    "INDICATOR_UNKNOWN": noop("Lihat kodenya di GET /api/v1/dictionary/indicator."),
    "MESSAGE_REUSED": noop("Kirim lagi dengan Idempotency-Key yang baru."),
    "REGION_UNKNOWN": noop("Cari kodenya di GET /api/v1/regions/search."),
}
"""What a program does where a finding would send it to a command or a device."""
ELSEWHERE = ("sidara ", "perangkat")
"""What stands in such remedies."""

BINARY: Mapping[str, Any] = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
"""The body of a request that holds bytes and nothing else."""
Text = Annotated[str, StringConstraints(max_length=LONGEST, pattern=r"^[^\x00]*$")]
Whole = Annotated[int, Field(ge=0, le=BIGGEST)]
Year = Annotated[int, Field(ge=1945, le=9999)]
Cursor = Annotated[
    str,
    Query("", description="Isi `next` dari halaman sebelumnya.", max_length=LONGEST, pattern=r"^[\w=-]*$"),
]
MessageId = Annotated[
    UUID, Header(..., alias="Idempotency-Key", description="UUID baru bagi tiap kiriman; sama bila diulang.")
]
"""By what a message is known again that is sent twice."""
Limit = Annotated[int, Query(PAGE, ge=1, le=LARGEST, description="Banyaknya butir sehalaman.")]


class FindingOut(Schema):
    """What is wrong, where, and how to mend it."""

    code: str
    severity: str
    message: str
    remedy: str
    line: int | None = None
    column: str | None = None
    sheet: str | None = None
    value: str | None = None


class ProblemOut(Schema):
    """A fault (RFC 9457, application/problem+json) with its findings."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    findings: list[FindingOut]


class Problem(Exception):  # noqa: N818 - reads as the sentence it is
    """A request that cannot be answered, with its status and what the asker can mend."""

    def __init__(
        self,
        status: HTTPStatus,
        *findings: Finding,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take at least one finding; the first one names the problem."""
        super().__init__(findings[0].message)
        self.status, self.findings, self.headers = status, for_programs(findings), dict(headers or {})

    def flat(self) -> dict[str, object]:
        """Give the problem as the JSON of RFC 9457."""
        first = self.findings[0]
        return {
            "type": f"urn:sidara:{first.code}",
            "title": first.message,
            "status": int(self.status),
            "detail": first.remedy,
            "code": first.code,
            "findings": [one.flat() for one in self.findings],
        }


def for_programs(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give findings with remedies that a program can follow."""
    return tuple(
        replace(one, remedy=say(REMEDIES[one.code]))
        if one.code in REMEDIES and any(word in one.remedy for word in ELSEWHERE)
        else one
        for one in findings
    )


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Some of many: the items and the cursor of what follows, empty at the end."""

    items: Sequence[T]
    next: str = ""


class Paged[T](Schema):
    """A page of a list. `next` goes into `cursor` of the next request; empty at the end."""

    items: list[T]
    next: str


ERRORS = {
    HTTPStatus.BAD_REQUEST: ProblemOut,
    HTTPStatus.UNAUTHORIZED: ProblemOut,
    HTTPStatus.FORBIDDEN: ProblemOut,
    HTTPStatus.NOT_FOUND: ProblemOut,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ProblemOut,
    HTTPStatus.TOO_MANY_REQUESTS: ProblemOut,
}
"""What any operation may answer, besides its own."""


def reads(
    router: Router, path: str, *, right: str, response: Any, post: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open an operation that reads, by GET (`post`: by POST, for what is asked with a body)."""
    return _operation(router, "POST" if post else "GET", path, right, {HTTPStatus.OK: response})


def writes(
    router: Router,
    path: str,
    *,
    right: str,
    response: Any,
    method: str = "PATCH",
    body: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open an operation that writes; `body` is told of one that the view reads itself."""
    responses: dict[int, Any] = {HTTPStatus.OK: response, HTTPStatus.CONFLICT: ProblemOut}
    return _operation(router, method, path, right, responses, {"requestBody": body} if body else {})


def _operation(
    router: Router,
    method: str,
    path: str,
    right: str,
    responses: Mapping[int, Any],
    more: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only an actor in who holds the right somewhere; where exactly, queries and services ask again.

    Of rights that are joined by `OR` one is enough.
    """
    rights = right.split(OR)

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> Any:
            actor = request.actor  # type: ignore[attr-defined]  # as `rights.Asking` says
            if not any(actor.may_somewhere(one) for one in rights):
                raise NotAllowed(actor, rights[0])
            return view(request, *args, **named)

        guarded.operation = right  # type: ignore[attr-defined]  # read by the matrix of rights
        summary, _, words = (view.__doc__ or "").strip().partition("\n")
        registered: Callable[..., Any] = router.api_operation(
            [method],
            path,
            response={**responses, **ERRORS},
            summary=summary.rstrip("."),
            description=" ".join(words.split()),
            operation_id=view.__name__,
            by_alias=True,
            openapi_extra={"x-right": right, **(more or {})},
        )(guarded)
        return registered

    return mark


def not_one_of(what: str, value: str, known: Sequence[str]) -> Problem:
    """Say that a value is none of a few that are known; `what` is one of `WHAT`."""
    return refused(
        Finding(
            "API_VALUE_WRONG",
            say("{what} “{value}” tidak ada.", what=say(what), value=value),
            say("Pilih salah satu: {known}.", known=", ".join(known)),
            value=value,
        )
    )


def missing(what: str, value: str) -> Problem:
    """Say that something does not exist, or not for this actor; `what` is one of `WHAT`."""
    return Problem(
        HTTPStatus.NOT_FOUND,
        Finding(
            "API_NOT_FOUND",
            say("{what} “{value}” tidak ada.", what=say(what), value=value),
            say("Periksa kodenya."),
            value=value,
        ),
    )


def nothing() -> Finding:
    """Say that nothing came of a request, where no finding says why."""
    return Finding("API_VALUE_WRONG", say("Permintaan ini tidak dapat dijawab."), say("Periksa isinya."))


def refused(*findings: Finding) -> Problem:
    """Say that a request cannot be answered as it was asked."""
    return Problem(HTTPStatus.BAD_REQUEST, *findings)


def page[T](rows: Sequence[T], *, key: Callable[[T], str], cursor: str, limit: int) -> Page[T]:
    """Give the page behind a cursor; `rows` are sorted by `key`, which no two share."""
    after = read_cursor(cursor)
    left = [row for row in rows if key(row) > after] if after else list(rows)
    shown = left[:limit]
    return Page(shown, write_cursor(key(shown[-1])) if len(left) > limit else "")


def write_cursor(after: str) -> str:
    """Write the key behind which a page begins, so that nobody builds on how it looks."""
    return base64.urlsafe_b64encode(after.encode()).decode()


def read_cursor(cursor: str) -> str:
    """Read a cursor; refuses what was never given."""
    try:
        return base64.urlsafe_b64decode(cursor.encode("ascii")).decode()
    except (binascii.Error, UnicodeError) as fault:
        finding = Finding(
            "API_CURSOR_WRONG",
            say("Penunjuk halaman “{cursor}” tidak dikenal.", cursor=cursor),
            say("Pakai isi `next` dari halaman sebelumnya, atau mulai tanpa penunjuk."),
            value=cursor,
        )
        raise refused(finding) from fault
