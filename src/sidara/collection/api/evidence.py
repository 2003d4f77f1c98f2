"""The JSON door of the evidence of a submission: what is there, files in and out."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Query

from sidara.collection import queries, services
from sidara.collection.api.submissions import HAND_IN, LATE, router
from sidara.collection.core.proof import cell_of
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.evidence.core import LARGEST, Piece, StoreAway, store_away, too_large
from sidara.evidence.services import Handed, Kept
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.api import FindingOut, MessageId, Problem, Text, missing, reads, refused, writes
from sidara.ui.rights import Asking


class EvidenceOut(Schema):
    """A photograph or document beside a cell (`variable` empty: beside the whole form).

    `sha256` is that of what is kept, `original` of the file as it was handed in. Place and time are there
    only where who handed it in asked to keep them; `removed_at` where it was taken away; `redacted_at` where
    its file and what was said of it are gone for ever.
    """

    id: UUID
    row: str
    variable: str
    breakdown: str
    name: str
    kind: str
    size: int
    sha256: str
    original: str
    caption: str
    pages: int
    taken_at: str
    latitude: str
    longitude: str
    by: str
    function: str
    kept_at: datetime | None
    removed_at: datetime | None
    removed_reason: str
    redacted_at: datetime | None
    redacted_reason: str


class EvidenceKept(EvidenceOut):
    """A piece that was kept, and what was told of its file. `repeated`: this message kept it before."""

    findings: list[FindingOut]
    repeated: bool


@reads(router, "/{form}/{region}/{period}/evidence", right=READ, response=list[EvidenceOut])
def list_evidence(request: Asking, form: Text, region: Text, period: Text) -> list[dict[str, object]]:
    """Bukti sebuah isian, yang sudah dihapus juga."""
    held = queries.evidence_of(request.actor, SubmissionKey(form, region, period))
    if isinstance(held, Finding):
        raise refused(held)
    return [_piece(one) for one in held]


@writes(router, "/{form}/{region}/{period}/evidence", right=HAND_IN, response=EvidenceKept, method="POST")
def keep_evidence(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    idempotency_key: MessageId,
    file: UploadedFile = File(...),
    variable: Text = Query("", description="Elemen yang dibuktikan; kosong berarti seluruh formulir."),
    breakdown: Text = Query(TOTAL, description="Rincian elemen itu."),
    row: Text = Query("", description="Kode baris daftar."),
    caption: Text = Query("", description="Keterangan singkat."),
    keep_place: bool = Query(False, description="Simpan juga tempat dan waktu foto diambil."),
) -> dict[str, object]:
    """Simpan foto atau PDF sebagai bukti, sekali.

    Dikirim sebagai multipart/form-data dengan nama isian `file`; paling besar 10 MB, jenisnya dikenali dari
    isinya. Berkas ditulis ulang tanpa tempat, waktu, perangkat dan program di dalamnya.
    """
    if (file.size or 0) > LARGEST:
        raise refused(too_large(file.size or 0, file.name or ""))
    cell = Key(row.lower(), variable, breakdown) if variable else None
    handed = Handed(idempotency_key, file.read(), file.name or "", caption, keep_place)
    key = SubmissionKey(form, region, period)
    return kept_out(
        request, key, services.keep_evidence(request.actor, key=key, cell=cell, handed=handed, now=now())
    )


@reads(router, "/{form}/{region}/{period}/evidence/{piece}/file", right=READ, response=bytes)
def evidence_file(request: Asking, form: Text, region: Text, period: Text, piece: UUID) -> HttpResponse:
    """Berkas sebuah bukti, seperti disimpan."""
    try:
        found = queries.evidence_file(request.actor, SubmissionKey(form, region, period), piece)
    except StoreAway as fault:
        raise refused_of((store_away(),)) from fault
    if found is None:
        raise missing("Bukti", str(piece))
    one, content = found
    with content:
        response = HttpResponse(content.read(), content_type=one.kind.value)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'attachment; filename="{one.digest[:12]}{one.kind.suffix}"'
    return response


@writes(
    router, "/{form}/{region}/{period}/evidence/{piece}", right=HAND_IN, response=EvidenceOut, method="DELETE"
)
def remove_evidence(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    piece: UUID,
    reason: Text = Query("", description="Mengapa dihapus."),
) -> dict[str, object]:
    """Hapus sebuah bukti; tindakannya tetap tercatat."""
    key = SubmissionKey(form, region, period)
    gone = services.remove_evidence(request.actor, key=key, piece=piece, reason=reason, now=now())
    if gone is not None:
        if gone.code == "EVIDENCE_GONE":
            raise missing("Bukti", str(piece))
        raise refused_of((gone,))
    held = queries.evidence_of(request.actor, key)
    if isinstance(held, Finding):
        raise refused(held)
    return _piece(next(one for one in held if one.id == piece))


def kept_out(request: Asking, key: SubmissionKey, kept: Kept) -> dict[str, object]:
    """Tell what became of a file; raises what forbids it."""
    if kept.piece is None:
        raise refused_of(kept.findings)
    held = queries.evidence_of(request.actor, key)
    piece = kept.piece if isinstance(held, Finding) else next(one for one in held if one.id == kept.piece.id)
    return {**_piece(piece), "findings": [one.flat() for one in kept.findings], "repeated": kept.is_repeated}


def refused_of(findings: tuple[Finding, ...]) -> Problem:
    """Say what forbids it: 409 where it would have been good at another moment, 503 without a store."""
    if any(one.code == "EVIDENCE_STORE" for one in findings):
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, *findings)
    is_late = any(one.code in (*LATE, "CELL_LOCKED", "UPLOAD_UNFINISHED") for one in findings)
    return Problem(HTTPStatus.CONFLICT, *findings) if is_late else refused(*findings)


def _piece(one: Piece) -> dict[str, object]:
    cell = cell_of(one.cell)
    done, removed, redacted = one.kept, one.removed, one.redacted
    return {
        "id": one.id,
        "row": cell.row if cell else "",
        "variable": cell.variable if cell else "",
        "breakdown": cell.breakdown if cell else "",
        "name": one.name,
        "kind": one.kind.value,
        "size": one.size,
        "sha256": one.digest,
        "original": one.original,
        "caption": one.caption,
        "pages": one.pages,
        "taken_at": one.taken_at,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "by": done.actor_name if done else "",
        "function": done.actor_function if done else "",
        "kept_at": done.at if done else None,
        "removed_at": removed.at if removed else None,
        "removed_reason": removed.reason if removed else "",
        "redacted_at": redacted.at if redacted else None,
        "redacted_reason": redacted.reason if redacted else "",
    }
