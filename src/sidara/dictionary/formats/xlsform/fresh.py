"""What a question of a foreign form becomes: a variable that is `inferred`, with sober defaults."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.words import Type

UNWRITTEN = "Belum ditulis pemiliknya."
"""The text of what a form does not say; it waits for the owner."""
_UNITS = {Type.YES_NO: "ya/tidak", Type.CHOICE: "kategori", Type.CHOICES: "kategori", Type.DATE: "tanggal",
          Type.TEXT: "teks", Type.FILE: "berkas", Type.MONEY: "Rp", Type.PERCENT: "persen"}  # fmt: skip
_MEASURES = {Type.YES_NO: "keberadaan", Type.CHOICE: "klasifikasi", Type.CHOICES: "klasifikasi",
             Type.DATE: "waktu", Type.MONEY: "nilai"}  # fmt: skip
_AGGREGATIONS = {Type.YES_NO: "hitung_ya", Type.CHOICE: "hitung_kategori", Type.CHOICES: "hitung_kategori",
                 Type.WHOLE: "jumlah", Type.MONEY: "jumlah", Type.DECIMAL: "rata_rata"}  # fmt: skip
_NUMBERS = {Type.WHOLE: 0, Type.MONEY: 0, Type.DECIMAL: 2, Type.PERCENT: 2}


def column(code: str, kind: Type, label: str, hint: str) -> dict[str, Any]:
    """Give what a question of a list becomes, as plain values."""
    made: dict[str, Any] = {
        "code": code,
        "name": label[:80],
        "definition": hint or label,
        "question": label,
        "reason": UNWRITTEN,
        "example": UNWRITTEN,
        "evidence": UNWRITTEN,
        "unit": _UNITS.get(kind, "unit"),
        "type": str(kind),
        "is_required": False,
        "confidentiality": "terbuka",
        "filled_by": "isi",
        "confidence": "inferred",
        "text_confidence": "inferred",
    }
    if kind in _NUMBERS:
        made["decimals"] = _NUMBERS[kind]
    return made


def variable(  # noqa: PLR0913, PLR0917 - what the form says, and where it stands
    dictionary: Dictionary, code: str, form: str, kind: Type, label: str, hint: str, concept: str, source: str
) -> dict[str, Any]:
    """Give what a question becomes, as plain values; owner and field as most of its sector have them."""
    alike = [one for one in dictionary.variables.values() if one.sector == code.partition("_")[0]]
    return column(code, kind, label, hint) | {
        "form": form,
        "concept": concept,
        "measure": _MEASURES.get(kind, "jumlah"),
        "nature": "status" if kind not in _NUMBERS else "stok",
        "accumulation": "tidak",
        "time_aggregation": "terakhir",
        "reference_date": "akhir_periode",
        "aggregation": _AGGREGATIONS.get(kind, "tidak"),
        "agency": _most((one.agency for one in alike), next(iter(dictionary.agencies), "")),
        "applies_to": "desa",
        "field": _most((str(one.field) for one in alike), "tata_kelola"),
        "sources": [source],
    }


def _most(values: Iterable[str], otherwise: str) -> str:
    counts = Counter(values)
    return counts.most_common(1)[0][0] if counts else otherwise
