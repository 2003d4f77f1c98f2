"""The reference dictionary as a vocabulary, and its rules; read from the folder `../shared`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sidara.dictionary.formats import classes_file
from sidara.expressions import Kind, Time, Variable, Vocabulary
from sidara.kernel import content
from sidara.kernel.period import Frequency

KINDS = {
    "bulat": Kind.NUMBER, "desimal": Kind.NUMBER, "uang": Kind.NUMBER, "persen": Kind.NUMBER,
    "ya_tidak": Kind.BOOLEAN, "tanggal": Kind.DATE,
}  # fmt: skip
FREQUENCIES = {
    "tahunan": Frequency.YEAR, "saat_berubah": Frequency.YEAR, "semesteran": Frequency.SEMESTER,
    "triwulanan": Frequency.QUARTER, "bulanan": Frequency.MONTH,
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One expression of the dictionary: where it stands and in the rows of which list."""

    place: str
    text: str
    own_list: str | None = None
    frequency: Frequency = Frequency.YEAR


@dataclass(frozen=True)
class Rule:
    code: str
    holds: str
    when: str | None
    category: tuple[str, ...]
    own_list: str | None
    frequency: Frequency


class Dictionary:
    def __init__(self, reference: Path) -> None:
        self.document = content.parse((reference / "data_elements.yaml").read_bytes())
        self.links = content.parse((reference / "peta_indeks.yaml").read_bytes())

    @property
    def vocabulary(self) -> Vocabulary:
        doc = self.document
        years = doc["parameter_tahunan"]
        return Vocabulary(
            {element["kode"]: variable(element) for element in doc["elemen"]},
            {one["kode"]: {c["kode"]: variable(c) for c in one["kolom"]} for one in doc["daftar"]},
            {k["kode"]: tuple(c["kode"] for c in k["kategori"]) for k in doc["daftar_klasifikasi"]},
            frozenset(key for year in years for key in year) - {"tahun", "confidence", "catatan"},
            frozenset(table["kode"] for table in doc["tabel_rujukan"]),
            classes_file.load(),
        )

    def expressions(self) -> Iterator[Written]:
        for item, own_list, frequency in self._items():
            for rule in item.get("validasi", ()):
                texts = [rule[key] for key in ("bila", "aturan") if key in rule]
                for text in texts + re.findall(r"\{([^}]*)\}", rule["pesan"]):
                    yield Written(rule["kode"], text, own_list, frequency)
            for text in [item[key] for key in ("relevan", "turunan") if key in item]:
                yield Written(item["kode"], text, own_list, frequency)
        for index in ("IDM", "ID"):
            for link in self.links[index]:
                if "ungkapan" in link:
                    yield Written(f"{index} {link['masukan']}", link["ungkapan"])

    def rules(self) -> list[Rule]:
        made = []
        for item, own_list, frequency in self._items():
            for rule in item.get("validasi", ()):
                category = (
                    tuple(rule["untuk_tiap"].split()) if isinstance(rule.get("untuk_tiap"), str) else ()
                )
                if "aturan" in rule:
                    made.append(
                        Rule(rule["kode"], rule["aturan"], rule.get("bila"), category, own_list, frequency)
                    )
        return made

    def _items(self) -> Iterator[tuple[dict[str, Any], str | None, Frequency]]:
        frequencies = {form["kode"]: form["frekuensi"] for form in self.document["formulir"]}
        for element in self.document["elemen"]:
            yield element, None, FREQUENCIES[element["frekuensi"]]
        for one in self.document["daftar"]:
            for column in one["kolom"]:
                yield column, one["kode"], FREQUENCIES[frequencies[one["formulir"]]]


def variable(item: dict[str, Any]) -> Variable:
    return Variable(
        KINDS.get(item["tipe"], Kind.TEXT),
        item.get("agregasi") == "jumlah" or ("agregasi" not in item and item["tipe"] in {"bulat", "uang"}),
        FREQUENCIES.get(item.get("frekuensi", "")),
        time(item),
        tuple(item.get("klasifikasi", ())),
        frozenset(option["kode"] for option in item["opsi"]) if item.get("opsi") else None,
    )


def time(item: dict[str, Any]) -> Time:
    if item.get("agregasi_waktu") == "tidak":
        return Time.NONE
    if item.get("jenis") != "arus":
        return Time.STOCK
    return Time.YEAR_TO_DATE if item["akumulasi"] == "tahun_berjalan" else Time.FLOW
