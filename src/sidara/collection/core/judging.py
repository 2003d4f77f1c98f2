"""What is said of a submission as it stands: the one verdict that every door shows.

Findings of all checks with the cell at which they stand, what is computed from the answers, how much is
filled, and what holds back sending. Pure: whoever asks brings what the village filled in, as far as rules
read it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter

from sidara.checks.core import (
    CellFinding,
    Context,
    Kind,
    RuleBook,
    Stage,
    Task,
    copies_in,
    opened,
    programme,
)
from sidara.checks.core.judge import judge_at, stands
from sidara.collection.core.answering import Asking, breakdowns_asked, canonical_value
from sidara.collection.core.judged import Counts, Judged, Told
from sidara.collection.core.personal import is_cleared_up, personal_content
from sidara.collection.core.reads import Reads
from sidara.collection.core.submission import EMPTY, Content, Key, Submission, SubmissionKey
from sidara.collection.core.village import Home, Village
from sidara.dictionary.core import Answers, Reader, derived
from sidara.dictionary.core import skipped as skipped_in
from sidara.dictionary.core.words import AppliesTo, Totals
from sidara.expressions.binding import Bound
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.finding import CellPlace, Finding, Place, Severity
from sidara.kernel.period import Period

URBAN = "kelurahan"
"""The kind of region that questions for villages (`applies_to: desa`) do not concern."""
_CODE = re.compile(r"\b[A-Z]{3}_\d{3}\b")


@dataclass(frozen=True)
class Judge:
    """Everything that judging a submission needs but its cells.

    `begun` are all submissions of the village, by form and period; `stages` how far they are (absent =
    draft).
    """

    key: SubmissionKey
    asking: Asking
    period: Period
    region_kind: str
    book: RuleBook
    reader: Reader
    kinds: Mapping[str, Kind]
    today: date
    begun: Sequence[Home] = ()
    stages: Mapping[Home, Stage] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        """The form and period that is judged."""
        return Home(self.key.form, self.key.period)

    @cached_property
    def programmes(self) -> Mapping[Home, tuple[Task, ...]]:
        """The tasks that name a cell of this submission, by the submission that they belong to."""
        made = {self.home: programme(self.book, self.period, self.key.form)}
        for home in self.begun:
            at = periods.parse(home.period)
            if home == self.home or at is None or home.form not in readers_of(self.book, self.key.form):
                continue
            own = (task for task in programme(self.book, at, home.form) if self._names(task))
            made[home] = tuple(own)
        return {home: tasks for home, tasks in made.items() if tasks}

    def _names(self, task: Task) -> bool:
        return any(
            slot.period == self.key.period
            and (item := self.book.items.get(slot.variable)) is not None
            and item.form == self.key.form
            for slot in task.slots
        )

    def context(self, home: Home, answers: Answers) -> Context:
        """Give where and when a submission is judged, with the rows of lists at their last period by then."""
        at = periods.parse(home.period) or self.period
        subject = self.reader.subject(answers, at, self.today)
        tables = self.reader.tables(at.year)
        return Context(at, home.form, self.key.region, self.region_kind, self.today, subject.lists, tables)

    def concerns(self, code: str) -> bool:
        """Whether a question, a column or a list is asked in a region of this kind."""
        dictionary = self.reader.dictionary
        one = dictionary.variables.get(code) or dictionary.lists.get(code)
        if one is None and code in dictionary.columns:
            one = dictionary.columns[code][0]
        return one is None or self.region_kind != URBAN or one.applies_to is not AppliesTo.VILLAGES


def judge_submission(
    judge: Judge, submission: Submission, contents: Mapping[Home, Mapping[Key, Content]]
) -> Judged:
    """Judge a submission as it stands; `contents` hold its own cells and those that the rules read beside."""
    village = Village(judge.key.region, judge.region_kind, contents, judge.reader.dictionary, judge.book)
    answers = derived(judge.reader, village.answers())
    answers = skipped_in(judge.reader, answers, judge.key.form, judge.period)
    own = contents.get(judge.home, {})
    found = [*_of_rules(judge, village, answers), *_copies(judge, answers)]
    told = [
        Told(one, key, _is_explained(judge, one, key, own))
        for one, key in found
        if key is None or judge.concerns(key.variable)
    ]
    told += [*_lists(judge, village), *_reasons(judge, own), *_personal(judge, village, own)]
    skipped = frozenset(_skipped(judge, answers, village))
    computed = dict(_computed(judge, answers, village))
    return Judged(
        judge.key,
        submission.revision,
        judge.asking.number,
        judge.asking.version,
        judge.book.version,
        tuple(one for one in told if one.finding.severity is not Severity.NOT_EVALUATED),
        tuple(one for one in told if one.finding.severity is Severity.NOT_EVALUATED),
        computed,
        skipped,
        tuple(sorted(submission.conflicts)),
        _counts(judge, own, village, skipped, frozenset(computed)),
    )


def counts_of(judge: Judge, contents: Mapping[Home, Mapping[Key, Content]]) -> Counts:
    """Count what is asked and filled without judging any rule (see `judge_submission`)."""
    village = Village(judge.key.region, judge.region_kind, contents, judge.reader.dictionary, judge.book)
    answers = derived(judge.reader, village.answers())
    answers = skipped_in(judge.reader, answers, judge.key.form, judge.period)
    skipped = frozenset(_skipped(judge, answers, village))
    computed = frozenset(key for key, _ in _computed(judge, answers, village))
    return _counts(judge, contents.get(judge.home, {}), village, skipped, computed)


def told_in_bulk(judge: Judge, village: Village, found: Iterable[tuple[CellFinding, str]]) -> Iterator[Told]:
    """Tell on one of many submissions what rules found (with the id of the row), then lists and reasons."""
    own = village.contents.get(judge.home, {})
    for one, row in found:
        key = _key(judge, one.place, row)
        if one.severity is not Severity.NOT_EVALUATED and (key is None or judge.concerns(key.variable)):
            yield Told(one, key, _is_explained(judge, one, key, own))
    yield from _lists(judge, village)
    yield from _reasons(judge, own)
    yield from _personal(judge, village, own)


def needed(judge: Judge) -> frozenset[Home]:
    """Give the submissions whose cells are read when this one is judged, its own among them."""
    reads = Reads(judge.book, judge.reader)
    reads.homes |= {judge.home, Home(judge.key.form, str(judge.period.year_earlier))}
    for bound, at in _read_here(judge):
        reads.take(bound, at)
    return frozenset(reads.homes)


def _read_here(judge: Judge) -> Iterator[tuple[Bound, Period]]:
    """Give what judging evaluates: rules, and the form's own formulas and conditions."""
    for home, tasks in judge.programmes.items():
        at = periods.parse(home.period) or judge.period
        for task in tasks:
            yield from ((part.bound, at) for part in (task.holds, task.when) if part is not None)
    bound, at = judge.reader.bound, judge.period
    for one in judge.asking.questionnaire.variables:
        yield from ((bound(text, at), at) for text in (one.formula, one.relevance) if text)
    for own in judge.asking.questionnaire.lists:
        for column in own.columns:
            texts = (text for text in (column.formula, column.relevance) if text)
            yield from ((bound(text, at, own.code), at) for text in texts)


