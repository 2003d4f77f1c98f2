"""Fields, aims, priorities and efficiency: definitions that hold, and arithmetic by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from sidara.indices import queries as indices
from sidara.kernel.actor import PUBLIC
from sidara.programmes import queries
from sidara.programmes.core.board import aims, efficiency, fields, priorities
from sidara.programmes.core.board.aims import Reached
from sidara.programmes.core.board.efficiency import Costed
from sidara.programmes.core.board.priorities import Effort, Money, Need, Priority
from sidara.programmes.core.words import Level

HALF = Fraction(1, 2)


def definitions():
    found = [indices.definition(PUBLIC, one) for one in ("idm", "indeks-desa")]
    assert all(found)
    return found


def test_every_item_has_its_field_and_every_aim_names_what_exists() -> None:
    assert fields.lint(queries.field_content(PUBLIC), definitions()) == ()
    assert aims.lint(queries.village_aims(PUBLIC), definitions()) == ()
    content = queries.field_content(PUBLIC)
    for definition in definitions():
        version = definition.versions[-1]
        parted = content.of(definition.slug)
        told = [len(parted.items_of(version, one.code)) for one in (*content.fields, *content.beside)]
        assert sum(told) == len(version.items)
        assert all(told[:4])


def test_faults_of_the_definitions_are_found() -> None:
    content = queries.field_content(PUBLIC)
    parted = replace(content.indices[0], rules=content.indices[0].rules[1:])
    found = fields.lint(replace(content, indices=(parted,)), definitions())
    assert {one.value for one in found} == {f"S0{n}" for n in range(1, 8)}
    rules = (*content.indices[0].rules, fields.FieldRule("budaya", dimension="Seni"))
    found = fields.lint(replace(content, indices=(replace(content.indices[0], rules=rules),)), definitions())
    assert {one.code for one in found} == {"FIELD_RULE"}
    assert len(found) == 2
    first = queries.village_aims(PUBLIC)[0]
    wrong = replace(first.parts[0], measures=(aims.Points("idm", levels=("IKX",), items=("S99",)),))
    lost = replace(first.parts[0], measures=(aims.Points("indeks-lain", levels=("A",)),))
    found = aims.lint([replace(first, parts=(wrong, lost)), first], definitions())
    assert [one.code for one in found] == ["AIM_TWICE", "AIM_UNKNOWN", "AIM_UNKNOWN", "AIM_UNKNOWN"]
    assert [one.value for one in found[1:]] == ["IKX", "S99", "indeks-lain"]


def test_all_is_proposed_and_says_by_whom() -> None:
    for one in queries.village_aims(PUBLIC):
        assert one.status == "usulan"
        assert "Usulan" in one.source
        assert one.reason
        assert all(part.reason for part in one.parts)


def test_an_aim_is_reached_by_all_parts_and_unknown_where_one_is() -> None:
    (aim,) = (one for one in queries.village_aims(PUBLIC) if one.code == "mandiri")
    at = aim.parts[0].at_least
    shares = {
        "ekonomi": {"a": at, "b": at, "c": at - Fraction(1, 1000), "d": None},
        "tata_kelola": {"a": at, "b": Fraction(0), "c": at, "d": Fraction(0)},
    }
    made = aims.standing(aim, "indeks-desa", shares, "abcd")
    assert made.all_parts == Reached(1, 3, 4)
    assert [one for _, one in made.parts] == [Reached(2, 3, 4), Reached(2, 4, 4)]
    assert made.all_parts.share == Fraction(1, 3)
    by_idm = aims.standing(aim, "idm", {"ekonomi": shares["ekonomi"]}, "abcd")
    assert by_idm.all_parts == Reached(2, 3, 4)
    assert [part.code for part in by_idm.unmeasured] == ["tata_kelola"]


def test_a_field_is_the_mean_of_known_shares_and_counts_the_others() -> None:
    word = fields.FieldWord("ekonomi", "Ekonomi")
    made = fields.standing(word, {"a": HALF, "b": Fraction(1), "c": None})
    assert (made.share, made.known, made.villages) == (Fraction(3, 4), 2, 3)
    assert (made.p10, made.p90) == (HALF, 1)
    assert fields.standing(word, {"a": None}).share is None


PRIORITY = Priority("AIR", "SIMULASI: air", "AIR", Need("AIR_MINUM_LAYAK", below=Fraction(80)), "contoh")


def test_coverage_by_hand() -> None:
    figures = {"a": Fraction(50), "b": Fraction(79), "c": Fraction(80), "d": Fraction(90), "e": None}
    efforts = [
        Effort(Level.PROVINCE, frozenset("ac")),
        Effort(Level.VILLAGE, frozenset("ae")),
    ]
    made = priorities.cover(PRIORITY, figures, efforts, goals=1, money=Money(30, 45), whole=Money(100, 90))
    assert (made.needy, made.served, made.beside, made.unknown, made.known) == (2, 1, 1, 1, 4)
    assert made.share == HALF
    assert made.levels == {Level.PROVINCE: 1, Level.VILLAGE: 1}
    assert (made.original_share, made.revised_share) == (Fraction(3, 10), HALF)
    nothing = priorities.cover(PRIORITY, {}, [], goals=0, money=Money(None, None), whole=Money(None, None))
    assert (nothing.share, nothing.original_share) == (None, None)


def test_a_line_without_a_revised_ceiling_keeps_its_original_one() -> None:
    assert priorities.added([(10, None), (20, 5), (None, 7), (None, None)]) == Money(30, 22)
    assert priorities.added([(None, None)]) == Money(None, None)


def costed(name: str, budget: int | None, **said) -> Costed:
    known = {"kind": "JK-AIR-01", "year": 2027, "villages": 3, "unit": "unit", "target": Fraction(10)}
    return Costed(id=name, name=name, budget_idr=budget, **(known | said))


def test_an_activity_stands_beside_the_others_and_never_beside_itself() -> None:
    rows = [costed(name, cost * 10) for name, cost in zip("abcdef", (10, 20, 30, 40, 50, 600), strict=True)]
    told = efficiency.compare(rows, bounds=(1, 5, 20), least=5)
    last = told[-1]
    assert last.comparables == 5
    assert (last.per_output.low, last.per_output.median, last.per_output.high) == (20, 30, 40)
    assert last.times_median == 20
    assert told[0].per_output.median == 40


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "JK-AIR-02"},
        {"year": 2028},
        {"villages": 6},
        {"unit": "paket"},
        {"target": None},
        {"target": Fraction(0)},
    ],
)
def test_what_is_not_comparable_does_not_count(other) -> None:
    rows = [costed(name, 100) for name in "abcde"]
    assert efficiency.compare([*rows, costed("x", 100)], bounds=(1, 5), least=5)[0].per_output is not None
    few = efficiency.compare([*rows, costed("x", 100, **other)], bounds=(1, 5), least=5)
    assert few[0].per_output is None
    assert few[0].comparables == 4


def test_without_a_budget_there_is_no_figure_and_points_are_told_per_million() -> None:
    assert costed("a", None).per_output is None
    assert costed("a", 0, points=Fraction(5)).points_per_million is None
    assert costed("a", 2_000_000, points=Fraction(5)).points_per_million == Fraction(5, 2)
    assert [efficiency.size_class(n, (1, 5, 20)) for n in (0, 1, 2, 5, 6, 20, 21)] == [0, 0, 1, 1, 2, 2, 3]
