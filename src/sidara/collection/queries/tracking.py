"""What follows submissions reads: which were saved since, when, and what an empty form asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from sidara.checks import queries as checks
from sidara.collection import models
from sidara.collection.core.answering import Asking
from sidara.collection.core.judged import Counts
from sidara.collection.core.judging import Judge, counts_of
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.collection.queries.bulk import BATCH
from sidara.collection.queries.datasets import READ_CHANGES
from sidara.collection.queries.judging import reader_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.kept import Kept
from sidara.kernel.period import Period
from sidara.records.writing import last_number, numbered_after

KEPT = 4096
"""Counts of empty forms that are kept: those of a dozen years."""
_blanks: Kept[Counts] = Kept(KEPT)


FOLLOWED = tuple(f"submission__{name}" for name in ("uid", "dataset__code", "form", "region_id", "period"))
"""What of a submission is read beside the number of what happened to it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A submission to which something happened, under a number in the order of commit."""

    sequence: int
    uid: str
    dataset: str
    form: str
    region_id: int
    period: str

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "Followed":
        """Read a number with `FOLLOWED`."""
        at, uid, *rest = row
        return cls(at, str(uid), *rest)


def revisions_since(actor: Actor, cursor: int, *, limit: int) -> Sequence[Followed]:
    """Give at most `limit` revisions of submissions after `cursor`, in the order of commit.

    Start at 0; go on with the last `sequence` until there are none. Refuses (`NotAllowed`) an actor without
    `collection.read_changes`.
    """
    require(actor, READ_CHANGES)
    return [Followed.of(row) for row in numbered_after(models.Revision, cursor, FOLLOWED, limit=limit)]


def newest_revision(actor: Actor) -> int:
    """Give the sequence of the newest revision, 0 while there is none. Same right as `revisions_since`."""
    require(actor, READ_CHANGES)
    return last_number(models.Revision)


def begun_homes(actor: Actor) -> set[tuple[str, Home]]:
    """Give the data sets with the forms and periods that anybody began. Same right as `revisions_since`."""
    require(actor, READ_CHANGES)
    rows = models.Submission.objects.order_by().values_list("dataset__code", "form", "period").distinct()
    return {(dataset, Home(form, period)) for dataset, form, period in rows}


def moments(actor: Actor, submissions: Collection[str]) -> dict[tuple[str, int], datetime]:
    """Give when each revision of submissions (uid) was recorded (UTC), by uid and number."""
    require_somewhere(actor, READ)
    found: dict[tuple[str, int], datetime] = {}
    for uids in batched(sorted(submissions), BATCH):
        rows = models.Revision.objects.filter(submission__uid__in=uids).order_by()
        for uid, number, at in rows.values_list("submission__uid", "number", "made_at"):
            found[str(uid), number] = at
    return found


def blank_counts(actor: Actor, form: str, period: Period, kind: str, *, today: date) -> Counts | None:
    """Count what a form asks of a region of a kind (`desa`, `kelurahan`) that answered nothing at all.

    At the version of today; `None` where there is no such form. Of everybody, without log-in.
    """
    asked = dictionary.form(actor, form)
    if asked is None:
        return None
    return _blanks.of(asked.questionnaire, (period, kind), lambda: _blank(actor, asked, period, kind, today))


def _blank(actor: Actor, asked: dictionary.FormAsked, period: Period, kind: str, today: date) -> Counts:
    asking = Asking(asked.dictionary, asked.questionnaire, asked.digest, asked.version)
    form = asked.questionnaire.form.code
    judge = Judge(
        SubmissionKey(form, "", str(period)),
        asking,
        period,
        kind,
        checks.rules_of(actor, asked.dictionary),
        reader_of(actor, asked.dictionary),
        {},
        today,
    )
    return counts_of(judge, {judge.home: {}})
