"""The same counts in plain Python, from stored cells, acts and windows: no table, no SQL of ours."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.answering import breakdowns_asked
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core.words import AppliesTo
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.regions import queries as regions
from sidara.verification import queries as verification
from sidara.verification.core import Act, Level


@dataclass
class Count:
    """What the page shows of some submissions."""

    expected: int = 0
    begun: int = 0
    sent: int = 0
    final: int = 0
    required: int = 0
    filled: int = 0
    unknown: int = 0
    not_applicable: int = 0
    cells: int = 0
    doubted: int = 0
    unexplained: int = 0
    returned: int = 0
    copied: int = 0
    poor: int = 0
    late: int = 0
    recorded_days: int = 0
    punctual: int = 0
    judged: int = 0

    def add(self, other):
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class ByHand:
    """Counts of one data set by village, form and period, and where each village lies."""

    dataset: str
    today: date
    returned: dict = field(default_factory=dict)
    """Cells that the test returned, by (village, form, period)."""
    received: dict = field(default_factory=dict)
    """Days on which the test let files be handed over, by the same."""

    def counts(self):
        """Give (village, form, period) -> Count for everything that is expected."""
        made = dictionary.dictionary(OPERATOR)
        villages = regions.villages(OPERATOR, "19", examples=self.dataset == EXAMPLES)
        listed = {
            (one.region, one.form, one.period)
            for one in collection.listed(OPERATOR, dataset=self.dataset, under="")
        }
        first = min(int(period[:4]) for _, _, period in listed)
        found, blank, days = {}, {}, {}
        for form in made.forms.values():
            for year in range(first, self.today.year + 1):
                for at in periods.year(year).parts(form.frequency.span):
                    days[form.code, str(at)] = dictionary.opening(OPERATOR, form.code, at)
        for village in villages:
            for (form, period), opening in days.items():
                if opening is None or opening.opens_date > self.today:
                    continue
                key = village.code, form, period
                if key in listed:
                    found[key] = self._begun(key, village.kind, opening)
                    continue
                empty = form, village.kind
                if empty not in blank:
                    blank[empty] = self._blank(form, village.kind)
                if not blank[empty].expected:
                    continue
                one = Count(**vars(blank[empty]))
                self._time(one, self.received.get(key), opening.due_date)
                found[key] = one
        self._copies(found)
        return found

    def _asked(self, form, kind):
        """Give the variables and lists of a form that concern a kind of village."""
        asked = dictionary.form(OPERATOR, form).questionnaire
        is_asked = lambda one: kind.value != "kelurahan" or one.applies_to is not AppliesTo.VILLAGES  # noqa: E731 - short
        return (
            [one for one in asked.variables if one.is_asked and is_asked(one)],
            [one for one in asked.lists if is_asked(one)],
        )

    def _blank(self, form, kind):
        variables, lists = self._asked(form, kind)
        made = dictionary.dictionary(OPERATOR)
        cells = sum(len(breakdowns_asked(made, one)) for one in variables if one.is_required)
        return Count(
            expected=1 if variables or lists else 0,
            required=cells + sum(one.is_required for one in lists),
        )

    def _begun(self, key, kind, opening):
        code, form, period = key
        own = SubmissionKey(form, code, period, self.dataset)
        filled = collection.filled(OPERATOR, own)
        judged = verification.judged(OPERATOR, own, today=self.today)
        made = dictionary.dictionary(OPERATOR)
        held = {cell: one for cell, one in filled.state.contents.items() if one.state is not State.EMPTY}
        variables, lists = self._asked(form, kind)
        required = {
            ("", one.code, part)
            for one in variables
            if one.is_required
            for part in breakdowns_asked(made, one)
        }
        count = Count(expected=1, begun=1)
        for one in lists:
            columns = {column.code: column for column in one.columns if column.is_asked}
            gone = {
                cell.row
                for cell, held_ in held.items()
                if cell.variable == one.code and held_.value == "false"
            }
            there = {cell.row for cell in held if cell.row and cell.variable in {one.code, *columns}} - gone
            required |= {(row, code, TOTAL) for row in there for code in columns if columns[code].is_required}
            if one.is_required:
                count.required += 1
                declared = [c for c in held if c.variable == one.code and held[c].state is State.NONE]
                count.filled += bool(there or declared)
        states = {(cell.row, cell.variable, cell.breakdown): one.state for cell, one in held.items()}
        skipped = {(cell.row, cell.variable, cell.breakdown) for cell in judged.not_applicable}
        computed = {(cell.row, cell.variable, cell.breakdown) for cell in judged.derived}
        for cell in required:
            count.required += 1
            state = states.get(cell)
            if cell in skipped or state is State.NOT_APPLICABLE:
                count.not_applicable += 1
            elif state is not None or cell in computed:
                count.filled += 1
                count.unknown += state is State.UNKNOWN
        count.cells = len(held)
        doubted, bare = set(), set()
        for one in judged.told:
            if one.finding.needs_explanation:
                named = {
                    cell
                    for place in (one.finding.place, *one.finding.cells)
                    for cell in held
                    if (cell.variable, cell.breakdown)
                    == (getattr(place, "variable", ""), getattr(place, "breakdown", ""))
                    and place.period == period
                    and cell.row in {"", one.key.row if one.key else ""}
                }
                doubted |= named
                bare |= set() if one.is_explained else named
        back = self.returned.get(key, set()) & set(held)
        count.doubted, count.unexplained, count.returned = len(doubted), len(bare), len(back)
        count.poor = len(back | bare)
        last = {one.delta.key: one.made_at for one in collection.cell_history(OPERATOR, own)}
        count.recorded_days = sum(local_date(last[cell]).toordinal() for cell in held)
        stood = verification.standing(OPERATOR, own)
        count.sent, count.final = stood.level >= Level.SENT, stood.level is Level.PROVINCE
        sent = [one for one in stood.events if one.act is Act.SEND]
        days = [local_date(sent[0].link.at)] if sent else []
        days += [self.received[key]] if key in self.received else []
        self._time(count, min(days, default=None), sent[0].due_date if sent else opening.due_date)
        numbers = {
            (cell.variable, cell.breakdown): one.value
            for cell, one in held.items()
            if not cell.row
            and cell.variable in made.variables
            and made.variables[cell.variable].is_number
            and not made.variables[cell.variable].formula
            and one.state is State.VALUE
            and one.value != "0"
        }
        self.numbers[key] = (
            numbers,
            max(
                (last[cell] for cell in held if (cell.variable, cell.breakdown) in numbers and not cell.row),
                default=None,
            ),
        )
        self.bad[key] = {(c.row, c.variable, c.breakdown) for c in back | bare}
        return count

    def _time(self, count, came, due):
        """Say how punctual a submission is that came on a day, or did not come."""
        if came is not None or due < self.today:
            late = ((came or self.today) - due).days
            count.judged, count.late = 1, late > 0
            count.punctual = 30 if late <= 0 else max(0, 30 - late)

    def _copies(self, found):
        """Say which have the numbers of a year ago, or of another one of the kecamatan before."""
        for key, (numbers, at) in self.numbers.items():
            code, form, period = key
            if len(numbers) < 10 or key not in found:
                continue
            earlier = code, form, str(periods.parse(period).year_earlier)
            others = [
                when
                for other, (same, when) in self.numbers.items()
                if other != key and other[1:] == key[1:] and other[0][:8] == code[:8] and same == numbers
            ]
            is_copy = self.numbers.get(earlier, ({}, None))[0] == numbers
            if is_copy or any(when <= at for when in others):
                found[key].copied = len(numbers)
                found[key].poor = len(self.bad[key] | {("", *cell) for cell in numbers})

    def __post_init__(self):
        self.numbers, self.bad = {}, {}


def summed(counts, by):
    """Add counts by a function of (village, form, period)."""
    made = defaultdict(Count)
    for key, one in counts.items():
        made[by(*key)].add(one)
    return dict(made)
