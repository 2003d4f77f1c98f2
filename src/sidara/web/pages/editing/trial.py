"""A trial run (*uji coba*): example answers typed into a form as it would be asked, and what its checks find.

Nothing is stored. Figures that rules read from other forms are asked below, at the period in which they are
read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_noop as noop

from sidara.checks import queries as checks
from sidara.checks.core import Context, judge
from sidara.dictionary.core import (
    Answers,
    Column,
    Dictionary,
    Questionnaire,
    Reader,
    Thing,
    Variable,
    derived,
    typed,
)
from sidara.dictionary.core.expressions import of_asked, variables_read
from sidara.dictionary.core.words import Weight
from sidara.dictionary.queries import Review
from sidara.expressions import ExpressionFault, read
from sidara.kernel.actor import Actor
from sidara.kernel.cell import Cell, State
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Severity
from sidara.kernel.period import Period, last_ended
from sidara.ui.language import format_number, say
from sidara.web.pages.dictionary.words import limits
from sidara.web.pages.editing import addresses
from sidara.web.pages.places import Link

TOTAL = "_T"
REGION = "62.01.02.2016"
MOST_ROWS = 20
NONE, UNKNOWN = State.NONE.words, State.UNKNOWN.words


@dataclass(frozen=True)
class Asked:
    """One input: its name, words, unit, how it is answered, what was typed, what is wrong with that."""

    name: str
    label: str
    unit: str
    look: str
    typed: str
    options: Sequence[tuple[str, str, bool]]
    fault: str

    @property
    def id(self) -> str:
        """The id on the page."""
        return "u-" + "".join(one if one.isalnum() else "-" for one in self.name)


@dataclass(frozen=True)
class Question:
    """A question with its inputs: one, or one a category."""

    code: str
    text: str
    hint: str
    inputs: Sequence[Asked]
    outcome: str


@dataclass(frozen=True)
class Section:
    """Questions under a heading; a list has rows of questions."""

    title: str
    questions: Sequence[Question]
    rows: Sequence[Sequence[Question]] = ()
    add: str = ""


@dataclass(frozen=True)
class Said:
    """What a check says: how much it weighs, where, message and remedy."""

    weight: str
    style: str
    place: str
    message: str
    remedy: str
    rule: str


@dataclass(frozen=True)
class TrialPage:
    """The form to try and what came of it; `blocked` says why nothing can be tried yet."""

    title: str
    lead: str
    trail: Sequence[Link]
    back: str
    blocked: str
    sections: Sequence[Section]
    is_judged: bool
    summary: str
    said: Sequence[Said]
    open_count: int
    unanswered: Sequence[Said]


def build(review: Review, actor: Actor, code: str, posted: QueryDict | None) -> TrialPage | None:
    """Build the trial run of a form of a draft; `None` when there is no such form."""
    asked = review.form(code)
    if asked is None:
        return None
    blocked = ""
    if any(one.severity is Severity.ERROR for one in review.findings):
        blocked = say(
            "Perbaiki dulu yang menahan simpan pada halaman rancangan; sesudah itu formulir dapat dicoba."
        )
    trial = _Trial(review.dictionary, asked, posted, local_date(now()))
    said = () if blocked or posted is None else tuple(trial.judged(actor))
    told = [one for one in said if one.style != "open"]
    return TrialPage(
        title=asked.form.name,
        lead=say(
            "Ketik jawaban contoh, lalu tekan “Periksa jawaban”. Tidak ada yang disimpan. "
            "Periode contoh: {period}.",
            period=str(trial.at),
        ),
        trail=addresses.trail(
            Link(review.draft.title, addresses.draft(review.draft.id)),
            Link(say("Uji coba {code}", code=code), ""),
        ),
        back=addresses.draft(review.draft.id),
        blocked=blocked,
        sections=() if blocked else tuple(trial.sections()),
        is_judged=posted is not None and not blocked,
        summary=_summary(told),
        said=told,
        open_count=len(said) - len(told),
        unanswered=[one for one in said if one.style == "open"],
    )


def _summary(told: Sequence[Said]) -> str:
    if not told:
        return say("Tidak ada yang janggal pada jawaban ini.")
    return say("{count} hal ditemukan pada jawaban ini", count=format_number(len(told)))


class _Trial:
    """A form, what was typed into it, and the answers that come of that."""

    def __init__(
        self, known: Dictionary, asked: Questionnaire, posted: QueryDict | None, today: date
    ) -> None:
        self.known = known
        self.asked = asked
        self.posted = posted
        self.today = today
        self.at = last_ended(asked.form.frequency.span, today)
        self.faults: dict[str, str] = {}
        self.elsewhere = tuple(self._elsewhere())
        self.answers = self._answers()

    def text(self, name: str) -> str:
        return str(self.posted.get(name, "") or "").strip() if self.posted is not None else ""

    def period(self, variable: Variable) -> Period:
        """Give the period at which a variable is read from here."""
        form = self.known.forms[variable.form]
        return last_ended(form.frequency.span, self.at.last_day)

    def _elsewhere(self) -> Iterator[Variable]:
        """Give the variables of other forms that rules and formulas of this one read."""
        own = {one.code for one in self.asked.variables}
        found: dict[str, None] = {}
        things: list[tuple[Variable | Column, str | None]] = [(one, None) for one in self.asked.variables]
        things += [(column, one.code) for one in self.asked.lists for column in one.columns]
        for thing, own_list in things:
            for given in of_asked(Thing.VARIABLE, thing.code, thing, own_list):
                try:
                    expression = read(given.text, self.known.vocabulary, own_list=own_list)
                except ExpressionFault:
                    continue
                found |= dict.fromkeys(variables_read(expression, self.known.vocabulary, own_list))
        return (
            self.known.variables[code] for code in found if code not in own and code in self.known.variables
        )

    def _answers(self) -> Answers:
        cells: dict[tuple[str, str, str], Cell] = {}
        for variable in (*self.asked.variables, *self.elsewhere):
            if not variable.is_asked and variable in self.asked.variables:
                continue
            for part in self.known.breakdowns(variable) or (TOTAL,):
                cell = self._cell(variable, f"c|{variable.code}|{part}")
                if cell is not None:
                    cells[variable.code, part, str(self.period(variable))] = cell
            total = self._total(variable)
            if total is not None:
                cells[variable.code, TOTAL, str(self.period(variable))] = total
        lists = {
            (one.code, str(self.at)): [
                self._row(one.columns, f"r|{one.code}|{n}") for n in range(self._rows(one.code))
            ]
            for one in self.asked.lists
            if self._rows(one.code)
        }
        made = Answers(REGION, "desa", cells, lists)
        return derived(Reader(self.known), made) if cells or lists else made

    def _total(self, variable: Variable) -> Cell | None:
        """Read the total of a broken-down figure where one is asked beside its parts."""
        if (
            not variable.classifications
            or variable.parts is None
            or variable.parts.value != "sama_dengan_total"
        ):
            return None
        return self._cell(variable, f"c|{variable.code}|{TOTAL}")

    def _row(self, columns: Sequence[Column], name: str) -> dict[str, Cell]:
        found = {one.code: self._cell(one, f"{name}|{one.code}") for one in columns if one.is_asked}
        return {code: cell for code, cell in found.items() if cell is not None}

    def _rows(self, code: str) -> int:
        text = self.text(f"n|{code}")
        count = int(text) if text.isascii() and text.isdigit() else 0
        return min(count + (self.text("tambah") == code), MOST_ROWS)

    def _cell(self, asked: Variable | Column, name: str) -> Cell | None:
        texts = self.posted.getlist(name) if self.posted is not None else []
        text = " ".join(one.strip() for one in texts if one.strip())
        if not text:
            return None
        if text.lower() in {NONE, UNKNOWN}:
            return Cell(State.NONE if text.lower() == NONE else State.UNKNOWN)
        if asked.is_number:
            text = text.replace(".", "").replace(",", ".") if "," in text else text
        value = typed(self.known, asked, text)
        if value is None:
            self.faults[name] = say("“{text}” bukan {type}.", text=text, type=say(asked.type.words))
            return None
        return Cell(State.VALUE, value)

    def judged(self, actor: Actor) -> Iterator[Said]:
        """Judge the answers by all rules of the form: the dictionary's, and those that follow from items."""
        subject = Reader(self.known).subject(self.answers, self.at, self.today)
        tables = Reader(self.known).tables(self.at.year)
        context = Context(self.at, self.asked.form.code, REGION, "desa", self.today, subject.lists, tables)
        book = checks.rules_of(actor, self.known)
        for one in judge(self.answers.cells, book, context).findings:
            weight, style = _WEIGHTS[one.severity]
            place = one.place
            words = ", ".join(
                part
                for part in (
                    getattr(place, "row", ""),
                    getattr(place, "label", ""),
                    getattr(place, "category", ""),
                )
                if part
            )
            yield Said(say(weight), style, words, one.message, one.remedy, one.rule or one.code)

    def sections(self) -> Iterator[Section]:
        """Lay the form out, lists after the sections, figures of other forms last."""
        for title, variables in self.asked.sections:
            yield Section(title, [self._question(one) for one in variables])
        for one in self.asked.lists:
            rows = [
                [self._column(column, f"r|{one.code}|{number}") for column in one.columns if column.is_asked]
                for number in range(self._rows(one.code))
            ]
            yield Section(one.name, (), rows, one.code)
        if self.elsewhere:
            title = say("Dari formulir lain, dibaca aturan formulir ini")
            yield Section(title, [self._question(one, is_own=False) for one in self.elsewhere])

    def _question(self, one: Variable, *, is_own: bool = True) -> Question:
        parts = self.known.breakdowns(one)
        names = [TOTAL] if not parts else list(parts)
        if parts and one.parts is not None and one.parts.value == "sama_dengan_total":
            names.append(TOTAL)
        is_typed = one.is_asked or not is_own
        inputs = [
            self._input(one, f"c|{one.code}|{part}", self._part(one, part)) for part in names if is_typed
        ]
        held = self.answers.cells.get((one.code, TOTAL, str(self.period(one))))
        shown = (
            str(held.value) if held is not None and held.value is not None else say("belum dapat dihitung")
        )
        outcome = "" if is_typed else shown
        return Question(
            one.code,
            one.question if is_own else f"{one.name} ({self.period(one)})",
            limits(one.range),
            inputs,
            outcome,
        )

    def _column(self, one: Column, name: str) -> Question:
        return Question(
            one.code, one.question, limits(one.range), [self._input(one, f"{name}|{one.code}", "")], ""
        )

    def _part(self, one: Variable, part: str) -> str:
        if part == TOTAL:
            return say("Jumlah seluruhnya") if one.classifications else ""
        labels = []
        for piece in part.split("|"):
            name, _, code = piece.partition(":")
            found = self.known.classifications.get(name)
            labels.append(
                next((one.label for one in found.categories if one.code == code), code) if found else code
            )
        return ", ".join(labels)

    def _input(self, one: Variable | Column, name: str, label: str) -> Asked:
        texts = self.posted.getlist(name) if self.posted is not None else []
        look = "many" if one.type.value == "pilihan_jamak" else "one" if one.is_choice else "text"
        options = [(option.code, option.label, option.code in texts) for option in self.known.options_of(one)]
        if one.type.value == "ya_tidak":
            look = "one"
            options = [("ya", say("ya"), "ya" in texts), ("tidak", say("tidak"), "tidak" in texts)]
        unit = one.unit if one.is_number else ""
        return Asked(name, label, unit, look, self.text(name), options, self.faults.get(name, ""))


_WEIGHTS = {
    Severity.ERROR: (Weight.ERROR.words, "error"),
    Severity.WARNING: (Weight.WARNING.words, "warning"),
    Severity.INFO: (Weight.INFO.words, "info"),
    Severity.NOT_EVALUATED: (noop("belum dapat dinilai"), "open"),
}
