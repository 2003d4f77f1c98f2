"""Need from what villages answered: indicators, variables, own formulas; what is not known is a span."""

from datetime import timedelta
from fractions import Fraction

import pytest

from sidara.kernel.actor import OPERATOR
from sidara.programmes.core.targeting.need import UNKNOWN, Sense, Source, Span
from sidara.programmes.core.targeting.question import AskedPart, NeedQuery
from sidara.programmes.queries.targeting import ranked
from sidara.warehouse import services
from tests.collection.conftest import register as register_62
from tests.verification.conftest import NOW
from tests.warehouse.test_indicators import ONE, THREE, TWO, answers
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
pytestmark = pytest.mark.django_db
UNDER = "62.01.02"


@pytest.fixture
def filled(register, folder):
    answers(ONE, ("90", ""), ("100", ""))
    answers(TWO, ("10", ""), ("900", ""))
    answers(THREE, ("", "tidak tahu"), ("50", ""))
    services.refresh(OPERATOR)


def ask(*parts, **more):
    query = NeedQuery(parts, under=more.pop("under", UNDER), **more)
    return ranked(OPERATOR, query, clock=lambda: NOW + timedelta(days=3))


def rows(made):
    return {one.village.code: one for one in made.ranking.rows}


def test_where_a_higher_indicator_is_better_a_lower_one_needs_more(filled):
    made = ask(AskedPart(Source.INDICATOR, "APM_SD"))
    found = rows(made)
    assert found[TWO].village.need == Span.of(1)
    assert found[ONE].village.need == Span.of(0)
    assert found[THREE].village.need == UNKNOWN
    assert found[TWO].place == 1
    assert made.ranking.needs.ends == ((Fraction(10, 9), Fraction(90)),)
    assert made.ranking.needs.parts[0].sense is Sense.LESS
    (unsure,) = (one for one in made.findings if one.code == "NEED_UNSURE")
    assert str(len(found) - 2) in unsure.message
    assert (made.years, made.is_simulated) == ((2025,), False)


def test_every_desa_of_the_area_has_a_place_and_no_kelurahan_has(filled):
    made = ask(AskedPart(Source.VARIABLE, "DIK_007"))
    places = sorted(one.place for one in made.ranking.rows)
    assert places == list(range(1, len(made.area.names) + 1))
    assert set(made.area.area_of.values()) == {UNDER}
    assert not any(".1" in code[8:10] for code in made.area.names)


def test_a_formula_of_ones_own_reads_as_an_indicator_does(filled):
    own = AskedPart(Source.FORMULA, "100 * DIK_008 / DIK_007", sense=Sense.LESS)
    made = ask(own, AskedPart(Source.VARIABLE, "DIK_007"))
    figures = {code: one.village.figures for code, one in rows(made).items()}
    assert figures[ONE] == (Span.of(90), Span.of(100))
    assert figures[THREE] == (None, Span.of(50))
    assert len(made.ranking.shifts) == 4


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (AskedPart(Source.INDICATOR, "APM_SDX"), "NEED_UNKNOWN"),
        (AskedPart(Source.VARIABLE, "DIK_999"), "NEED_UNKNOWN"),
        (AskedPart(Source.FORMULA, "DIK_007 > 3"), "NEED_FORMULA_KIND"),
        (AskedPart(Source.FORMULA, "DIK_007 +"), "EXPRESSION_UNREADABLE"),
        (AskedPart(Source.ITEM, "S34"), "NEED_INDEX"),
    ],
)
def test_what_cannot_be_read_is_told(filled, part, code):
    made = ask(part)
    assert made.ranking is None
    assert code in {one.code for one in made.findings}


def test_questions_that_have_no_meaning_are_told(filled):
    part = AskedPart(Source.VARIABLE, "DIK_007")
    assert [one.code for one in ask().findings] == ["NEED_WITHOUT_PART"]
    assert [one.code for one in ask(part, part).findings] == ["NEED_PART_TWICE"]
    assert [one.code for one in ask(part, under="62.99").findings][:1] == ["REGION_UNKNOWN"]
