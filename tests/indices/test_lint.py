"""One malformed file per fault; its first line says which code must come, and a word of the message."""

from pathlib import Path

import pytest

from sidara.indices.formats import definition_file

CASES = Path(__file__).parent / "cases"
MALFORMED = sorted((CASES / "malformed").glob("*.yaml"))


@pytest.mark.parametrize("file", MALFORMED, ids=lambda file: file.stem)
def test_a_fault_is_named(file):
    content = file.read_bytes()
    code, words = content.decode("utf-8").splitlines()[0].removeprefix("# ").split(": ", 1)
    definition, findings = definition_file.read(content, file.name)
    assert definition is None
    found = [one for one in findings if one.code == code]
    assert found, findings
    assert words in f"{found[0].message} {found[0].remedy}"
    assert found[0].remedy
    assert found[0].place.file == file.name


def test_each_fault_has_its_own_message():
    messages = [definition_file.read(file.read_bytes(), file.name)[1][0].message for file in MALFORMED]
    assert len(set(messages)) == len(MALFORMED)


def test_the_sample_is_sound():
    definition, findings = definition_file.read((CASES / "uji.yaml").read_bytes(), "uji.yaml")
    assert findings == ()
    assert definition is not None
