"""The JSON door of evidence that comes in parts, for links that break: begin, send parts, keep."""

import base64
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Schema
from ninja.params.functions import Header
from pydantic import StringConstraints

from sidara.collection import queries, services
from sidara.collection.api.evidence import EvidenceKept, kept_out, refused_of
from sidara.collection.api.submissions import HAND_IN, router
from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.evidence.core import GRAIN, LONGEST_CAPTION, PART, Said, Upload, upload_gone
from sidara.evidence.services import Part, Underway
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.api import BINARY, Problem, Text, Whole, reads, refused, writes
from sidara.ui.rights import Asking

GONE = "UPLOAD_GONE"
Digest = Annotated[
    str,
    Header(
        ...,
        alias="Content-Digest",
        description="SHA-256 potongan ini seperti RFC 9530: sha-256=:…:",
        pattern=r"^sha-256=:[A-Za-z0-9+/]{43}=:$",
    ),
]
"""The hash of a part, as RFC 9530 writes it."""


class GapOut(Schema):
    """A stretch that has not come: from byte `low` up to, but without, `high`."""

    low: int
    high: int


class UploadSaid(Schema):
    """What is said of a file before it is sent; `sha256` is that of the whole."""

    name: Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00]*$")]
    size: Whole
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    variable: Text = ""
    breakdown: Text = TOTAL
    row: Text = ""
    caption: Annotated[str, StringConstraints(max_length=LONGEST_CAPTION, pattern=r"^[^\x00]*$")] = ""
    keep_place: bool = False


class UploadOut(Schema):
    """A file under way: what has come, and the gaps, which are sent as parts.

    A part holds `part` bytes at most, begins at a multiple of `grain` and ends at one or with the file.
    `kept`: all of it came, and it is evidence.
    """

    id: UUID
    name: str
    size: int
    sha256: str
    row: str
    variable: str
    breakdown: str
    caption: str
    keep_place: bool
    received: int
    gaps: list[GapOut]
    part: int
    grain: int
    expires_at: datetime
    kept: bool


@reads(router, "/{form}/{region}/{period}/uploads", right=HAND_IN, response=list[UploadOut])
def list_uploads(request: Asking, form: Text, region: Text, period: Text) -> list[dict[str, object]]:
    """Berkas bukti Anda yang belum selesai dikirim."""
    return _listed(request, SubmissionKey(form, region, period))


@reads(router, "/{form}/{region}/{period}/uploads/{upload}", right=HAND_IN, response=UploadOut)
def show_upload(request: Asking, form: Text, region: Text, period: Text, upload: UUID) -> dict[str, object]:
    """Yang sudah dan yang belum sampai dari sebuah berkas."""
    found = queries.upload_of(request.actor, SubmissionKey(form, region, period), upload)
    return _out(Underway(found))


@writes(router, "/{form}/{region}/{period}/uploads/{upload}", right=HAND_IN, response=UploadOut, method="PUT")
def begin_upload(
    request: Asking, form: Text, region: Text, period: Text, upload: UUID, body: UploadSaid
) -> dict[str, object]:
    """Mulai atau lanjutkan mengirim sebuah berkas bukti sepotong-sepotong.

    Nomornya UUID buatan Anda, dan menjadi nomor buktinya. Jawabannya menyebut yang belum sampai; ulangi
    permintaan ini setiap kali melanjutkan.
    """
    cell = Key(body.row.lower(), body.variable, body.breakdown) if body.variable else None
    said = Said(body.name, body.size, body.sha256, body.caption, body.keep_place)
    key = SubmissionKey(form, region, period)
    return _out(services.begin_upload(request.actor, key=key, cell=cell, upload=upload, said=said, now=now()))


@writes(
    router,
    "/{form}/{region}/{period}/uploads/{upload}/parts/{low}",
    right=HAND_IN,
    response=UploadOut,
    method="PUT",
    body=BINARY,
)
def send_part(
    request: Asking, form: Text, region: Text, period: Text, upload: UUID, low: Whole, digest: Digest
) -> dict[str, object]:
    """Kirim satu potongan berkas, mulai dari byte yang disebut di alamat.

    Isi permintaan adalah byte potongan itu sendiri. Boleh dalam urutan apa pun dan boleh diulang; yang sudah
    sampai tidak disimpan dua kali.
    """
    key = SubmissionKey(form, region, period)
    content = b"" if _length(request) > PART else request.body
    part = Part(low, content, base64.b64decode(digest.split(":")[1]).hex())
    return _out(services.take_part(request.actor, key=key, upload=upload, part=part))


@writes(
    router,
    "/{form}/{region}/{period}/uploads/{upload}/keep",
    right=HAND_IN,
    response=EvidenceKept,
    method="POST",
)
def keep_upload(request: Asking, form: Text, region: Text, period: Text, upload: UUID) -> dict[str, object]:
    """Simpan berkas yang sudah sampai seluruhnya sebagai bukti, sekali.

    Berkasnya diperiksa dan ditulis ulang seperti bukti yang dikirim sekaligus.
    """
    key = SubmissionKey(form, region, period)
    kept = services.keep_upload(request.actor, key=key, upload=upload, now=now())
    if any(one.code == GONE for one in kept.findings):
        raise Problem(HTTPStatus.NOT_FOUND, *kept.findings)
    return kept_out(request, key, kept)


@writes(
    router,
    "/{form}/{region}/{period}/uploads/{upload}",
    right=HAND_IN,
    response=list[UploadOut],
    method="DELETE",
)
def drop_upload(
    request: Asking, form: Text, region: Text, period: Text, upload: UUID
) -> list[dict[str, object]]:
    """Buang berkas yang belum selesai dikirim; menjawab yang masih ada."""
    key = SubmissionKey(form, region, period)
    wrong = services.drop_upload(request.actor, key=key, upload=upload)
    if wrong is not None:
        raise refused_of((wrong,))
    return _listed(request, key)


def _length(request: Asking) -> int:
    """Give how many bytes a request says it holds."""
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _listed(request: Asking, key: SubmissionKey) -> list[dict[str, object]]:
    held = queries.uploads_of(request.actor, key)
    if isinstance(held, Finding):
        raise refused(held)
    return [_told(one) for one in held]


def _out(held: Underway) -> dict[str, object]:
    if held.upload is not None:
        return _told(held.upload)
    findings = held.findings or (upload_gone(),)
    if findings[0].code == GONE:
        raise Problem(HTTPStatus.NOT_FOUND, *findings)
    raise refused_of(findings)


def _told(one: Upload) -> dict[str, object]:
    cell = cell_of(one.cell)
    return {
        "id": one.id,
        "name": one.said.name,
        "size": one.said.size,
        "sha256": one.said.original,
        "row": cell.row if cell else "",
        "variable": cell.variable if cell else "",
        "breakdown": cell.breakdown if cell else "",
        "caption": one.said.caption,
        "keep_place": one.said.keeps_place,
        "received": one.received,
        "gaps": [{"low": gap.low, "high": gap.high} for gap in one.gaps],
        "part": PART,
        "grain": GRAIN,
        "expires_at": one.expires_at,
        "kept": one.is_kept,
    }
