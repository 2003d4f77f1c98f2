"""Checks that follow from an item: what passes, what fails with which words; exchanged digits by algebra."""

import re
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.checks.core import Context, Item, Rule, RuleBook, Type, derived, faults, judge, programme
from sidara.checks.formats import kinds_file
from sidara.expressions import Subject, Time, record, sheet
from sidara.kernel import period as periods
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency
from sidara.warehouse.engines import device
from sidara.warehouse.engines import expressions as warehouse
from tests.checks import reference, rule_cases

AT = periods.parse("2026-Q2")
KLAS = {"K": {"X": "Kelompok X", "Y": "Kelompok Y"}}
NO_ZERO = "jangan mengisi nol bila belum tahu."
OTHERS = (
    Item("BBB_001", "Nama BBB_001", Type.YES_NO, frequency=Frequency.QUARTER),
    Item("BBB_002", "Nama BBB_002", Type.INTEGER, frequency=Frequency.QUARTER),
)


def item(text: str) -> Item:
    code, kind, *words = text.split()
    said: dict[str, object] = {}
    for word in words:
        name, _, value = word.partition("=")
        said[name] = {
            "decimals": int,
            "minimum": Decimal,
            "maximum": Decimal,
            "above": Decimal,
            "classifications": lambda klas: (klas,),
            "time": lambda time: Time[time],
        }.get(name, lambda value: True if value == "ya" else value)(value)
    assert said.keys() <= {field.name for field in fields(Item)}
    return Item(code, f"Nama {code}", Type(kind), frequency=Frequency.QUARTER, **said)


def book_of(*items: Item, rules: tuple[Rule, ...] = ()) -> RuleBook:
    made = RuleBook({one.code: one for one in items}, rules, KLAS, {"K": "Jenis"})
    return made.with_rules(derived(made, kinds_file.load()))


def cases():
    text = (Path(__file__).parent / "cases" / "derived.txt").read_text("utf-8")
    for block in re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip().split("\n\n"):
        first, *lines = block.strip().splitlines()
        for at, line in enumerate(lines):
            if line[0] in "+-":
                said = lines[at + 1][2:] if lines[at + 1 : at + 2] and lines[at + 1][0] == "!" else ""
                yield pytest.param(first[2:], line, said, id=f"{first[2:]} {line}")


def cells_in(book: RuleBook, text: str):
    return {
        rule_cases.key(name, AT): rule_cases.cell(book.items[name[:7]], value)
        for name, value in rule_cases.TOKEN.findall(text)
    }


def found(book: RuleBook, text: str):
    made = judge(cells_in(book, text), book, Context(AT))
    return [one for one in made.findings if one.severity is not Severity.NOT_EVALUATED]


@pytest.mark.parametrize(("described", "line", "message"), list(cases()))
def test_what_passes_and_what_fails_with_which_words(described, line, message):
    book = book_of(item(described), *OTHERS)
    assert faults(book) == ()
    text, _, codes = line[2:].partition(" :")
    made = found(book, text)
    assert [one.code for one in made] == codes.split()
    if message:
        assert made[0].message == message
    for one in made:
        assert one.remedy
        assert one.rule.startswith(f"AAA_001.{one.code}")
        assert one.place.variable == "AAA_001"


def test_every_engine_judges_them_alike():
    """All checks of each failing case: Python, the table, the device, the warehouse."""
    judged = 0
    with device.Device() as node:
        for described, line, _ in (case.values for case in cases() if case.values[1][0] == "-"):
            book = book_of(item(described), *OTHERS)
            subject = Subject(cells_in(book, line[2:].partition(" :")[0]))
            for task in programme(book, AT):
                for part in (task.holds, *([task.when] if task.when else ())):
                    expected = [part.value_of(record(part.bound, subject, {}))]
                    assert sheet.evaluate(part.bound, [subject], {}) == expected
                    assert node.evaluate(part.bound, [subject], {}) == expected
                    assert warehouse.evaluate(part.bound, [subject], {}) == expected
                    judged += 1
    assert judged > 100


def test_a_part_stands_at_its_category():
    book = book_of(item("AAA_001 bulat unit=unit classifications=K parts_make_total=ya adds_up=ya"), *OTHERS)
    (one,) = found(book, "AAA_001=5 AAA_001|K:X=6")
    assert (one.place.breakdown, one.place.category) == ("K:X", "Kelompok X")
    assert {cell.breakdown for cell in one.cells} == {"K:X", "K:Y", "_T"}


def test_a_check_by_category_stands_at_its_category():
    book = book_of(item("AAA_001 uang unit=Rp classifications=K minimum=0"), *OTHERS)
    (one,) = found(book, "AAA_001|K:Y=-5")
    assert (one.code, one.place.breakdown, one.figures[0]) == ("OUT_OF_RANGE", "K:Y", "-5")


def test_a_rule_that_the_dictionary_says_itself_is_not_made_again():
    own = Rule("AAA_001_a", Severity.ERROR, "AAA_001  <=  BBB_002", "Terlalu besar.", "AAA_001")
    described = item("AAA_001 bulat unit=orang part_of=BBB_002")
    assert "SUBSET_EXCEEDS" in {rule.kind for rule in book_of(described, *OTHERS).rules}
    assert "SUBSET_EXCEEDS" not in {rule.kind for rule in book_of(described, *OTHERS, rules=(own,)).rules}


def test_a_kind_that_content_lacks_is_not_judged():
    made = RuleBook({one.code: one for one in OTHERS}, (), KLAS)
    assert derived(made, {}) == []