def _of_rules(judge: Judge, village: Village, answers: Answers) -> Iterator[tuple[CellFinding, Key | None]]:
    """Judge the rules; what names several submissions stands here with the weight that it has here."""
    for home, tasks in judge.programmes.items():
        context = judge.context(home, answers)
        for task in tasks:
            ids = village.rows(task.rule.own_list, home.period) if task.rule.own_list else None
            for stand in stands(task, answers.cells, context):
                row = ids[stand.row - 1] if ids and stand.row else ""
                for one in judge_at(task, stand, judge.book).findings:
                    here = _here(judge, home, one)
                    if here is not None:
                        yield here, _key(judge, here.place, row)


def _here(judge: Judge, home: Home, one: CellFinding) -> CellFinding | None:
    """Give a finding of the rules of `home` as it stands on the submission that is judged."""
    if one.severity is Severity.NOT_EVALUATED:
        return one if home == judge.home else None
    if home == judge.home and not judge.stages:
        return one
    return opened(one, judge.book, judge.stages).get(judge.home)


def _key(judge: Judge, place: Place, row: str) -> Key | None:
    if not isinstance(place, CellPlace) or not place.variable:
        return None
    item = judge.book.items.get(place.variable)
    return Key(row if item is not None and item.own_list else "", place.variable, place.breakdown)


