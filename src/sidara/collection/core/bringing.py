"""Who may store cells, himself or in the name of another one; files that are handed in by mistake."""

from sidara.collection.core.rights import BRING, FILL
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.finding import Finding, Place


def may_bring(actor: Actor, *, filler: str, **place: str) -> bool:
    """Say whether cells of a place may be stored: by who fills in there, or brings it in and names him."""
    return actor.may(FILL, **place) or (bool(filler) and actor.may(BRING, **place))


def require_bringing(actor: Actor) -> None:
    """Refuse (`NotAllowed`) who may neither fill in nor bring in anywhere."""
    if not (actor.may_somewhere(FILL) or actor.may_somewhere(BRING)):
        raise NotAllowed(actor, FILL)


def filler_missing() -> Finding:
    """Ask who filled in what another one brings."""
    return Finding("FILLER_MISSING", "Yang mengisi belum disebut.", "Tulis nama dan jabatan yang mengisi.")


SIGN = 64
"""Bytes by which a file is known that holds a form and no cells."""


def form_itself(beginning: bytes) -> Finding | None:
    """Say of a form that was given out (HTML, paper) what is handed in of it; `None` of any other file."""
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Finding(
            "FILE_IS_FORM",
            "Ini berkas HTML: formulirnya, bukan hasilnya.",
            "Buka formulir itu, tekan Simpan berkas hasil, lalu kirim berkas .txt yang tersimpan.",
        )
    if start.startswith(b"%pdf-"):
        return Finding(
            "FILE_IS_FORM",
            "Ini berkas PDF; isinya tidak dapat dibaca.",
            "Ketik isinya lewat Ketik dari kertas, atau kirim buku kerja Excel (.xlsx), CSV, atau berkas "
            "hasil formulir HTML (.txt).",
        )
    return None


def kind_unknown(name: str, suffix: str) -> Finding:
    """Say which files of cells are taken."""
    return Finding(
        "FORMAT_UNKNOWN",
        f"Jenis berkas tidak dikenal ({suffix or 'tanpa akhiran'}).",
        "Pakailah XLSX, CSV, Parquet, JSON, atau berkas hasil formulir HTML (.txt); untuk yang lain sebutkan "
        "--format.",
        place=Place(file=name),
        value=suffix,
    )
