"""Need out of what villages filled in: sure where their answers decide, wide enough where they do not."""

from fractions import Fraction

import pytest

from sidara.collection.core import COLLECTION
from sidara.kernel.actor import OPERATOR
from sidara.programmes.core.targeting.need import Source
from sidara.programmes.core.targeting.question import AskedPart
from sidara.programmes.queries.targeting.scored import scored_by_answers
from tests.indices.test_collected import OTHER, VILLAGE, ask, index_of
from tests.indices.test_collected import filled as two_villages
from tests.indices.test_collected import folder as facts_folder
from tests.indices.test_collected import register as register_62

register, folder, filled = register_62, facts_folder, two_villages


@pytest.mark.django_db
def test_points_lost_out_of_answers_hold_the_span_that_the_index_has(filled):
    made = scored_by_answers(OPERATOR, index_of("idm"), COLLECTION, year=2025, under="62.01.02")
    told = {one.region: one for one in ask(least_level=None, year=2025).villages}
    part, found = made.part(AskedPart(Source.INDEX))
    assert (made.held, made.year, made.dataset.code) == (2, 2025, COLLECTION)
    top, near = part.ends[1], Fraction(1, 10**4)
    for code in (VILLAGE, OTHER):
        one, span = told[code], found[code]
        assert top - span.most <= Fraction(one.low) + near
        assert top - span.least >= Fraction(one.high) - near
    assert not found[OTHER].is_sure
    items = [made.part(AskedPart(Source.ITEM, code))[1] for code in made.items]
    sure = sum(one[VILLAGE].is_sure for one in items)
    assert told[VILLAGE].answered <= sure <= told[VILLAGE].items
    assert scored_by_answers(OPERATOR, index_of("idm"), COLLECTION, year=2019, under="62.01.02") is None
