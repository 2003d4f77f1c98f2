"""The tallies equal a count by hand, for each form and level; parts add up to the whole."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sidara.collection import queries as collection
from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.progress import queries
from sidara.regions import queries as regions
from sidara.verification import queries as verification
from sidara.verification import services as verifying
from sidara.verification.core import Level, Step
from sidara.verification.core.receipts import Brought
from tests.progress.by_hand import ByHand, summed
from tests.progress.conftest import NOW, TODAY, rebuilt, refreshed, submitted

pytestmark = pytest.mark.django_db
SCOPE = queries.Scope(dataset=EXAMPLES)


def saved(key, given, at):
    """Save cells as the machine's operator on the present revision."""
    held = collection.filled(OPERATOR, key)
    base = held.state.revision if held else 0
    save = collecting.Save(key, base, uuid4(), Source.WEB, given)
    assert collecting.save_cells(OPERATOR, save=save, now=at).revision == base + 1


def sent_home(key, at):
    """Return the first three cells of a submission as kecamatan; gives their keys."""
    filled = collection.filled(OPERATOR, key)
    cells = sorted(filled.state.cells)[:3]
    done = verifying.return_cells(
        OPERATOR,
        key=key,
        step=Step.DISTRICT,
        reasons=dict.fromkeys(cells, "Periksa sekali lagi."),
        due_date=TODAY + timedelta(days=5),
        revision=filled.state.revision,
        message_id=uuid4(),
        now=at,
    )
    assert done.is_done, done.findings
    return set(cells)


def accepted(key, step, at):
    filled = collection.filled(OPERATOR, key)
    return verifying.accept_cells(
        OPERATOR, key=key, step=step, revision=filled.state.revision, message_id=uuid4(), now=at
    )


def endorsed(village):
    """The submissions of a village that the kecamatan may act on."""
    levels = verification.village_levels(OPERATOR, village, EXAMPLES)
    return [
        SubmissionKey(home.form, village, home.period, EXAMPLES)
        for home, level in sorted(levels.items(), key=str)
        if level is Level.ENDORSED
    ]


def copied(one, other, form, period):
    """Copy all numbers of a village's form over those of another, as who invents figures does."""
    theirs = collection.filled(OPERATOR, SubmissionKey(form, one, period, EXAMPLES)).state.contents
    given = [
        Given(key.variable, content.value or "", breakdown=key.breakdown, state=content.state.value)
        for key, content in theirs.items()
        if not key.row
    ]
    saved(SubmissionKey(form, other, period, EXAMPLES), given, NOW - timedelta(hours=1))


def handed(village, form, period):
    """Let a village hand a file over at the kecamatan two days ago; gives where it belongs."""
    done = verifying.record_receipt(
        OPERATOR,
        region=village,
        forms=[(form, period)],
        brought=Brought(NOW - timedelta(days=2), "Ibu Contoh", Source.TAKE_AWAY),
        message_id=uuid4(),
        now=NOW,
    )
    assert not done.findings, done.findings
    return village, form, period


def test_tallies_equal_a_count_by_hand_for_each_form_and_level_and_add_up(province):
    first, second, far = province
    neighbour = next(
        one.code for one in regions.villages(OPERATOR, first[:8], examples=True) if one.code != first
    )
    submitted(first)
    submitted(far, forms=("PEM_TAHUNAN", "KES_TRIWULAN", "KEU_TRIWULAN", "DIK_INDEKS_TAHUNAN"))
    refreshed()
    returned = {}
    own = endorsed(first)
    for number, key in enumerate(own):
        if number % 4 == 0:
            returned[key.region, key.form, key.period] = sent_home(key, NOW)
        elif number % 4 == 1:
            for step in (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE):
                accepted(key, step, NOW)
    copied(first, neighbour, "KEP_TAHUNAN", "2025")
    copied(first, second, "KEP_TAHUNAN", "2025")
    refreshed()
    received = {handed(second, "PEM_TAHUNAN", "2025"), handed(far, "PEM_SEMESTER", "2025-S2")}
    refreshed()
    hand = ByHand(EXAMPLES, TODAY, returned, dict.fromkeys(received, TODAY - timedelta(days=2))).counts()
    assert sum(one.copied for one in hand.values()) > 10
    assert sum(one.final for one in hand.values()) > 5
    assert sum(one.late for one in hand.values()) > 5
    ids = {one.code: one for one in regions.villages(OPERATOR, "19", examples=True)}
    above = {code: [a.id for a in regions.ancestors(OPERATOR, one.id)] for code, one in ids.items()}
    keys = {
        ("form",): lambda code, form, period: (form,),
        ("period", "form"): lambda code, form, period: (period, form),
        ("regency", "form"): lambda code, form, period: (above[code][1], form),
        ("district",): lambda code, form, period: (above[code][2],),
        ("village", "form"): lambda code, form, period: (ids[code].id, form),
        ("province",): lambda code, form, period: (above[code][0],),
    }
    for by, key in keys.items():
        made = queries.rolled(OPERATOR, SCOPE, by=by, today=TODAY)
        told = {
            name: {n: getattr(one, n) for n in vars(next(iter(hand.values())))} for name, one in made.items()
        }
        want = {name: {n: int(v) for n, v in vars(one).items()} for name, one in summed(hand, key).items()}
        assert told == want, by
    whole = queries.total(OPERATOR, SCOPE, today=TODAY)
    for by in keys:
        parts = queries.rolled(OPERATOR, SCOPE, by=by, today=TODAY)
        assert sum(parts.values(), start=type(whole)()) == whole
    before = dump()
    rebuilt()
    assert dump() == before


def dump():
    """All rows, without the numbers that they are kept by."""
    return sorted(map(repr, queries.rows(OPERATOR, SCOPE)))
