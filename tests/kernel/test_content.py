"""Content is read in one way: strictly, and by name."""

import pytest
import yaml

from sidara.kernel import content


def test_a_key_that_stands_twice_is_a_fault() -> None:
    assert content.parse("a: 1\nb: {c: 2}\n") == {"a": 1, "b": {"c": 2}}
    for text in ("a: 1\na: 2\n", "b: {c: 2, c: 3}\n"):
        with pytest.raises(yaml.YAMLError, match="tertulis dua kali"):
            content.parse(text)


def test_nothing_but_plain_values_is_read() -> None:
    with pytest.raises(yaml.YAMLError):
        content.parse("!!python/object/apply:os.getcwd []")


@pytest.mark.parametrize(
    "value",
    ["!!int ''", "!!float ''", "!!bool x", "!!timestamp x", "2025-99-99", "!!int 0x", "!!int 1:x", "\ud800"],
)
@pytest.mark.parametrize("written", ["{}", "{{a: [1, {}]}}"])
def test_a_value_that_does_not_exist_is_a_fault_of_the_content(value, written) -> None:
    with pytest.raises(yaml.YAMLError):
        content.parse(written.format(value))


def test_files_of_a_room_are_listed_and_read_by_name() -> None:
    names = [file.name for file in content.files("sidara.regions")]
    assert names == sorted(names)
    assert "decree.yaml" in names
    assert content.load("sidara.regions", "decree")["source"]
    assert [file.name for file in content.files("sidara.collection", "variables")] == [
        "idm.yaml",
        "indeks-desa.yaml",
    ]
