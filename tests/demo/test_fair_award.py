"""What the simulated collection plants, copied or invented, gains nothing in the award."""

from dataclasses import replace

from sidara.collection.core import EXAMPLES
from sidara.demo import services as demo
from sidara.kernel.actor import OPERATOR
from sidara.progress import queries
from sidara.progress import services as progress
from sidara.progress.core.award import Entry, Roll, Score
from tests.progress.conftest import NOW, PROVINCE, province, refreshed

__all__ = ["province"]
DISTRICT = f"{PROVINCE}.06.07"
FORMS = ("KEU_TRIWULAN", "KES_TRIWULAN")
YEARS = (2024, 2025)
SEED = 49


def left_empty(one: Entry) -> Entry:
    """The same submission had nobody begun it."""
    return replace(one, filled=0, unknown=0, cells=0, unsound=0, poor=0, delay=None)


def test_what_was_copied_or_invented_gains_nothing(province) -> None:
    asked = {"years": YEARS, "seed": SEED, "forms": FORMS, "clock": lambda: NOW}
    planted = [
        one
        for one in demo.planted(OPERATOR, district=DISTRICT, **asked)
        if one.is_made_up and one.period.startswith("2025")
    ]
    assert {one.kind for one in planted} >= {"last_year", "neighbour", "invented"}, "else another seed"
    demo.submit(OPERATOR, districts=(DISTRICT,), say=lambda _: None, **asked)
    refreshed()
    done = progress.run_award(OPERATOR, under=PROVINCE, year=2025, now=NOW, dataset=EXAMPLES)
    assert done.is_done, done.findings
    for one in planted:
        score = queries.award_score(OPERATOR, done.number, Roll.TEAM, one.region)
        entry = next(x for x in score.entries if (x.form, x.period) == (one.form, one.period))
        rest = [x for x in score.entries if x is not entry]
        without = Score(score.formula, (*rest, left_empty(entry)))
        assert score.total <= without.total, (one.kind, entry)
