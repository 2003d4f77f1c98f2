"""A receipt as PDF to give back: what was handed over, when, by whom, a QR code to its check page."""

from importlib.resources import files
from typing import Any

from sidara.collection.core import EXAMPLES
from sidara.kernel.period import format_period
from sidara.kernel.period import parse as parse_period
from sidara.ui import paper
from sidara.verification.core.receipts import DOORS, Receipt, moment

SOURCE = files("sidara.verification.formats").joinpath("receipt.typ")
WORDS = {
    "title": "Tanda terima data desa",
    "number": "Nomor",
    "region": "Desa",
    "district": "Diterima di",
    "handed": "Diserahkan",
    "by": "Oleh",
    "door": "Berupa",
    "file": "Sidik berkas (SHA-256)",
    "forms": "Formulir",
    "taken": "Diterima oleh",
    "made": "Dicatat",
    "code": "Kode",
    "day": "Hari penyerahan ini yang menentukan ketepatan waktu desa, walaupun isiannya dikirim kemudian.",
    "check": "Periksa pada alamat ini, atau pindai kodenya.",
    "giver": "Yang menyerahkan",
    "taker": "Yang menerima",
}
SIMULATION = "Desa contoh: desa itu dan isiannya rekaan."


def address_of(site: str, code: str) -> str:
    """Give the address of the check page; `site` is that of SIDARA (`https://…`)."""
    return f"{site.rstrip('/')}/tanda-terima/{code}"


def write(receipt: Receipt, address: str) -> bytes:
    """Give a receipt as PDF; the same receipt gives the same bytes."""
    return paper.pdf(paper.lays(SOURCE, receipt.made_at), laid_out(receipt, address))


def pictures(receipt: Receipt, address: str, *, ppi: float = 144) -> list[bytes]:
    """Give it as PNG, as it will be printed."""
    return paper.pictures(paper.lays(SOURCE, receipt.made_at), laid_out(receipt, address), ppi=ppi)


def laid_out(receipt: Receipt, address: str) -> dict[str, Any]:
    """Give what the paper says, in its order."""
    one = receipt.brought
    return {
        "words": WORDS,
        "simulation": SIMULATION if receipt.dataset == EXAMPLES else "",
        "number": f"{receipt.number}/{receipt.district}/{receipt.made_at.year}",
        "region": f"{receipt.region_name} ({receipt.region})",
        "district": receipt.district_name,
        "handed": moment(one.handed_at),
        "by": one.brought_by,
        "door": ", ".join(filter(None, (DOORS[one.door], one.file_name))),
        "file": one.file_hash,
        "taken": ", ".join(filter(None, (receipt.actor_name, receipt.actor_function))),
        "made": moment(receipt.made_at),
        "code": receipt.code,
        "address": address,
        "qr": paper.qr(address),
        "forms": [{"name": form.name, "period": _period(form.period)} for form in receipt.forms],
    }


def _period(text: str) -> str:
    found = parse_period(text)
    return text if found is None else format_period(found)
