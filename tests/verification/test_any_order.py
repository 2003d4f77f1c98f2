"""Random acts of a village: what is locked can be taken back or endorsed, as the last act says."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sidara.collection import queries as collection
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.kernel.actor import OPERATOR
from sidara.regions import services as regions
from sidara.verification import queries
from sidara.verification.core import Level
from tests.verification.conftest import NOW, SENDER, VILLAGE, endorse, save, send, withdraw

KEY = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q2")
"""A form without required cells: all of them may be cleared."""
HOME = Home(KEY.form, KEY.period)
CELLS = ("KEP_010", "KEP_011")
STEPS = st.one_of(
    st.tuples(st.just("save"), st.sampled_from(CELLS), st.sampled_from("123")),
    st.tuples(st.just("clear"), st.sampled_from(CELLS)),
    st.sampled_from([("send",), ("send",), ("withdraw",), ("endorse",)]),
)
CLEARED = [("save", CELLS[0], "1"), ("save", CELLS[1], "2"), ("send",), ("withdraw",), ("clear", CELLS[1])]


def done(step):
    """Take a step; gives the level to which it brought the form, `None` where it was no act or held back."""
    match step:
        case ("save", code, value):
            save((code, value), key=KEY)
        case ("clear", code):
            save(Given(code, state="hapus"), key=KEY)
        case _:
            act = {"send": send, "withdraw": withdraw, "endorse": endorse}[step[0]]
            made = act(key=KEY)
            return made.level if made.is_done else None
    return None


class Village(TestCase):
    """Each example in a transaction of its own, over the same register."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Load the register once for all examples."""
        regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEPS, min_size=4, max_size=12))
    @example(steps=[*CLEARED, ("send",), ("endorse",), ("withdraw",)])
    @example(steps=[*CLEARED, ("clear", CELLS[0]), ("send",), ("endorse",), ("withdraw",)])
    @example(steps=[("save", CELLS[0], "1"), ("clear", CELLS[0]), ("send",), ("withdraw",)])
    def test_any_acts(self, steps) -> None:
        level = Level.DRAFT
        for step in steps:
            brought = done(step)
            level = level if brought is None else brought
            held, filled = queries.standing(SENDER, KEY), collection.filled(SENDER, KEY)
            assert held.level is level, step
            assert queries.village_levels(SENDER, VILLAGE).get(HOME, Level.DRAFT) is level, step
            if filled is None:
                continue
            assert filled.state.is_locked is (level > Level.DRAFT), step
            if filled.state.is_locked:
                assert {held.at(key).level for key in filled.state.cells} == {level}, step
        if level is Level.SENT:
            assert endorse(key=KEY).is_done
        if level > Level.DRAFT:
            assert withdraw(key=KEY).is_done
            assert save((CELLS[0], "9"), key=KEY).account.rejected == 0
