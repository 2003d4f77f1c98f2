"""The dictionary's first content holds everything that the reference holds, field by field."""

from decimal import Decimal
from importlib import resources

import pytest

from sidara.dictionary import queries
from sidara.dictionary.core import Thing, built, lint, size
from sidara.dictionary.formats import classes_file, content_file
from sidara.dictionary.formats.schemas import SCHEMAS, made
from sidara.kernel import content
from sidara.kernel.actor import PUBLIC
from tests.expressions.dictionary import Dictionary as Reference

COMMON = {
    "code": "kode", "name": "nama", "definition": "definisi", "question": "pertanyaan", "reason": "alasan",
    "example": "contoh", "evidence": "bukti", "unit": "satuan", "type": "tipe", "decimals": "desimal",
    "is_required": "wajib", "confidentiality": "kerahasiaan", "filled_by": "cara_isi", "formula": "turunan",
    "relevance": "relevan", "note": "catatan", "confidence": "confidence",
    "text_confidence": "confidence_teks",
}  # fmt: skip
OWN = {
    "form": "formulir", "concept": "konsep", "measure": "ukuran", "nature": "jenis",
    "accumulation": "akumulasi", "time_aggregation": "agregasi_waktu", "reference_date": "tanggal_acuan",
    "aggregation": "agregasi", "agency": "opd_pemilik", "applies_to": "berlaku_untuk", "field": "bidang",
    "classifications": "klasifikasi", "parts": "jumlah_rincian", "rows_by": "rincian_dari",
    "presentation": "penyajian", "sources": "sumber", "sector": "sektor",
}  # fmt: skip
ELSEWHERE = {"validasi", "opsi", "rentang", "pemilahan_dari", "klasifikasi_opsi", "frekuensi"}
"""Keys that are compared in a shape of their own."""
OURS = {"SOS_005": ("rows_by", "LBG_001")}
"""What ours says and the reference says in a note only."""


@pytest.fixture(scope="module")
def reference(shared):
    return Reference(shared / "reference")


@pytest.fixture(scope="module")
def ours():
    return built(content_file.read(content_file.packaged()).things, classes_file.load())


def plain(value):
    match value:
        case None | "" | ():
            return None
        case tuple():
            return list(value)
        case bool() | int() | Decimal():
            return value
        case _:
            return str(value)


def compare(item, theirs, names):
    for field, word in names.items():
        wanted = theirs.get(word)
        if OURS.get(theirs["kode"], ("",))[0] == field:
            assert plain(getattr(item, field)) == OURS[theirs["kode"]][1]
            continue
        assert plain(getattr(item, field)) == (wanted if wanted not in ("", []) else None), (item.code, field)


def options(theirs):
    """Options with all that they say; `kode_podes: 1` is the code 1 in the scheme `podes`."""
    return [
        (one["kode"], one["label"], {
            key.removeprefix("kode_"): str(code) for key, code in one.items() if key not in {"kode", "label"}
        })
        for one in theirs
    ]  # fmt: skip


def said(made):
    return [(one.code, one.label, {other.scheme: other.code for other in one.other_codes}) for one in made]


def rules(theirs):
    return [
        (r["kode"], r["tingkat"], r.get("bila", ""), r.get("untuk_tiap", ""), r["aturan"], r["pesan"])
        for r in theirs.get("validasi", ())
    ]


def same_details(ours, item, theirs):
    assert said(ours.options_of(item)) == options(theirs.get("opsi", ()))
    assert item.options_from == theirs.get("klasifikasi_opsi", "")
    limits = {
        "min": item.range.minimum, "maks": item.range.maximum, "lebih_dari": item.range.above
    } if item.range else {}  # fmt: skip
    assert {key: value for key, value in limits.items() if value is not None} == theirs.get("rentang", {})
    written = [(r.code, str(r.severity), r.when, r.for_each, r.holds, r.message) for r in item.rules]
    assert written == rules(theirs)


def test_every_element_is_there_field_by_field(ours, reference):
    theirs = {one["kode"]: one for one in reference.document["elemen"]}
    assert list(ours.variables) == list(theirs)
    assert len(theirs) == 323
    for code, one in theirs.items():
        item = ours.variables[code]
        compare(item, one, COMMON | OWN)
        same_details(ours, item, one)
        assert str(ours.frequency(code)) == one["frekuensi"]
        part = one.get("pemilahan_dari")
        assert (item.part_of is None) == (part is None)
        if part:
            assert (item.part_of.by, item.part_of.variable) == (part["pemilahan"], part.get("elemen", ""))
        assert set(one) <= {*COMMON.values(), *OWN.values(), *ELSEWHERE}


