"""What a sheet shows of a cell is understood as the same content, for every question of the dictionary."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.collection.core.answering import CLEARED, Asking, Given, read_cells
from sidara.collection.core.shown import offered, shown, understood
from sidara.collection.core.submission import Content
from sidara.dictionary import queries
from sidara.dictionary.core import Column, Type
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State

pytestmark = pytest.mark.django_db
ROW = "018f0000-0000-7000-8000-0000000000aa"


@pytest.fixture(scope="module")
def askings(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        codes = [one.code for one in queries.forms(OPERATOR)]
        found = [queries.form(OPERATOR, code) for code in codes]
    return [Asking(one.dictionary, one.questionnaire, one.digest, one.version) for one in found if one]


def questions(askings):
    return [
        (asking, one)
        for asking in askings
        for one in (*asking.variables.values(), *asking.columns.values())
        if one.is_asked
    ]


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.sampled_from(
        [
            "tidak ada",
            "Tidak  Tahu",
            "hapus",
            "nilai",
            "nilai: 3",
            "keadaan: tidak ada",
            "=1+1",
            "belum diisi",
        ]
    ),
)


def contents(draw, asking, asked):
    """Draw what can be typed for a question, as its canonical content."""
    kind = asked.type
    if draw(st.integers(0, 4)) == 0:
        return Content(draw(st.sampled_from([State.NONE, State.UNKNOWN, State.NOT_APPLICABLE])))
    options = [one.code for one in asking.dictionary.options_of(asked)]
    if kind is Type.CHOICE:
        text = draw(st.sampled_from(options))
    elif kind is Type.CHOICES:
        text = " ".join(draw(st.lists(st.sampled_from(options), min_size=1, unique=True)))
    elif kind is Type.YES_NO:
        text = draw(st.sampled_from(["true", "false"]))
    elif kind is Type.DATE:
        text = draw(st.dates(date(1800, 1, 1), date(2200, 1, 1))).isoformat()
    elif asked.is_number:
        places = asked.decimals or 0
        text = str(draw(st.decimals(-(10**12), 10**12, places=places)))
    else:
        text = draw(TEXTS)
    return said(asking, asked, State.VALUE.value, text)


def said(asking, asked, state, value):
    row = ROW if isinstance(asked, Column) else ""
    breakdown = "_T" if row else asking.breakdowns[asked.code][0]
    sent, _ = read_cells(asking, [Given(asked.code, value, state, breakdown, row)])
    return sent[0].content if sent else None


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_what_is_shown_is_understood_as_the_same(askings, data) -> None:
    asking, asked = data.draw(st.sampled_from(questions(askings)))
    content = contents(data.draw, asking, asked)
    if content is None:
        return
    text = shown(asking.dictionary, asked, content)
    state, value = understood(asking.dictionary, asked, text)
    assert said(asking, asked, state, value) == content, text


def test_every_word_that_is_offered_is_understood(askings) -> None:
    for asking, asked in questions(askings):
        for word in offered(asking.dictionary, asked):
            for typed in (word, word.upper(), f"  {word} "):
                state, value = understood(asking.dictionary, asked, typed)
                content = said(asking, asked, state, value)
                assert content is not None, (asked.code, word)
                assert (content.state is State.EMPTY) == (word == CLEARED)
                if asked.type in {Type.CHOICE, Type.YES_NO} and content.state is State.VALUE:
                    assert shown(asking.dictionary, asked, content) == word


def test_a_label_that_says_a_state_is_the_option_and_the_state_has_its_mark(askings) -> None:
    asking, asked = next(one for one in questions(askings) if one[1].code == "PEM_007")
    assert understood(asking.dictionary, asked, "tidak ada") == ("nilai", "3")
    assert understood(asking.dictionary, asked, "keadaan: tidak ada") == ("tidak ada", "")
    assert shown(asking.dictionary, asked, Content(State.NONE)) == "keadaan: tidak ada"
