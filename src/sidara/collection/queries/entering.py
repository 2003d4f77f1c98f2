"""Entry of one form: the bundle for the device, and what a page without script shows of the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sidara.checks import queries as checks
from sidara.collection.core.answering import Asking
from sidara.collection.core.bundle import Asked, asked
from sidara.collection.core.holding import Beside, Filling, HeldRow, held
from sidara.collection.core.judged import BESIDE_RULES
from sidara.collection.core.rights import FILL, READ
from sidara.collection.core.submission import Content, Key, Submission, SubmissionKey
from sidara.collection.core.village import Home, Village
from sidara.collection.queries.judging import _begun, _contents, asking_of, judged
from sidara.collection.queries.submissions import state_of, submission_row
from sidara.dictionary.core import Dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.kernel.kept import Kept
from sidara.kernel.period import Period
from sidara.regions import queries as regions
from sidara.regions.core import Region

KEPT = 64
"""How many forms (bound to a period) are kept ready; the largest takes 100 kB."""
_asked: Kept[Asked] = Kept(KEPT)


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a form reads elsewhere: other submissions, and by region and year the figures of tables."""

    homes: frozenset[Home]
    figures: Mapping[str, Mapping[int, Mapping[str, Any]]]


_reaches: Kept[_Reach] = Kept(KEPT)


@dataclass(frozen=True)
class Entry:
    """A form of a village and period, as it is asked and as it stands.

    `is_readonly`: it may only be read, by this reader or by everybody (`is_locked`: it was sent).
    """

    key: SubmissionKey
    asking: Asking
    period: Period
    region: Region
    under: tuple[str, ...]
    submission: Submission
    asked: Asked
    held: Mapping[str, Any]
    is_readonly: bool
    is_locked: bool = False

    @property
    def bundle(self) -> dict[str, Any]:
        """Give both halves for the device."""
        return {"asked": self.asked.body, "held": self.held}


def entry(
    actor: Actor,
    key: SubmissionKey,
    *,
    today: date,
    found: tuple[Asking, Region, Period] | None = None,
    state: Submission | None = None,
) -> Entry | Finding:
    """Give a form as a village fills it in; a finding where form, region or period do not exist.

    `found` is what `readable` gave for the same key, where a door has asked before, `state` the submission
    as a save left it a moment ago.
    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    asked_for = found or asking_of(actor, key)
    if isinstance(asked_for, Finding):
        return asked_for
    asking, place, period = asked_for
    sector = asking.questionnaire.form.sector
    require(actor, READ, region=place.code, sector=sector, dataset=key.dataset)
    own = SubmissionKey(key.form, place.code, str(period), key.dataset)
    wanted = _ready(actor, asking, period)
    submission = state or state_of(actor, submission_row(actor, own, place.id))
    is_locked = submission.is_locked and not submission.opened
    is_readonly = is_locked or not actor.may(FILL, region=place.code, sector=sector, dataset=key.dataset)
    above = tuple(one.full_name for one in reversed(regions.ancestors(actor, place.id)))
    filling = Filling(place.code, place.full_name, place.kind.value, above)
    body = held(
        wanted,
        filling,
        submission=submission,
        beside=_beside(actor, own, place, asking, wanted),
        today=today,
        is_readonly=is_readonly,
    )
    return Entry(own, asking, period, place, above, submission, wanted, body, is_readonly, is_locked)


def told_elsewhere(actor: Actor, entry: Entry, *, now: datetime) -> list[dict[str, object]]:
    """Give the findings that a device cannot make by itself: of other forms, and of a whole form."""
    found = judged(actor, entry.key, today=local_date(now))
    if isinstance(found, Finding):
        return []
    own = BESIDE_RULES | {task["c"] for task in entry.asked.body["tasks"]}
    return [one.flat() for one in found.told if one.finding.rule not in own]


def _ready(actor: Actor, asking: Asking, period: Period) -> Asked:
    """Give what a form asks at a period, made once for each version."""
    made = asking.dictionary
    return _asked.of(
        made, (asking.version, str(period)), lambda: asked(asking, checks.rules_of(actor, made), period)
    )


def _beside(actor: Actor, key: SubmissionKey, place: Region, asking: Asking, wanted: Asked) -> Beside:
    """Read what the device needs of other periods and forms."""
    own = Home(key.form, key.period)
    dictionary, book = asking.dictionary, checks.rules_of(actor, asking.dictionary)
    reach = _reaches.of(wanted, None, lambda: _reach(dictionary, wanted))
    others = reach.homes - {own}
    begun = _begun(key, place) if others else {}
    contents = _contents({begun[one]: one for one in others if one in begun})
    village = Village(place.code, place.kind.value, contents, dictionary, book)
    cells = {
        (one.variable, one.breakdown, home.period): content
        for home, filled in contents.items()
        for one, content in filled.items()
        if not one.row
    }
    lists = {
        (code, when): _rows(village, code, when)
        for code, when in wanted.lists
        if Home(dictionary.lists[code].form, when) != own
    }
    tables = {year: dict(figures) for year, figures in reach.figures.get(place.code, {}).items()}
    return Beside(cells, lists, tables)


def _reach(dictionary: Dictionary, wanted: Asked) -> _Reach:
    """Work out what a form reads elsewhere."""
    homes = {
        Home(dictionary.variables[code].form, when)
        for code, _, when in wanted.cells
        if code in dictionary.variables
    } | {Home(dictionary.lists[code].form, when) for code, when in wanted.lists}
    years = {at.year for _, _, when in wanted.cells if (at := periods.parse(when)) is not None}
    figures: dict[str, dict[int, dict[str, Any]]] = {}
    for code, one in dictionary.tables.items():
        for row in one.rows:
            if row.year in years:
                figures.setdefault(row.region, {}).setdefault(row.year, {})[code] = row.value
    return _Reach(frozenset(homes), figures)


def _rows(village: Village, code: str, when: str) -> list[HeldRow] | None:
    ids = village.rows(code, when)
    if ids is None:
        return None
    contents: Mapping[Key, Content] = village.contents.get(
        Home(village.dictionary.lists[code].form, when), {}
    )
    columns = village.dictionary.columns
    return [
        HeldRow(
            row,
            {
                key.variable: one
                for key, one in contents.items()
                if key.row == row and key.variable in columns
            },
        )
        for row in ids
    ]
