"""Minutes as PDF (PDF/A-2a, PDF/UA-1): who verified what, the hashes, a QR code to the public check page.

The same minutes give the same bytes (`ui.paper`).
"""

from importlib.resources import files
from typing import Any

from sidara.collection.core import EXAMPLES
from sidara.kernel.number import format_date, format_number
from sidara.kernel.period import format_period
from sidara.kernel.period import parse as parse_period
from sidara.ui import paper
from sidara.verification.core.minutes import Minutes
from sidara.verification.core.receipts import moment

SOURCE = files("sidara.verification.formats").joinpath("minutes.typ")
WORDS = {
    "title": "Berita acara pemeriksaan data desa",
    "step": "Diperiksa oleh",
    "area": "Wilayah",
    "at": "Ditutup",
    "by": "Oleh",
    "count": "Isian",
    "root": "Akar malam terakhir",
    "no-root": "belum ada",
    "hash": "Sidik isi berita acara",
    "code": "Kode",
    "village": "Desa",
    "form": "Formulir",
    "period": "Periode",
    "accepted": "Diterima",
    "returned": "Dikembalikan",
    "content": "Revisi dan sidik isi",
    "check": "Periksa keasliannya pada alamat ini, atau pindai kodenya. Berkas yang diubah tidak akan cocok.",
    "sign": "Tanda tangan",
    "page": "Halaman",
    "of": "dari",
}
SIMULATION = "Berisi desa contoh: desa itu dan isiannya rekaan."


def write(minutes: Minutes, address: str) -> bytes:
    """Give minutes as PDF; `address` is that of their public check page, whole with https."""
    return paper.pdf(paper.lays(SOURCE, minutes.made_at), laid_out(minutes, address))


def pictures(minutes: Minutes, address: str, *, ppi: float = 144) -> list[bytes]:
    """Give each page as PNG, as it will be printed."""
    return paper.pictures(paper.lays(SOURCE, minutes.made_at), laid_out(minutes, address), ppi=ppi)


def laid_out(minutes: Minutes, address: str) -> dict[str, Any]:
    """Give what the paper says, in its order."""
    simulated = any(one.dataset == EXAMPLES for one in minutes.entries)
    return {
        "words": WORDS,
        "simulation": SIMULATION if simulated else "",
        "step": minutes.step.words,
        "area": f"{minutes.area_name} ({minutes.area})",
        "at": moment(minutes.made_at),
        "by": ", ".join(filter(None, (minutes.actor_name, minutes.actor_function))),
        "count": format_number(len(minutes.entries)),
        "root": f"{format_date(minutes.root_day)}: {minutes.root_hash}" if minutes.root_day else "",
        "hash": minutes.content_hash,
        "code": minutes.code,
        "address": address,
        "qr": paper.qr(address),
        "entries": [
            {
                "village": one.region_name,
                "region": one.region,
                "form": one.form_name,
                "period": _period(one.period),
                "accepted": format_number(one.accepted),
                "returned": format_number(one.returned),
                "revision": str(one.revision),
                "content": one.content_hash,
            }
            for one in minutes.entries
        ],
    }


def _period(text: str) -> str:
    found = parse_period(text)
    return text if found is None else format_period(found)
