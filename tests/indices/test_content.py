"""The definition of IDM holds everything that the reference holds, to the letter."""

import re
from importlib import resources

import pytest
import yaml

from sidara.indices.formats import definition_file

CONFIDENCE = {
    "nama_terbit": "name_published",
    "nama": "name",
    "dimensi": "dimension",
    "subdimensi": "subdimension",
    "skor_dan_label": "score_and_label",
    "batas": "limits",
    "kegiatan": "activity",
    "pelaksana": "actors",
}
ACTORS = {
    "pusat": "pusat",
    "provinsi": "prov",
    "kabupaten": "kab",
    "desa": "desa",
    "csr": "csr",
    "lainnya": "lainnya",
}


@pytest.fixture(scope="module")
def reference(shared):
    return yaml.safe_load((shared / "reference" / "idm.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content():
    folder = resources.files("sidara.indices") / "content"
    return yaml.safe_load((folder / "idm.yaml").read_text(encoding="utf-8"))


def leaves(value) -> list[str]:
    """Every text and number of a tree, as text."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in (str(key), *leaves(one))]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [str(value)]


def test_every_item_says_what_the_reference_says(reference, content):
    ours = {item["code"]: item for item in content["versions"][0]["items"]}
    assert list(ours) == [item["kode"] for item in reference["indikator"]]
    for theirs in reference["indikator"]:
        item = ours[theirs["kode"]]
        pairs = {
            "number": "nomor",
            "published_row": "row_cell",
            "level": "indeks",
            "name_published": "nama_terbit",
            "name": "nama",
            "dimension": "dimensi",
            "subdimension": "subdimensi",
            "question": "pertanyaan",
            "gain_per_point": "nilai_tambah_per_poin",
            "note": "catatan",
        }
        assert {key: item.get(key) for key in pairs} == {key: theirs.get(word) for key, word in pairs.items()}
        assert item["actors"] == {ACTORS[key]: who for key, who in theirs["pelaksana"].items()}
        assert item["observed"] == {str(score): count for score, count in theirs["jumlah_teramati"].items()}
        assert item["confidence"] == {CONFIDENCE[key]: word for key, word in theirs["confidence"].items()}


def test_every_rule_says_what_the_reference_says(reference, content):
    ours = {item["code"]: item for item in content["versions"][0]["items"]}
    for theirs in reference["indikator"]:
        assert len(ours[theirs["kode"]]["rules"]) == len(theirs["aturan"])
        for mine, rule in zip(ours[theirs["kode"]]["rules"], theirs["aturan"], strict=True):
            assert mine["score"] == rule["skor"]
            assert mine.get("label") == rule.get("label_terbit")
            assert mine.get("activity") == rule.get("kegiatan")
            assert mine.get("confidence") == rule.get("confidence")
            assert condition(mine) == rule["bila"]


def condition(rule: dict) -> str:
    """Our rule in the reference's notation: validity as a condition, `==`, double quotes."""
    when = re.sub(r"(?<![<>])=", "==", rule["when"].replace("'", '"'))
    if "valid_from" in rule:
        return f"tahun >= {rule['valid_from']} and {when}"
    return f"tahun <= {rule['valid_to']} and {when}" if "valid_to" in rule else when


def test_every_input_says_what_the_reference_says(reference, content):
    ours = {item["code"]: item for item in content["versions"][0]["items"]}
    for theirs in reference["indikator"]:
        item = ours[theirs["kode"]]
        inputs = {one["name"]: one for one in item["inputs"]}
        derived = {one["name"]: one for one in item.get("derived", [])}
        for name, kind in theirs["variabel"].items():
            if name in inputs:
                assert inputs[name].get("options", inputs[name].get("unit")) == kind
            elif name in derived:
                note = derived[name].get("absent_note")
                assert derived[name]["expression"] + (f" ({note})" if note else "") == kind
            else:
                assert (name, kind) == ("tahun", "tahun data")


def test_nothing_of_the_rest_is_lost(reference, content):
    """Thresholds, formula, recommendation, sources, oddities: each text of the reference stands in ours."""
    here = set(leaves(content))
    english = {"IKS_butir", "IKE_butir", "IKL_butir", "jumlah", "pembagi"}
    for part in ("nama", "dasar_hukum", "confidence_arti", "sumber", "rumus", "rekomendasi", "api"):
        values = [leaf for leaf in leaves_only(reference[part]) if leaf not in english]
        assert [leaf for leaf in values if leaf not in here and number(leaf) not in here] == []
    status = reference["status"]
    for leaf in leaves_only({key: one for key, one in status.items() if key != "urutan"}):
        assert leaf in here
    classes = content["versions"][0]["thresholds"]["classes"]
    assert [(one["status"], one["nama_lain"], one.get("min"), one["maks"]) for one in status["urutan"]] == [
        (
            one["status"],
            one["other_name"],
            one.get("minimum") and float(one["minimum"]),
            float(one["maximum"]),
        )
        for one in classes
    ]
    assert reference["tahun_dipakai"] == [content["versions"][0][key] for key in ("valid_from", "valid_to")]


def leaves_only(value) -> list[str]:
    """Every text and number of a tree without its keys."""
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves_only(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves_only(one)]
    return [str(value)]


def number(text: str) -> str:
    """A threshold as our file writes it."""
    return f"{float(text):.4f}" if re.fullmatch(r"\d+\.\d+", text) else text


def test_counts_of_what_was_observed_add_up(version):
    for item in version.items:
        assert sum(count for _, count in item.observed) == 10006


def test_the_shipped_definitions_are_sound():
    folder = resources.files("sidara.indices") / "content"
    files = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    assert files
    for file in files:
        definition, findings = definition_file.read(file.read_bytes(), file.name)
        assert findings == ()
        assert definition is not None
        assert definition.source
        assert file.name == f"{definition.slug.replace('-', '_')}.yaml"
