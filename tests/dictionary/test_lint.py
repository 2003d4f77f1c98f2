"""One malformed file per fault: it changes `small.yaml`; its first line says which code and words come."""

import copy
import re
from pathlib import Path

import pytest
import yaml

from sidara.dictionary.core import Thing, built, lint
from sidara.dictionary.core.reading import plural
from sidara.dictionary.formats import content_file
from sidara.kernel import content

CASES = Path(__file__).parent / "cases"
MALFORMED = sorted((CASES / "malformed").glob("*.yaml"))
KEYS = [plural(kind) for kind in Thing]


def small():
    return content.parse((CASES / "small.yaml").read_bytes())


def changed(file: Path) -> bytes:
    """The small dictionary with the entries of the case laid over; what is none stands alone."""
    data = file.read_bytes()
    try:
        case = content.parse(data)
    except yaml.YAMLError:
        return data
    if not isinstance(case, dict) or not set(case) <= {*KEYS, "source"} or case.get("raw"):
        return data.replace(b"raw: true\n", b"")
    whole = copy.deepcopy(small()) | {key: case[key] for key in ("source",) if key in case}
    for key in KEYS:
        for entry in case.get(key, ()):
            held = next((one for one in whole.setdefault(key, []) if one["code"] == entry["code"]), None)
            if held is None:
                whole[key].append(held := {})
            held.update({name: value for name, value in entry.items() if not name.endswith("_becomes")})
            held["code"] = entry.get("code_becomes", held["code"])
            if "column_becomes" in entry:
                held["columns"][0]["code"] = held["label"] = entry["column_becomes"]
            for name in [name for name, value in held.items() if value is None]:
                del held[name]
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False).encode()


def found_in(file: Path):
    read = content_file.read([(file.name, changed(file))])
    return (*read.findings, *lint(built(read.things, {}), read.places))


@pytest.mark.parametrize("file", MALFORMED, ids=lambda file: file.stem)
def test_a_fault_is_named_with_its_place_and_remedy(file):
    code, words = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(": ", 1)
    found = [
        one
        for one in found_in(file)
        if one.code == code and words in f"{one.message} {one.remedy} {one.place}"
    ]
    assert found, found_in(file)
    assert found[0].remedy
    assert found[0].place.file == file.name
    if code not in {"CONTENT_UNREADABLE", "SOURCE_MISSING", "KEY_UNKNOWN"}:
        assert found[0].place.line, found[0]


def test_each_fault_has_its_own_message():
    messages = [found_in(file)[0].message for file in MALFORMED]
    assert len(set(messages)) == len(MALFORMED)


def test_the_small_dictionary_is_sound():
    read = content_file.read([("small.yaml", (CASES / "small.yaml").read_bytes())])
    assert read.findings == ()
    assert lint(built(read.things, {}), read.places) == ()


def test_every_code_of_a_fault_has_a_case():
    named = {file.read_text(encoding="utf-8").split(":")[0].removeprefix("# ") for file in MALFORMED}
    folder = Path(__file__).parents[2] / "src" / "sidara" / "dictionary"
    files = [*(folder / "core" / "lint").glob("*.py"), folder / "core" / "reading.py"]
    text = "".join(
        file.read_text(encoding="utf-8") for file in [*files, folder / "formats" / "content_file.py"]
    )
    codes = set(re.findall(r"\"([A-Z]{4,}(?:_[A-Z]+)*)\"", text)) - {"CODE"}
    assert codes - named == set()


def test_two_windows_of_one_form_are_both_told():
    found = [one for one in found_in(CASES / "malformed" / "window_twice.yaml") if one.code == "WINDOW_TWICE"]
    whose = [(one.message.split(":")[0], one.message.split("jendela ")[1].split(" ")[0]) for one in found]
    assert len(whose) == 2
    assert {first.removeprefix("Jendela ") for first, _ in whose} == {second for _, second in whose}
