"""The reference dictionary as a rule book; read from the folder `../shared`."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sidara.checks.core import Item, Rule, RuleBook, Type, derived
from sidara.checks.formats import kinds_file
from sidara.dictionary.formats import classes_file
from sidara.expressions import Time
from sidara.kernel import content
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency

FREQUENCIES = {
    "tahunan": Frequency.YEAR, "saat_berubah": Frequency.YEAR, "semesteran": Frequency.SEMESTER,
    "triwulanan": Frequency.QUARTER, "bulanan": Frequency.MONTH,
}  # fmt: skip
SEVERITIES = {"galat": Severity.ERROR, "peringatan": Severity.WARNING, "info": Severity.INFO}


@cache
def book(reference: Path, *, with_derived: bool = True) -> RuleBook:
    document = content.parse((reference / "data_elements.yaml").read_bytes())
    forms = {form["kode"]: form for form in document["formulir"]}
    sectors = {one["kode"]: one["nama"] for one in document["sektor"]}
    items, rules = {}, []
    for element in document["elemen"]:
        items[element["kode"]] = item(element, forms, sectors)
        rules += [rule(one, items[element["kode"]]) for one in element.get("validasi", ())]
    for one in document["daftar"]:
        for column in one["kolom"]:
            made = item({**column, "formulir": one["formulir"]}, forms, sectors, own_list=one["kode"])
            items[made.code] = made
            rules += [rule(each, made) for each in column.get("validasi", ())]
    years = {
        one["tahun"]: {
            name: None if figure is None else Decimal(str(figure))
            for name, figure in one.items()
            if name not in {"tahun", "confidence", "catatan"}
        }
        for one in document["parameter_tahunan"]
    }
    own = RuleBook(
        items,
        rules,
        {k["kode"]: {c["kode"]: c["label"] for c in k["kategori"]} for k in document["daftar_klasifikasi"]},
        {k["kode"]: k["nama"] for k in document["daftar_klasifikasi"]},
        {code: form["nama"] for code, form in forms.items()},
        {one["kode"]: (one["nama"].lower(), one["label_baris"]) for one in document["daftar"]},
        years,
        frozenset(table["kode"] for table in document["tabel_rujukan"]),
        classes_file.load(),
    )
    if with_derived:
        own = own.with_rules(derived(own, kinds_file.load()))
    return own


def item(given: dict[str, Any], forms: dict[str, Any], sectors: dict[str, str], own_list: str = "") -> Item:
    form = forms[given["formulir"]]
    limits = {name: Decimal(str(value)) for name, value in given.get("rentang", {}).items()}
    kind = Type(given["tipe"])
    return Item(
        given["kode"],
        given["nama"],
        kind,
        given["formulir"],
        sectors[form["sektor"]],
        given.get("satuan", ""),
        given.get("desimal", 2 if kind in {Type.DECIMAL, Type.PERCENT} else 0),
        FREQUENCIES[given.get("frekuensi", form["frekuensi"])],
        time(given),
        given.get("agregasi") == "jumlah" or ("agregasi" not in given and kind in {Type.INTEGER, Type.MONEY}),
        {option["kode"]: option["label"] for option in given.get("opsi", ())},
        tuple(given.get("klasifikasi", ())),
        given.get("jumlah_rincian") == "sama_dengan_total",
        limits.get("min"),
        limits.get("maks"),
        limits.get("lebih_dari"),
        given.get("pemilahan_dari", {}).get("elemen", ""),
        given.get("relevan", ""),
        given.get("wajib", False),
        "turunan" in given,
        own_list,
    )


def rule(given: dict[str, Any], home: Item) -> Rule:
    message, _, remedy = given["pesan"].rpartition("; ")
    return Rule(
        given["kode"],
        SEVERITIES[given["tingkat"]],
        given["aturan"],
        f"{message}." if message else given["pesan"],
        home.code,
        remedy[:1].upper() + remedy[1:] if message else "",
        given.get("bila", ""),
        home.form,
        home.frequency,
        given.get("untuk_tiap", ""),
        own_list=home.own_list,
    )


def time(given: dict[str, Any]) -> Time:
    if given.get("agregasi_waktu") == "tidak":
        return Time.NONE
    if given.get("jenis") != "arus":
        return Time.STOCK
    return Time.YEAR_TO_DATE if given["akumulasi"] == "tahun_berjalan" else Time.FLOW