def test_the_reference_dictionary_gets_its_checks():
    book = reference.book()
    assert faults(book) == ()
    kinds = {rule.kind for rule in book.rules}
    judged = {"", *kinds_file.load()} - STATISTICAL
    assert kinds == judged


STATISTICAL = {
    "VALUE_JUMPED", "VALUE_OUTLYING", "REFERENCE_DIFFERS", "COPIED_LAST_YEAR", "COPIED_NEIGHBOUR",
}  # fmt: skip
"""Kinds that are no rule of a dictionary: they need peers, references or a whole form."""
DIGITS = book_of(item("AAA_001 bulat unit=orang"), *OTHERS)


def exchanged(before: int, now: int) -> bool:
    """Exchange each pair in writing; a figure has a zero before it: 5000 and 50000 differ by a pair, too."""
    width = max(len(str(before)), len(str(now)))
    one, other = str(before).zfill(width), str(now).zfill(width)
    if one == other:
        return False
    return any(one[:at] + one[at + 1] + one[at] + one[at + 2 :] == other for at in range(len(one) - 1))


@given(st.integers(100, 10**11 - 1), st.integers(0, 9), st.data())
def test_exchanged_digits_are_found_by_arithmetic_as_by_writing(before, at, data):
    digits = list(str(before))
    at = at % (len(digits) - 1)
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    swapped = int("".join(digits))
    near = data.draw(
        st.sampled_from([swapped, before + 9, before - 9, before + 90, before * 10, before + 81])
    )
    for now in (swapped, near):
        cells = {
            ("AAA_001", "_T", str(when)): Cell(State.VALUE, Decimal(value))
            for when, value in ((AT, now), (AT.preceding, before))
        }
        codes = {one.code for one in judge(cells, DIGITS, Context(AT)).findings}
        expected = exchanged(before, now) and now >= 100
        assert ("DIGITS_EXCHANGED" in codes) == expected


EVERYTHING = Item(
    "AAA_001",
    "Nama AAA_001",
    Type.INTEGER,
    frequency=Frequency.QUARTER,
    time=Time.YEAR_TO_DATE,
    classifications=("K",),
    parts_make_total=True,
    minimum=Decimal(0),
    part_of="BBB_002",
    relevance="BBB_001 = true",
    is_required=True,
)
"""An item from which every kind of rule follows."""


def following(one: Item, *rules: Rule) -> set[tuple[str, str]]:
    """Kind and classification of each rule that follows from an item."""
    book = RuleBook({held.code: held for held in (one, *OTHERS)}, rules, KLAS, {"K": "Jenis"})
    made = derived(book, kinds_file.load())
    return {(rule.kind, rule.category) for rule in made if rule.variable == one.code}


def test_what_is_computed_is_held_to_its_range_only() -> None:
    asked = {kind for kind, _ in following(EVERYTHING)}
    assert asked == {
        "OUT_OF_RANGE",
        "DECIMALS_TOO_MANY",
        "PARTS_UNEQUAL",
        "PART_EXCEEDS",
        "SUBSET_EXCEEDS",
        "REQUIRED_EMPTY",
        "ANSWER_NOT_ASKED",
        "CUMULATIVE_FELL",
        "UNIT_THOUSAND",
        "DIGITS_EXCHANGED",
    }
    assert {kind for kind, _ in following(replace(EVERYTHING, is_derived=True))} == {"OUT_OF_RANGE"}


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (Type.MONEY, f"Isi angkanya, atau pilih tidak ada atau tidak tahu; {NO_ZERO}"),
        (Type.TEXT, "Tulis jawabannya, atau pilih tidak ada atau tidak tahu."),
        (Type.CHOICE, "Pilih jawabannya, atau pilih tidak ada atau tidak tahu."),
        (Type.YES_NO, "Pilih jawabannya, atau pilih tidak ada atau tidak tahu."),
        (Type.DATE, "Isi tanggalnya, atau pilih tidak ada atau tidak tahu."),
    ],
)
def test_what_is_missing_is_asked_for_as_it_is_answered(kind: Type, remedy: str) -> None:
    one = replace(EVERYTHING, type=kind)
    made = derived(RuleBook({held.code: held for held in (one, *OTHERS)}, (), KLAS, {}), kinds_file.load())
    own = [rule for rule in made if rule.variable == one.code and rule.kind == "REQUIRED_EMPTY"]
    assert {rule.remedy for rule in own} == {remedy}


def test_percents_and_rows_are_not_compared_with_the_period_before() -> None:
    for change in ({"type": Type.PERCENT}, {"own_list": "usulan"}):
        kinds = {kind for kind, _ in following(replace(EVERYTHING, **change))}
        assert not kinds & {"UNIT_THOUSAND", "DIGITS_EXCHANGED"}


def test_what_runs_from_january_falls_within_a_year_only() -> None:
    assert {category for kind, category in following(EVERYTHING) if kind == "CUMULATIVE_FELL"} == {"", "K"}
    yearly = following(replace(EVERYTHING, frequency=Frequency.YEAR))
    assert "CUMULATIVE_FELL" not in {kind for kind, _ in yearly}


def test_a_fall_that_the_dictionary_says_of_parts_is_not_said_again() -> None:
    part = "part(AAA_001, 'K', 'Y')"
    own = Rule("AAA_001_a", Severity.ERROR, f"{part} >= previous({part})", "Turun.", "AAA_001")
    made = following(EVERYTHING, own)
    assert {category for kind, category in made if kind == "CUMULATIVE_FELL"} == {""}