def test_every_list_and_column_is_there(ours, reference):
    names = {
        "code": "kode", "name": "nama", "form": "formulir", "register": "register",
        "applies_to": "berlaku_untuk", "rows": "baris", "is_required": "wajib", "hint": "petunjuk",
        "label": "label_baris", "confidence": "confidence",
    }  # fmt: skip
    theirs = reference.document["daftar"]
    assert sorted(ours.lists) == sorted(one["kode"] for one in theirs)
    count = 0
    for one in theirs:
        made = ours.lists[one["kode"]]
        compare(made, one, names)
        assert set(one) == {*names.values(), "kolom"}
        for column, given in zip(made.columns, one["kolom"], strict=True):
            compare(column, given, COMMON)
            same_details(ours, column, given)
            assert set(given) <= {*COMMON.values(), *ELSEWHERE}
            count += 1
    assert (len(theirs), count) == (5, 65)


def test_forms_have_the_sizes_of_the_reference(ours, reference):
    theirs = reference.document["formulir"]
    assert sorted(ours.forms) == sorted(one["kode"] for one in theirs)
    assert len(theirs) == 33
    for one in theirs:
        form, measured = ours.forms[one["kode"]], size(ours, one["kode"])
        assert (form.name, form.sector, str(form.frequency)) == (one["nama"], one["sektor"], one["frekuensi"])
        assert (measured.variables, measured.cells) == (one["elemen"], one["sel"])
        assert measured.asked_cells == one["sel_diisi"]
        assert [rows.code for rows in ours.lists_of(one["kode"])] == sorted(one.get("daftar", ()))


def test_sectors_agencies_classifications_parameters_and_tables(ours, reference):
    doc = reference.document
    for kind, word in ((Thing.SECTOR, "sektor"), (Thing.AGENCY, "opd")):
        assert [(one.code, one.name) for one in ours.of(kind).values()] == [
            (one["kode"], one["nama"]) for one in doc[word]
        ]
    assert len(ours.sectors) == 9
    for one in doc["daftar_klasifikasi"]:
        made = ours.classifications[one["kode"]]
        assert (made.name, made.has_total, str(made.confidence), made.source) == (
            one["nama"], one["total"], one["confidence"], one.get("sumber", ""),
        )  # fmt: skip
        assert said(made.categories) == options(one["kategori"])
    assert len(ours.classifications) == len(doc["daftar_klasifikasi"])
    for year in doc["parameter_tahunan"]:
        for name in set(year) - {"tahun", "confidence", "catatan"}:
            value = ours.parameters[name].value(year["tahun"])
            assert value == (None if year[name] is None else Decimal(str(year[name])))
            (figure,) = (one for one in ours.parameters[name].figures if one.year == year["tahun"])
            assert str(figure.confidence) == year["confidence"]
            assert figure.note == (year.get("catatan", "") if value is None else "")
    for one in doc["tabel_rujukan"]:
        made = ours.tables[one["kode"]]
        assert (made.name, list(made.columns), made.unit, made.source, str(made.confidence)) == (
            one["nama"], one["kolom"], one["satuan"], one["sumber"], one["confidence"],
        )  # fmt: skip


def test_every_input_of_both_indices_is_fed(ours, reference):
    words = {"input": "masukan", "items": "butir", "relation": "hubungan", "variables": "elemen",
             "new_variables": "elemen_baru", "expression": "ungkapan", "note": "catatan"}  # fmt: skip
    for index, code, count in (("IDM", "idm", 60), ("ID", "indeks-desa", 178)):
        feed = ours.feeds[code]
        assert len(feed.inputs) == count
        for given, theirs in zip(feed.inputs, reference.links[index], strict=True):
            for field, word in words.items():
                assert plain(getattr(given, field)) == (theirs.get(word) or None), (code, given.input)
            assert set(theirs) <= set(words.values())


