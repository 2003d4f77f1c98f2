"""Headings say what the figures say, also when they are few, equal or missing."""

from decimal import Decimal

import pytest

from sidara.kernel.actor import PUBLIC
from sidara.web.pages import findings, index
from sidara.web.pages.status import Counts

SCALE = index.version(index.definition(PUBLIC, "idm"), "2024")


def counts(**by_class: int) -> Counts:
    assessed = sum(by_class.values())
    good = by_class.get("MAJU", 0) + by_class.get("MANDIRI", 0)
    return Counts("62.01", "Kumai", "kecamatan", by_class, assessed, assessed, good, None)


@pytest.mark.parametrize(
    ("total", "heading"),
    [
        (counts(MAJU=3, TERTINGGAL=1), "3 dari 4 desa di Kumai sudah maju atau mandiri"),
        (counts(), "Kumai tidak punya desa, 2 kelurahannya tidak dinilai"),
        (Counts("", "Kumai", "", {}, 0, 7, 0, None), "Belum ada angka indeks untuk 7 desa di Kumai"),
    ],
)
def test_an_area_is_told_by_what_is_known(total: Counts, heading: str) -> None:
    assert findings.of_area("Kumai", total, SCALE, kelurahan=2) == heading


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (counts(MAJU=3), "Tidak ada desa tertinggal."),
        (counts(TERTINGGAL=86), "86 desa masih tertinggal, tidak ada yang sangat tertinggal."),
        (counts(TERTINGGAL=5, SANGAT_TERTINGGAL=2), "5 desa masih tertinggal dan 2 sangat tertinggal."),
    ],
)
def test_who_is_left_behind_is_named(total: Counts, words: str) -> None:
    assert findings.left_behind(total, SCALE) == words


@pytest.mark.parametrize(
    ("ranked", "heading"),
    [
        ([], "Belum ada yang dinilai"),
        ([("Kumai", 1)], "Hanya Kumai yang dinilai"),
        ([("Kumai", 1), ("Arut", 1)], "Semua kecamatan yang dinilai sama tinggi"),
        ([("Kumai", 2), ("Arut", 1)], "Kumai tertinggi, Arut terendah"),
        ([("A", 3), ("B", 3), ("C", 3), ("D", 1)], "3 kecamatan tertinggi, D terendah"),
        ([("A", 3), ("B", 1), ("C", 1)], "A tertinggi, B dan C terendah"),
    ],
)
def test_a_ranking_names_its_ends_and_counts_ties(ranked: list[tuple[str, int]], heading: str) -> None:
    figures = [(name, Decimal(figure)) for name, figure in ranked]
    assert findings.of_ranking(figures, "Kecamatan") == heading


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        ([], [], ""),
        (["ketahanan sosial"], [], "Ketahanan sosial di atas nilai tengah desa di Kumai."),
        ([], ["a", "b", "c"], "A, b dan c di bawah nilai tengah desa di Kumai."),
        (["a"], ["b"], "A di atas nilai tengah desa di Kumai, b di bawahnya."),
    ],
)
def test_a_village_is_told_beside_its_neighbours(above: list[str], below: list[str], words: str) -> None:
    assert findings.beside(above, below, "Kumai") == words


def test_marks_are_ordered_and_kelurahan_stand_outside() -> None:
    assert [mark.label for mark in index.legend(SCALE)] == [
        "Sangat Tertinggal",
        "Tertinggal",
        "Berkembang",
        "Maju",
        "Mandiri",
        "Belum ada data",
        "Kelurahan, tidak dinilai",
    ]
    assert index.mark(SCALE, "MAJU", "kelurahan") == index.not_assessed()
    assert index.mark(SCALE, None, "desa") == index.missing()
    assert [(line.label, line.value) for line in index.thresholds(SCALE)] == [
        ("batas Tertinggal", Decimal("0.4908")),
        ("batas Berkembang", Decimal("0.5990")),
        ("batas Maju", Decimal("0.7073")),
        ("batas Mandiri", Decimal("0.8156")),
    ]
