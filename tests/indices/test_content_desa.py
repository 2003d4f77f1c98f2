"""The definition of Indeks Desa holds everything that the reference holds, to the letter.

What ours says beyond it (the sets of scores of what is not public) stands in rules with `scores`, in
answers under `absent`, and in inputs with `awaits`; none of them replaces a rule of the reference.
"""

import re
from fractions import Fraction
from importlib import resources

import pytest
import yaml

CONFIDENCE = {"nama": "name", "variabel": "inputs", "pelaksana": "actors"}
ACTORS = {"pusat": "pusat", "provinsi": "prov", "kabupaten": "kab", "desa": "desa", "lainnya": "lainnya"}
MATRIX = "kelas_akses: matriks sebagian"
NOTHING = "kelas_akses: belum ditemukan"


@pytest.fixture(scope="module")
def reference(shared):
    return yaml.safe_load((shared / "reference" / "indeks_desa_2025.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def map_of_inputs(shared):
    found = yaml.safe_load((shared / "reference" / "peta_indeks.yaml").read_text(encoding="utf-8"))
    return {one["masukan"]: one for one in found["ID"]}


@pytest.fixture(scope="module")
def content():
    folder = resources.files("sidara.indices") / "content"
    return yaml.safe_load((folder / "indeks_desa.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def version(content):
    return content["versions"][0]


@pytest.fixture(scope="module")
def pairs(reference, version):
    """Our items beside the reference's, with where the reference puts them."""
    theirs = [
        (dimension, sub, indicator, item)
        for dimension in reference["dimensi"]
        for sub in dimension["subdimensi"]
        for indicator in sub["indikator"]
        for item in indicator["butir"]
    ]
    return list(zip(version["items"], theirs, strict=True))


def test_every_item_says_what_the_reference_says(pairs):
    assert len(pairs) == 127
    for item, (dimension, sub, indicator, theirs) in pairs:
        names = {
            "code": "kode",
            "number": "nomor",
            "questionnaire_code": "kode_kuesioner",
            "kind": "tipe",
            "name": "nama",
            "question": "kuesioner",
            "note": "catatan",
        }
        assert {key: item.get(key) for key in names} == {key: theirs.get(word) for key, word in names.items()}
        assert (item["level"], item["dimension"]) == (dimension["kode"], dimension["nama"])
        assert (item["subdimension"], item["indicator"]) == (sub["nama"], indicator["nama"])
        assert item["actors"] == {ACTORS[key]: who for key, who in theirs["pelaksana"].items()}
        assert item["confidence"] == {CONFIDENCE[key]: word for key, word in theirs["confidence"].items()}
        asked = item.get("question_2026", {})
        given = theirs.get("pertanyaan_2026", {})
        assert (asked.get("number"), asked.get("computed_from")) == (
            given.get("nomor"),
            given.get("dihitung_dari"),
        )
        assert set(theirs) <= {
            *names.values(),
            *("pelaksana", "confidence", "pertanyaan_2026", "aturan", "variabel"),
        }


def test_every_rule_says_what_the_reference_says(pairs):
    for item, (*_, theirs) in pairs:
        ours = [rule for rule in item["rules"] if "scores" not in rule and rule.get("source") != MATRIX]
        assert item["rules"][: len(ours)] == ours
        for mine, rule in zip(ours, theirs["aturan"], strict=True):
            assert {key: mine.get(key) for key in ("score", "label", "activity", "confidence")} == {
                "score": rule["skor"],
                "label": rule["arti"],
                "activity": rule.get("kegiatan"),
                "confidence": rule["confidence"],
            }
            assert condition(mine) == rule["bila"]


def condition(rule: dict) -> str:
    """Our condition in the reference's notation."""
    return re.sub(r"(?<![<>])=", "==", rule["when"].replace("'", '"'))


def test_every_input_says_what_the_reference_says(pairs, map_of_inputs):
    seen = []
    for item, (*_, theirs) in pairs:
        inputs = {one["name"]: one for one in item["inputs"]}
        derived = {one["name"]: one for one in item.get("derived", [])}
        assert [*inputs, *derived] == list(theirs["variabel"])
        for name, kind in theirs["variabel"].items():
            one = inputs.get(name) or derived[name]
            assert one.get("options", one.get("unit")) == kind
            seen.append(name)
    assert sorted(seen) == sorted(map_of_inputs)
    assert len(seen) == 178


def test_the_percentages_are_those_that_the_reference_names(pairs):
    formulas = {one["name"]: one["expression"] for item, _ in pairs for one in item.get("derived", [])}
    assert formulas == {
        "apm_paud": "anak_3_6_sekolah_paud / anak_3_6 * 100",
        "apm_sd": "anak_7_12_sekolah_sd / anak_7_12 * 100",
        "apm_smp": "anak_13_15_sekolah_smp / anak_13_15 * 100",
        "apm_sma": "anak_16_18_sekolah_sma / anak_16_18 * 100",
        "persen_bpjs": "peserta_bpjs / jumlah_penduduk * 100",
        "persen_rtlh": "rumah_tidak_layak_huni / jumlah_rumah * 100",
    }


def test_structure_thresholds_and_words_are_kept(reference, content, version):
    levels = {one["code"]: one for one in version["levels"] if "parent" in one}
    assert list(levels) == [one["kode"] for one in reference["dimensi"]]
    for one in reference["dimensi"]:
        level = levels[one["kode"]]
        assert (level["name"], level["items"], level["points"]) == (
            one["nama"],
            one["butir"],
            one["poin_maksimum"],
        )
        assert float(level["share_percent"]) == one["bobot_persen"]
        assert float(level["share_percent"]) == reference["rumus"]["bobot_dimensi_persen"][one["kode"]]
        assert round(Fraction(100 * level["points"], 635), 2) == Fraction(level["share_percent"])
    assert [
        (group["level"], group["name"], group["items"], group["points"]) for group in version["groups"]
    ] == [
        (one["kode"], sub["nama"], sub["butir"], sub["poin_maksimum"])
        for one in reference["dimensi"]
        for sub in one["subdimensi"]
    ]
    assert [(one["number"], one["name"]) for group in version["groups"] for one in group["indicators"]] == [
        (indicator["nomor"], indicator["nama"])
        for one in reference["dimensi"]
        for sub in one["subdimensi"]
        for indicator in sub["indikator"]
    ]
    assert [
        (one["status"], one["points"], one.get("minimum"), one["maximum"])
        for one in version["thresholds"]["classes"]
    ] == [
        (one["status"], one["poin"], f"{one['min']:.2f}" if "min" in one else None, f"{one['maks']:.2f}")
        for one in reference["status"]["urutan"]
    ]
    assert content["confidence_meaning"] == reference["confidence_arti"]
    assert content["not_found"] == reference["belum_ditemukan"]
    assert [(one["id"], one["description"]) for one in content["sources"]] == [
        (one["id"], one["uraian"]) for one in reference["sumber"]
    ]
    recap = reference["rekap_nasional_2025"]
    assert content["publication"]["recap_2025"] == {
        **{key: value for key, value in recap.items() if key != "sumber"},
        "source": recap["sumber"],
    }


def test_nothing_of_the_rest_is_lost(reference, content):
    here = set(leaves(content))
    for part in ("nama", "dasar_hukum", "tahun_dipakai", "struktur", "rumus", "kelas_akses"):
        value = reference[part]
        if part == "kelas_akses":
            value = {key: one for key, one in value.items() if key != "matriks_sebagian"}
        if part == "rumus":
            value = {key: one for key, one in value.items() if key != "bobot_dimensi_persen"}
        assert [leaf for leaf in leaves(value) if leaf not in here] == []
    known = content["versions"][0]["access_classes"]["known_matrix"]
    assert [(one["score"], one["combinations"], one["complete"]) for one in known] == [
        (one["skor"], [" ".join(parts) for parts in one["kombinasi"]], one["lengkap"])
        for one in reference["kelas_akses"]["matriks_sebagian"]
    ]
    rest = {key: one for key, one in reference["status"].items() if key != "urutan"}
    assert [leaf for leaf in leaves(rest) if leaf not in here] == []


def leaves(value) -> list[str]:
    """Every text and number of a tree without its keys."""
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [str(value)]


def test_what_is_not_public_is_a_set_of_scores(pairs, reference, map_of_inputs):
    """13 access matrices, six of them without any limit; two questions without a class for what is absent."""
    limits = reference["kelas_akses"]["batas"]
    access = [(item, theirs) for item, (*_, theirs) in pairs if theirs["tipe"] == "akses"]
    assert len(access) == 13
    for item, _ in access:
        facility = next(
            one["name"] for one in item["inputs"] if one["name"].startswith("akses_")
        ).removeprefix("akses_")
        official_class = next(one for one in item["inputs"] if one["name"] == f"akses_{facility}")
        assert official_class["optional"] is True
        last = item["rules"][-1]
        assert last["when"] == "true"
        if facility in limits:
            assert (last["scores"], last["source"]) == ([2, 3, 4, 5], MATRIX)
            assert_matrix(item, facility, limits[facility])
        else:
            assert (last["scores"], last["source"]) == ([1, 2, 3, 4, 5], NOTHING)
            assert [one["name"] for one in item["inputs"] if "awaits" in one] == [
                f"jarak_{facility}_km",
                f"waktu_{facility}_menit",
                f"transportasi_{facility}",
            ]
    absent = {one["name"]: one for item, _ in pairs for one in item["inputs"] if "absent" in one}
    assert {name: one["absent"] for name, one in absent.items()} == {
        "penyelesaian_konflik": ["tanpa_konflik"],
        "kepemilikan_jamban": ["tidak_ada"],
    }
    assert {name: one["absent_note"] for name, one in absent.items()} == {
        name: map_of_inputs[name]["catatan"] for name in absent
    }
    depending = {item["code"]: item for item, _ in pairs if "applies_when" in item}
    assert {code: item["absent_note"] for code, item in depending.items()} == {
        one["butir"][0]: one["catatan"]
        for one in map_of_inputs.values()
        if "tidak berlaku" in one.get("catatan", "")
    }
    others = [
        rule["when"]
        for item, (*_, theirs) in pairs
        for rule in item["rules"]
        if "scores" in rule and theirs["tipe"] != "akses"
    ]
    assert others == ["penyelesaian_konflik = 'tanpa_konflik'", "kepemilikan_jamban = 'tidak_ada'"]


def assert_matrix(item: dict, facility: str, limits: dict) -> None:
    """The known cells of the matrix with the limits of the reference: score 1 whole, score 2 in part."""

    def edge(name: str) -> str:
        return re.search(r"[\d.]+", limits[name])[0]

    far = f"jarak_{facility}_km > {edge('D3_km')}"
    slow, slower = (f"waktu_{facility}_menit > {edge(name)}" for name in ("T2_menit", "T3_menit"))
    without = f"transportasi_{facility} = false"
    expected = [(f"{far} and {slower}", 1), (f"{far} and {slow} and {without}", 1)]
    if "D2_km" in limits:
        middle = f"jarak_{facility}_km > {edge('D2_km')} and jarak_{facility}_km <= {edge('D3_km')}"
        expected.append((f"{middle} and {slow} and {without}", 2))
    found = [(rule["when"], rule["score"]) for rule in item["rules"][5:-1]]
    assert found == expected


def test_the_open_points_are_those_of_the_design(desa):
    """13 matrices: up to 65 of 635 points."""
    version = desa.versions[0]
    access = [item for item in version.items if any(one.is_optional for one in item.inputs)]
    assert sum(item.maximum for item in access) == 65
    assert sum(item.maximum for item in version.items) == 635
    assert [sum(item.maximum for item in version.items_below(one.code)) for one in version.sub_indices] == [
        *(170, 85, 160, 90, 50, 80)
    ]
