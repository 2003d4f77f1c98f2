"""What returns and corrections opened: the cells of each, and the final figures that are being corrected."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.collection import queries as collection
from sidara.collection.core.submission import EMPTY, Content, Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.verification import models
from sidara.verification.core import WHOLE, Act, Correction, Level, Moved, Standing, changed, loud
from sidara.verification.queries.standing import judged, standing, stands_of


@dataclass(frozen=True, slots=True)
class Correcting:
    """A submission of which final cells are open for a correction since a day."""

    home: Home
    since: date


def opened_by(actor: Actor, key: SubmissionKey, held: Standing | None = None) -> dict[int, list[Moved]]:
    """Give what each return and correction of a submission opened, by the number of its event.

    `held` is the standing where it is known. Refuses (`NotAllowed`) as `standing`.
    """
    events = (held or standing(actor, key)).events
    if not any(one.act in {Act.RETURN, Act.CORRECT} for one in events):
        return {}
    rows = models.CellLevel.objects.filter(
        event__submission_id=events[0].link.submission,
        event__act__in=(Act.RETURN.value, Act.CORRECT.value),
        level=Level.DRAFT,
    ).exclude(variable=WHOLE.variable, breakdown="_")
    made: dict[int, list[Moved]] = {}
    for number, row, variable, breakdown, reason in rows.order_by("sequence").values_list(
        "event__number", "row", "variable", "breakdown", "reason"
    ):
        made.setdefault(number, []).append(Moved(Key(row, variable, breakdown), Level.DRAFT, reason))
    return made


def corrections(actor: Actor, key: SubmissionKey, held: Standing | None = None) -> dict[Key, Correction]:
    """Give the cells that were final, were opened for a correction and are not final again.

    Those that a check tied to the corrected ones are among them. Refuses (`NotAllowed`) as `standing`.
    """
    held = held or standing(actor, key)
    events = [one for one in held.events if one.act is Act.CORRECT]
    if not events or held.level is Level.PROVINCE:
        return {}
    opened, history = opened_by(actor, key, held), collection.cell_history(actor, key)
    made: dict[Key, Correction] = {}
    for one in events:
        before = _contents(history, one.link.revision)
        keys = {moved.key for moved in opened.get(one.link.number, ())}
        for cell in before if WHOLE in keys else keys:
            level = held.at(cell).level
            if level is not Level.PROVINCE:
                made[cell] = Correction(one, before.get(cell, EMPTY), level)
    return made


def correcting(actor: Actor, region: str, dataset: str = "") -> list[Correcting]:
    """Give the submissions of a village that are open for a correction only, the oldest first.

    Where a verifier returned cells, too, it is among `returned`. Refuses (`NotAllowed`) as `village_levels`.
    """
    order = "since", "submission__form"
    asked = {"level": Level.DRAFT, "returned": 0, "sent_at__isnull": False}
    rows = stands_of(actor, region, dataset, ("since",), order, **asked)
    return [Correcting(home, local_date(since)) for home, since in rows]


def opens_with(actor: Actor, key: SubmissionKey, cells: Collection[Key]) -> frozenset[Key]:
    """Give the cells that are opened with some: those that a check ties to them, the own ones of their rows.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    return collection.tied(actor, key, cells) | collection.rows_of(actor, key, cells)


def loud_cells(actor: Actor, key: SubmissionKey, *, today: date) -> frozenset[Key]:
    """Give the cells that a verifier should look at (`core.loud`).

    Same rights as `judged`; of a form, region or period that does not exist none.
    """
    made, filled = judged(actor, key, today=today), collection.filled(actor, key)
    if isinstance(made, Finding) or filled is None:
        return frozenset()
    held, cells = standing(actor, key), filled.state.contents
    return loud(made, cells, held, changed(corrections(actor, key, held), cells))


def _contents(history: Sequence[collection.CellRevision], revision: int) -> Mapping[Key, Content]:
    """Give what the cells said at a revision."""
    return {one.delta.key: one.delta.new for one in history if one.number <= revision}
