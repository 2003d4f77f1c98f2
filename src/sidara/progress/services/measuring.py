"""Counting of submissions that somebody began, a few hundred at a time, as the one judge has them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sidara.checks import queries as checks
from sidara.collection import queries as collection
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.progress.core import Hands, Measured, measure
from sidara.records.writing import reading
from sidara.verification import queries as verification


def measured(
    actor: Actor,
    *,
    dataset: str,
    begun: Sequence[collection.Begun],
    codes: Mapping[int, str],
    today: date,
) -> dict[str, Measured]:
    """Count submissions of a data set as of one moment, by uid; `codes` are those of their regions.

    One that no judge can read any more (its form is gone) is left out.
    """
    made: dict[str, Measured] = {}
    uids = [one.uid for one in begun]
    with reading():
        moments: dict[str, dict[int, datetime]] = {}
        for (uid, number), at in collection.moments(actor, uids).items():
            moments.setdefault(uid, {})[number] = at
        hands = _hands(actor, uids)
        for one in begun:
            key = SubmissionKey(one.form, codes[one.region_id], one.period, dataset)
            judged = verification.judged(actor, key, today=today)
            filled = collection.filled(actor, key)
            form = dictionary.form(actor, one.form, one.form_number)
            if isinstance(judged, Finding) or filled is None or form is None:
                continue
            stands = hands[one.uid]
            if stands.returned_now:
                mending = frozenset(verification.standing(actor, key).reasons)
                stands = replace(stands, being_mended=mending)
            book = checks.rules_of(actor, form.dictionary)
            made[one.uid] = measure(judged, filled.state.cells, stands, moments.get(one.uid, {}), book)
    return made


def _hands(actor: Actor, uids: Collection[str]) -> dict[str, Hands]:
    """Say where submissions lie; of one that was never sent nothing."""
    stood, back = verification.stood(actor, uids), verification.returned_ever(actor, uids)
    made = dict.fromkeys(uids, Hands())
    for uid, one in stood.items():
        given = back.get(uid)
        made[uid] = Hands(
            one.level,
            one.waiting,
            one.since,
            one.sent_at,
            one.due_date,
            one.returned,
            given.times if given else 0,
            given.cells if given else frozenset(),
            acts=one.number,
        )
    return made