def _copies(judge: Judge, answers: Answers) -> Iterator[tuple[CellFinding, None]]:
    """Tell a form that was copied from a year ago; copies of neighbours are found in bulk."""
    context = judge.context(judge.home, answers)
    yield from ((one, None) for one in copies_in(answers.cells, judge.book, context, judge.kinds))


def _is_explained(judge: Judge, one: CellFinding, key: Key | None, own: Mapping[Key, Content]) -> bool:
    row = key.row if key else ""
    keys = (
        _key(judge, cell, row)
        for cell in (one.place, *one.cells)
        if isinstance(cell, CellPlace) and cell.period == judge.key.period
    )
    return any(own.get(cell, EMPTY).explanation for cell in keys if cell is not None)


def _own(judge: Judge, key: Key, label: str, said: Finding) -> Told:
    """Make a finding of this room at a cell of the form."""
    item = judge.book.items.get(key.variable)
    place = CellPlace(
        form=judge.asking.questionnaire.form.name,
        section="" if item is None else item.section,
        variable=key.variable,
        label=label,
        breakdown=key.breakdown,
        category="" if key.breakdown == TOTAL else judge.book.label(*key.breakdown.split(":", 1)),
        period=judge.key.period,
        region=judge.key.region,
    )
    made = CellFinding(
        said.code,
        said.message,
        said.remedy,
        said.severity,
        place,
        rule=said.code,
        cells=(place,),
        figures=(None,),
    )
    return Told(made, key)


def _lists(judge: Judge, village: Village) -> Iterator[Told]:
    """Tell required lists that nobody filled in or declared empty."""
    for one in judge.asking.questionnaire.lists:
        if one.is_required and judge.concerns(one.code) and village.rows(one.code, judge.key.period) is None:
            message = f"Daftar {one.name.lower()} belum diisi."
            said = Finding("LIST_EMPTY", message, "Isi barisnya, atau nyatakan tidak ada.")
            yield _own(judge, Key("", one.code, TOTAL), one.name, said)


def _reasons(judge: Judge, own: Mapping[Key, Content]) -> Iterator[Told]:
    """Tell required answers that say `tidak_tahu` without a reason."""
    bare = [key for key, one in own.items() if one.state is State.UNKNOWN and not one.explanation]
    for key in sorted(bare):
        asked = judge.reader.dictionary.asked(key.variable)
        if asked and asked.is_required:
            yield _own(judge, key, asked.name, reason_missing(asked.name))


def _personal(judge: Judge, village: Village, own: Mapping[Key, Content]) -> Iterator[Told]:
    """Tell texts that look personal, but those of rows that were taken out; words beside them explain."""
    dictionary = judge.reader.dictionary
    found = [
        (key, asked.name, said)
        for key, content in own.items()
        if (asked := dictionary.asked(key.variable) or dictionary.lists.get(key.variable)) is not None
        for said in personal_content(asked, content, Place())
    ]
    for key, name, said in sorted(found, key=itemgetter(0)):
        if judge.concerns(key.variable) and (not key.row or _is_there(judge, village, key)):
            yield replace(_own(judge, key, name, said), is_explained=is_cleared_up(own[key]))


def _is_there(judge: Judge, village: Village, key: Key) -> bool:
    """Whether the row of a cell is there."""
    own = judge.reader.dictionary.columns.get(key.variable)
    return own is not None and key.row in (village.rows(own[0].code, judge.key.period) or ())


def reason_missing(name: str) -> Finding:
    """Say that an answer is not known and nobody wrote why."""
    return Finding(
        "REASON_MISSING",
        f"{name} dinyatakan tidak tahu tanpa alasan.",
        "Tulis pada penjelasan mengapa tidak diketahui, atau isi jawabannya.",
        Severity.WARNING,
    )


