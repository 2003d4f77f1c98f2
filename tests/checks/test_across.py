"""A finding across submissions: it blocks only among drafts, opens on each, opens again when broken."""

from dataclasses import replace

import pytest

from sidara.checks.core import Stage, Submission, judge, opened, reopened
from sidara.kernel.finding import Severity
from tests.checks import reference, rule_cases
from tests.checks.test_rules import only

FAMILIES = Submission("KEP_SEMESTER", "2025-S2")
HAMLETS = Submission("PEM_TAHUNAN", "2025")


@pytest.fixture(scope="module")
def finding():
    """RT (a yearly form) above families (a form of half a year): an error across two submissions."""
    book = reference.book(with_derived=False)
    case = next(case for case in rule_cases.read() if case.code == "PEM_006_b")
    cells, context = rule_cases.given(book, case, case.fails)
    (made,) = judge(cells, only(book, case.code), context).findings
    return book, made


@pytest.mark.parametrize(
    ("stages", "severity"),
    [
        ({}, Severity.ERROR),
        ({HAMLETS: Stage.DRAFT, FAMILIES: Stage.DRAFT}, Severity.ERROR),
        ({FAMILIES: Stage.SENT}, Severity.WARNING),
        ({FAMILIES: Stage.FINAL, HAMLETS: Stage.DRAFT}, Severity.WARNING),
        ({HAMLETS: Stage.SENT}, Severity.WARNING),
    ],
)
def test_an_error_blocks_only_while_all_are_drafts_and_opens_on_each(finding, stages, severity):
    book, one = finding
    made = opened(one, book, stages)
    assert {home: found.severity for home, found in made.items()} == {HAMLETS: severity, FAMILIES: severity}
    assert made[HAMLETS].place.variable == "PEM_006"
    assert made[FAMILIES].place.variable == "KEP_004"
    assert made[FAMILIES].needs_explanation == (severity is Severity.WARNING)


def test_within_one_submission_an_error_stays_an_error(finding):
    book, one = finding
    alone = replace(one, cells=one.cells[:1], figures=one.figures[:1])
    assert opened(alone, book, {HAMLETS: Stage.FINAL})[HAMLETS].severity is Severity.ERROR


def test_a_warning_stays_a_warning(finding):
    book, one = finding
    warning = replace(one, severity=Severity.WARNING)
    assert {found.severity for found in opened(warning, book, {}).values()} == {Severity.WARNING}


def test_what_a_later_value_broke_is_opened_again(finding):
    book, one = finding
    now = {home: (found,) for home, found in opened(one, book, {FAMILIES: Stage.SENT}).items()}
    assert reopened({}, now) == now
    assert reopened(now, now) == {}
    assert reopened({HAMLETS: now[HAMLETS]}, now) == {FAMILIES: now[FAMILIES]}
