"""Why a file cannot be opened is said in Indonesian."""

import pytest

from sidara.kernel.reasons import reason_of


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("tidak-ada.csv", "tidak ada berkas atau folder bernama itu"),
        (".", "itu folder, bukan berkas"),
        ("berkas/dalam.csv", "sebagian jalurnya berkas, bukan folder"),
        ("x" * 300, "namanya terlalu panjang"),
    ],
)
def test_the_usual_reasons_have_our_words(tmp_path, place, words) -> None:
    (tmp_path / "berkas").touch()
    kinds = (FileNotFoundError, IsADirectoryError, NotADirectoryError, OSError)
    with pytest.raises(kinds) as raised:
        (tmp_path / place).read_bytes()
    assert reason_of(raised.value) == words


def test_an_unusual_one_keeps_those_of_the_system() -> None:
    assert reason_of(OSError(99, "aneh")) == "aneh"
    assert reason_of(OSError()) == "OSError"