def _skipped(judge: Judge, answers: Answers, village: Village) -> Iterator[Key]:
    """Give the cells that relevance skips."""
    for one in judge.asking.questionnaire.variables:
        if not (one.relevance and one.is_asked and judge.concerns(one.code)):
            continue
        parts = judge.reader.relevance(answers, one, judge.period)
        total = parts.get(TOTAL, False if all(said is False for said in parts.values()) else None)
        for breakdown in breakdowns_asked(judge.reader.dictionary, one):
            if parts.get(breakdown, total) is False:
                yield Key("", one.code, breakdown)
    for own in judge.asking.questionnaire.lists:
        ids = village.rows(own.code, judge.key.period) or ()
        rows = answers.lists.get((own.code, judge.key.period)) or ()
        for column in (column for column in own.columns if column.relevance):
            for row_id, row in zip(ids, rows, strict=True):
                if not judge.reader.column_relevance(answers, column, own.code, row, judge.period):
                    yield Key(row_id, column.code, TOTAL)


def _computed(judge: Judge, answers: Answers, village: Village) -> Iterator[tuple[Key, str]]:
    """Give the computed values of the form and of its rows, sums of parts where no total was given."""
    own = village.contents.get(judge.home, {})
    for one in judge.asking.questionnaire.variables:
        total = Key("", one.code, TOTAL)
        is_summed = one.parts is Totals.EQUAL and own.get(total, EMPTY).state is State.EMPTY
        if one.formula or is_summed:
            parts = judge.reader.dictionary.breakdowns(one) if one.formula else ()
            for breakdown in (*parts, TOTAL):
                cell = answers.cells.get((one.code, breakdown, judge.key.period))
                if cell is not None and cell.value is not None:
                    text = canonical_value(judge.reader.dictionary, one, cell.value)
                    yield Key("", one.code, breakdown), text
    for own_list in judge.asking.questionnaire.lists:
        ids = village.rows(own_list.code, judge.key.period) or ()
        rows = answers.lists.get((own_list.code, judge.key.period)) or ()
        for column in (column for column in own_list.columns if column.formula):
            for row_id, row in zip(ids, rows, strict=True):
                value = row[column.code].value if column.code in row else None
                if value is not None:
                    yield (
                        Key(row_id, column.code, TOTAL),
                        canonical_value(judge.reader.dictionary, column, value),
                    )


def _counts(
    judge: Judge,
    own: Mapping[Key, Content],
    village: Village,
    skipped: frozenset[Key],
    computed: frozenset[Key],
) -> Counts:
    asked, required = [], []
    for one in judge.asking.questionnaire.variables:
        if one.is_asked and judge.concerns(one.code):
            keys = [Key("", one.code, part) for part in breakdowns_asked(judge.reader.dictionary, one)]
            asked += keys
            required += keys if one.is_required else []
    lists = [one for one in judge.asking.questionnaire.lists if judge.concerns(one.code)]
    ids = {one.code: village.rows(one.code, judge.key.period) for one in lists}
    for own_list in lists:
        for column in (column for column in own_list.columns if column.is_asked):
            keys = [Key(row, column.code, TOTAL) for row in ids[own_list.code] or ()]
            asked += keys
            required += keys if column.is_required else []
    needed_lists = [one.code for one in lists if one.is_required]
    filled_lists = [code for code in needed_lists if ids[code] is not None]
    states = {key: own.get(key, EMPTY).state for key in required}
    passed = {key for key, state in states.items() if key in skipped or state is State.NOT_APPLICABLE}
    filled = [
        state
        for key, state in states.items()
        if key not in passed and (state is not State.EMPTY or key in computed)
    ]
    return Counts(
        len(asked) + len(lists),
        len(required) + len(needed_lists),
        len(filled) + len(filled_lists),
        filled.count(State.UNKNOWN),
        len(passed),
    )


@lru_cache(maxsize=512)
def readers_of(book: RuleBook, form: str) -> frozenset[str]:
    """Give the other forms whose rules name a question of a form."""
    own = {code for code, item in book.items.items() if item.form == form}
    return frozenset(
        rule.form
        for rule in book.rules
        if rule.form != form and not own.isdisjoint(_CODE.findall(f"{rule.holds} {rule.when}"))
    ) | {form}
