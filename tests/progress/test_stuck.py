"""Who is stuck and why: each reason by the facts that make it, and how long things lie in a hand."""

from datetime import date

import pytest

from sidara.accounts import queries as accounts
from sidara.accounts import services
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import OPERATOR
from sidara.progress import models, queries
from sidara.progress.core import Known, Limits, Missing, Owed, Reason, Stuck, reason_of, reminder
from sidara.regions import queries as regions
from sidara.verification.core import Step
from tests.progress.conftest import TODAY, refreshed, submitted
from tests.world import NOW

LIMITS = Limits(dict.fromkeys(Step, 5), errors=5, returns=2)


def owed(**told):
    return Owed(
        **{"forms": 3, "overdue": 3, "begun": 0, "mending": 0, "errors": 0, "returns": 0, "first_due": 1}
        | told
    )


@pytest.mark.parametrize(
    ("reason", "told", "known"),
    [
        (Reason.NO_OFFICER, {"errors": 9}, Known(has_no_link=True, has_officer=False)),
        (Reason.NO_LINK, {"errors": 9}, Known(has_no_link=True, has_officer=True)),
        (Reason.RETURNED, {"mending": 3}, Known(has_no_link=True)),
        (Reason.NOT_UNDERSTOOD, {"errors": 5, "begun": 1}, Known()),
        (Reason.NOT_UNDERSTOOD, {"returns": 2, "mending": 1}, Known()),
        (Reason.RETURNED, {"mending": 1, "returns": 1, "begun": 1}, Known()),
        (Reason.UNFINISHED, {"begun": 1}, Known()),
        (Reason.NOT_BEGUN, {}, Known()),
    ],
)
def test_the_reason_that_explains_most_is_told(reason, told, known):
    assert reason_of(owed(**told), known, LIMITS) is reason


@pytest.mark.django_db
def test_hands_and_days_follow_from_the_tallies(province):
    village = province[0]
    submitted(village, forms=("PEM_SEMESTER", "KES_TRIWULAN", "PEM_TAHUNAN", "DIK_TAHUNAN"))
    refreshed()
    scope = queries.Scope(under=village)
    assert scope.dataset == EXAMPLES
    own = models.Tally.objects.filter(region__code=village, dataset=EXAMPLES)
    due = [one for one in own if one.came_day is None and one.due_day < TODAY.toordinal()]
    found = {one.step: one for one in queries.stuck(OPERATOR, scope, today=TODAY)}
    assert found[None].forms == len(due)
    assert found[None].days == TODAY.toordinal() - min(one.due_day for one in due)
    waits = queries.waits(OPERATOR, scope, today=TODAY)
    assert waits
    limits = queries.content(OPERATOR).limits.days
    for step, wait in waits.items():
        since = sorted(one.since_day for one in own if step.value in one.waiting.split())
        longest = TODAY.toordinal() - since[0]
        assert (wait.count, wait.longest) == (len(since), longest)
        assert wait.median == TODAY.toordinal() - since[len(since) // 2]
        if longest > limits[step]:
            assert (found[step].forms, found[step].days) == (len(since), longest)
        else:
            assert step not in found
    assert queries.villages_owing(OPERATOR, scope, today=TODAY) == (1, 1)
    assert sum(queries.reasons(OPERATOR, queries.Scope(EXAMPLES), today=TODAY).values()) == 393
    held = queries.owing(OPERATOR, scope, found[None], today=TODAY)
    assert {(one.form, one.period) for one in held} == {(one.form, one.period) for one in due}
    assert queries.stuck(OPERATOR, queries.Scope(COLLECTION), today=TODAY) == []


def test_a_reminder_names_the_form_the_day_and_what_is_missing():
    texts = {"not_begun": "Yth. {place}: {n} formulir\n{forms}", "endorsing": "Yth. kades {place}\n{forms}"}
    one = Stuck(1, None, Reason.NOT_BEGUN, 8, 12)
    missing = [
        Missing("Penduduk 2025", "31 Maret 2026", 4),
        Missing("Sekolah 2025", "31 Maret 2026", 2, is_begun=False),
        Missing("Kesehatan 2025", "1 April 2026", 0, returned=3),
        Missing("Keuangan 2025", "1 April 2026"),
        *[Missing(f"Lain {n}", "1 April 2026") for n in range(4)],
    ]
    told = reminder(texts, one, "Desa Contoh 001", "operator", missing)
    assert told.startswith(
        "Yth. Desa Contoh 001: 8 formulir\n- Penduduk 2025: 4 isian wajib belum terisi, batas 31 Maret 2026"
    )
    assert "Sekolah 2025: belum dimulai" in told
    assert "Kesehatan 2025: 3 isian perlu dibetulkan" in told
    assert "Keuangan 2025: lengkap, belum dikirim" in told
    assert told.endswith("- dan 2 formulir lain")
    sent = [Missing("Penduduk 2025", "31 Maret 2026", sent="2 Februari 2026")]
    endorsing = Stuck(1, Step.VILLAGE, Reason.WAITING, 1, 40)
    assert reminder(texts, endorsing, "Desa Contoh 001", "kepala desa", sent).endswith(
        "dikirim 2 Februari 2026"
    )


@pytest.mark.django_db
def test_an_officer_is_who_holds_the_role_today(province):
    (code,) = [one.code for one in regions.villages(OPERATOR, province[0][:8])][:1]
    place = regions.resolve(OPERATOR, code)
    assert accounts.regions_of_role(OPERATOR, "operator-desa", date(2026, 11, 24)) == frozenset()
    done = services.create(
        OPERATOR,
        login_name="operator-contoh",
        name="Contoh",
        function="Operator",
        role="operator-desa",
        under=(code,),
        is_everywhere=False,
        sectors=(),
        valid_from=date(2026, 11, 1),
        valid_to=date(2026, 12, 31),
        clock=lambda: NOW,
    )
    assert not done.is_refused
    assert accounts.regions_of_role(OPERATOR, "operator-desa", date(2026, 11, 24)) == {place.id}
    assert accounts.regions_of_role(OPERATOR, "operator-desa", date(2027, 1, 1)) == frozenset()