LEAVES = {
    *("sektor[].kode", "sektor[].nama", "opd[].kode", "opd[].nama"),
    *(f"elemen[].{word}" for word in {*COMMON.values(), *OWN.values()} - {"klasifikasi", "sumber"}),
    *("elemen[].klasifikasi[]", "elemen[].sumber[]", "elemen[].frekuensi"),
    *("elemen[].pemilahan_dari.pemilahan", "elemen[].pemilahan_dari.elemen"),
    *(f"daftar[].{word}" for word in ("kode", "nama", "formulir", "register", "berlaku_untuk", "baris")),
    *("daftar[].wajib", "daftar[].petunjuk", "daftar[].label_baris", "daftar[].confidence"),
    *(f"daftar[].kolom[].{word}" for word in {*COMMON.values(), "klasifikasi_opsi"}),
    *(
        f"{home}[].{word}"
        for home in ("elemen", "daftar[].kolom")
        for word in (
            *("rentang.min", "rentang.maks", "rentang.lebih_dari"),
            *(f"validasi[].{word}" for word in ("kode", "tingkat", "bila", "untuk_tiap", "aturan", "pesan")),
            *(f"opsi[].{word}" for word in ("kode", "label", "kode_podes", "kode_lama")),
        )
    ),
    *(f"formulir[].{word}" for word in ("kode", "nama", "sektor", "frekuensi", "elemen", "sel", "sel_diisi")),
    "formulir[].daftar[]",
    *(f"daftar_klasifikasi[].{word}" for word in ("kode", "nama", "confidence", "sumber", "total")),
    *("daftar_klasifikasi[].kategori[].kode", "daftar_klasifikasi[].kategori[].label"),
    *(f"tabel_rujukan[].{word}" for word in ("kode", "nama", "satuan", "sumber", "confidence", "kolom[]")),
    *(f"parameter_tahunan[].{word}" for word in (
        *("tahun", "min_ketahanan_pangan", "maks_blt", "maks_operasional", "blt_bulanan"),
        *("confidence", "catatan"),
    )),
}  # fmt: skip
"""The paths of the leaves that the tests above compare."""


def leaves(value, path=""):
    match value:
        case dict():
            return {
                leaf for key, one in value.items() for leaf in leaves(one, f"{path}.{key}" if path else key)
            }
        case list():
            return {leaf for one in value for leaf in leaves(one, f"{path}[]")}
        case _:
            return {path}


def test_no_leaf_of_the_reference_is_left_out_unseen(reference):
    compared = {
        *("sektor", "opd", "elemen", "daftar", "formulir", "daftar_klasifikasi", "tabel_rujukan"),
        "parameter_tahunan",
    }
    about = {"meta", "aturan_umum", "metode_agregasi", "jenis", "referensi"}
    assert set(reference.document) == compared | about
    found = {leaf for key in compared for leaf in leaves(reference.document[key], key)}
    assert found - LEAVES == set()


def test_notes_and_meanings_are_kept(reference):
    meta, notes = reference.document["meta"], content_file.notes()
    assert notes["notes"] == meta["catatan"]
    assert notes["confidence_meaning"] == meta["arti_confidence"]
    assert notes["general_rules"] == reference.document["aturan_umum"]
    assert (notes["rule_words"], notes["field_words"]) == (meta["notasi_validasi"], meta["kolom_elemen"])


def test_the_vocabulary_is_that_of_the_reference(ours, reference):
    assert ours.vocabulary == reference.vocabulary


def test_metadata_asks_what_the_reference_asks(shared):
    theirs = content.parse((shared / "reference" / "metadata_statistik.yaml").read_bytes())
    asked = content_file.metadata()
    for kind, word in (("variable", "ms_var"), ("indicator", "ms_ind")):
        assert [(f["code"], f["key"], f["name"], f["is_required"]) for f in asked[kind]] == [
            (str(f["kode"]), f["kunci"], f["nama"], f["wajib"]) for f in theirs[word]["field"]
        ]
    blocks = [(b["code"], [f["key"] for f in b["fields"]]) for b in asked["activity"]]
    assert blocks == [(str(b["blok"]), [f["kunci"] for f in b["field"]]) for b in theirs["ms_keg"]["blok"]]


def test_what_is_shipped_is_sound_and_its_schemas_are_of_today(ours):
    read = content_file.read(content_file.packaged())
    assert read.findings == ()
    assert lint(ours, read.places) == ()
    for name in SCHEMAS:
        held = resources.files("sidara.dictionary").joinpath("content", name).read_text(encoding="utf-8")
        assert held == made(name), f"{name}: write it again from formats.schemas.made"


@pytest.mark.django_db
def test_before_any_load_the_shipped_dictionary_is_in_force():
    made = queries.dictionary(PUBLIC)
    assert (made.revision, len(made.variables)) == (0, 323)
    assert {one.version for one in queries.forms(PUBLIC)} == {1}
