"""Before a form goes up the chain: what is missing, what is doubtful, who did what, what may be done now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.checks.core import CellFinding
from sidara.collection import queries as collection
from sidara.collection.core.answering import Asking
from sidara.collection.core.judged import NOT_FILLED, Judged, Told
from sidara.collection.core.rights import BRING
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Opening, Questionnaire
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import CellPlace, Finding, Severity
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.language import format_date, format_moment, format_number, say
from sidara.ui.periods import format_period
from sidara.verification import queries, services
from sidara.verification.core import WHOLE, Level, Standing
from sidara.verification.core.receipts import counting_day
from sidara.web.pages.entry import contents, correcting, evidence, prefill, redaction, window
from sidara.web.pages.entry.addresses import WEB_DOOR, field_id, field_name, page_of, section_of
from sidara.web.pages.entry.naming import Names
from sidara.web.pages.entry.past import Step, past
from sidara.web.pages.entry.tasks import files_of

LEVELS = (
    noop("draf"),
    noop("terkirim, menunggu pengesahan kepala desa"),
    noop("disahkan kepala desa"),
    noop("diperiksa kecamatan"),
    noop("diperiksa kabupaten"),
    noop("final"),
)
STANDINGS = (noop("belum dibuka"), noop("dibuka"), noop("terlambat, masih diterima"), noop("ditutup"))
SEND, WITHDRAW, ENDORSE = "kirim", "tarik", "sahkan"


@dataclass(frozen=True)
class Item:
    """One thing that is missing or doubtful: what, the remedy, where it is mended, what was said about it."""

    message: str
    remedy: str
    href: str
    explanation: str = ""


@dataclass(frozen=True)
class Page:
    """A form of a village and period on its way up; `acts` are those that this reader may do now."""

    key: SubmissionKey
    name: str
    period: str
    region: Region
    level: str
    finding: str
    closed: str
    missing: Sequence[Item]
    faults: Sequence[Item]
    doubts: Sequence[Item]
    conflicts: int
    measure: str
    filled: int
    required: int
    days: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    acts: frozenset[str]
    message_id: UUID
    revision: int
    content_hash: str
    refused: Sequence[Finding] = ()
    can_type: bool = False
    evidence_words: str = ""
    parts: Sequence[contents.Part] = ()
    returned: Sequence[Item] = ()
    tied: Sequence[Item] = ()
    mend_by: str = ""
    corrections: correcting.Corrections | None = None
    can_correct: bool = False

    @property
    def correcting(self) -> str:
        """Where final cells are opened for a correction."""
        return page_of("submission-correcting", self.key)

    @property
    def paper(self) -> str:
        """Where it is typed from paper."""
        return page_of("paper-entry", self.key)

    @property
    def prefill(self) -> str:
        """Where the form takes over what stands elsewhere."""
        return prefill.href(self.key)

    @property
    def evidence(self) -> str:
        """Where photographs and documents stand beside the form."""
        return evidence.href(self.key)

    @property
    def redaction(self) -> str:
        """Where personal data are taken out of texts."""
        return redaction.href(self.key)

    @property
    def entry(self) -> str:
        """Where the form is filled in."""
        return page_of("entry", self.key)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The form as files to take along."""
        return files_of(self.key)

    @property
    def tasks(self) -> str:
        """Where the tasks of the village stand."""
        return f"{reverse('tasks')}?desa={self.key.region}"


def build(actor: Actor, key: SubmissionKey, *, now: datetime, refused: Sequence[Finding] = ()) -> Page | None:
    """Build the page; `None` where form, region or period do not exist."""
    place, period = regions.resolve(actor, key.region), periods.parse(key.period)
    judged = queries.judged(actor, key, today=local_date(now))
    if place is None or period is None or isinstance(judged, Finding):
        return None
    form = dictionary.form(actor, key.form, judged.form_number)
    if form is None:
        return None
    held, filled = queries.standing(actor, key), collection.filled(actor, key)
    today, opening = local_date(now), dictionary.opening(actor, key.form, period, place.id)
    handed = queries.counting(actor, key, place.id, held)
    day = counting_day(today, handed[0] if handed else None)
    closed = window.closed(opening, day) if held.level is Level.DRAFT and not held.is_opened else ""
    asking = Asking(form.dictionary, form.questionnaire, form.digest, form.version)
    cells = filled.state.contents if filled else {}
    names = Names(asking, cells)
    writer = _Writer(key, form.questionnaire, _explanations(filled), names)
    missing = [one for one in judged.told if one.is_blocking and one.finding.code in NOT_FILLED]
    counts = judged.counts
    needed = counts.required - counts.not_applicable
    return Page(
        key=key,
        name=form.questionnaire.form.topic,
        period=format_period(period),
        region=place,
        level=say(held.level.words),
        finding=_finding(judged, held, closed),
        closed=closed,
        missing=[writer.item(one) for one in missing],
        faults=[writer.item(one) for one in judged.told if _is_fault(one)],
        doubts=[writer.item(one) for one in judged.told if one.finding.needs_explanation],
        conflicts=len(judged.conflicts),
        measure=_measure(counts.filled, needed),
        filled=counts.filled,
        required=needed,
        days=[*_days(opening, day if held.level is Level.DRAFT else None), *_received(handed)],
        steps=past(
            collection.cell_history(actor, key),
            held.events,
            collection.redactions(actor, key),
            queries.opened_by(actor, key, held),
            names,
        ),
        acts=_acts(actor, key, form.questionnaire.form.sector, held, is_ready=judged.is_ready and not closed),
        message_id=uuid4(),
        revision=judged.revision,
        content_hash=filled.content_hash if filled else "",
        refused=refused,
        can_type=held.level is Level.DRAFT and actor.may(BRING, region=key.region),
        evidence_words=evidence.summary(actor, key),
        parts=contents.parts_of(asking, place, cells) if filled else (),
        returned=[writer.returned(cell, held.reasons[cell]) for cell in sorted(held.reasons, key=names.rank)],
        tied=[Item(names.about(cell), "", writer.at(cell)) for cell in _tied(held, cells, names)],
        mend_by=format_date(held.mend_by) if held.mend_by else "",
        corrections=correcting.corrections(actor, key, held, names, writer.at),
        can_correct=_can_correct(actor, key, asking.questionnaire.form.sector, held),
    )


def _tied(held: Standing, cells: Collection[Key], names: Names) -> list[Key]:
    """Give the cells that are open because a check names them together with one that was returned."""
    if not held.is_returned or WHOLE in held.reasons or any(one.row for one in held.reasons):
        return []
    return sorted(held.drafted(held.every(cells)) - held.reasons.keys(), key=names.rank)


def act(actor: Actor, key: SubmissionKey, posted: QueryDict, *, now: datetime) -> Sequence[Finding] | None:
    """Do what the reader chose; gives what held it back, `None` where the page did not say what."""
    try:
        message = UUID(posted.get("pesan", ""))
    except ValueError:
        return None
    seen = posted.get("revisi", "")
    match posted.get("aksi"):
        case "kirim" if seen.isascii() and seen.isdigit():
            done = services.send_submission(
                actor, key=key, revision=int(seen[:9]), message_id=message, now=now
            )
        case "tarik":
            done = services.withdraw_submission(actor, key=key, message_id=message, now=now)
        case "sahkan":
            done = services.endorse_submission(
                actor, key=key, content_hash=posted.get("isi", ""), message_id=message, now=now
            )
        case _:
            return None
    return done.findings


def _measure(filled: int, required: int) -> str:
    if not required:
        return say("tidak ada yang wajib")
    figures = {"filled": format_number(filled), "required": format_number(required)}
    return say("{filled} dari {required} isian wajib terisi", **figures)


def _is_fault(one: Told) -> bool:
    return one.finding.severity is Severity.ERROR and one.finding.code not in NOT_FILLED


def _explanations(filled: collection.Filled | None) -> Mapping[Key, str]:
    cells = filled.state.cells if filled else {}
    return {key: one.content.explanation for key, one in cells.items() if one.content.explanation}


@dataclass(frozen=True)
class _Writer:
    """Writes findings as things to be done; `explained` is what was written at the cells."""

    key: SubmissionKey
    form: Questionnaire
    explained: Mapping[Key, str]
    names: Names

    def item(self, one: Told) -> Item:
        said = next(self._said(one), "") if one.is_explained else ""
        return Item(f"{_place(one.finding)}{one.finding.message}", one.finding.remedy, self._where(one), said)

    def returned(self, cell: Key, reason: str) -> Item:
        """Say which cell was returned and why, with the way to it; `WHOLE` is the form."""
        at = None if cell == WHOLE else cell
        return Item(self.names.about(at), reason, self.at(at))

    def _said(self, one: Told) -> Iterator[str]:
        """Give the explanations at the cells that a finding names, its own first."""
        row = one.key.row if one.key else ""
        keys = [one.key] if one.key else []
        for cell in (one.finding.place, *one.finding.cells):
            if isinstance(cell, CellPlace) and cell.period == self.key.period:
                keys += [
                    Key("", cell.variable, cell.breakdown),
                    Key(row, cell.variable, cell.breakdown),
                ]
        yield from (self.explained[key] for key in keys if key in self.explained)

    def _where(self, one: Told) -> str:
        """Give the address at which a finding is mended."""
        return self.at(one.key)

    def at(self, key: Key | None) -> str:
        """Give the address of a cell in the form: its field, or its section; of the form without one."""
        parts = [{variable.code for variable in variables} for _, variables in self.form.sections]
        parts += [{rows.code, *(column.code for column in rows.columns)} for rows in self.form.lists]
        code = key.variable if key else ""
        number = next((at for at, codes in enumerate(parts, 1) if code in codes), 0)
        if key is None or not number:
            return page_of(WEB_DOOR, self.key)
        is_list = any(code == rows.code for rows in self.form.lists)
        at = f"bagian-{number}" if is_list else field_id(field_name(key))
        return f"{section_of(WEB_DOOR, self.key, number)}#{at}"


def _place(finding: CellFinding) -> str:
    """Say in which row a finding stands, and in which category an answer is missing, before its message."""
    place = finding.place
    if not isinstance(place, CellPlace):
        return ""
    part = place.category if finding.code in NOT_FILLED else ""
    return "".join(f"{text[:1].upper()}{text[1:]}: " for text in (place.row, part) if text)


def _finding(judged: Judged, held: Standing, closed: str) -> str:
    """Say in one sentence how the form stands."""
    if held.level >= Level.ENDORSED:
        is_endorsed = say("Formulir ini sudah disahkan kepala desa. Isinya terkunci.")
        is_final = say("Semua pemeriksa sudah menerima formulir ini. Angkanya final.")
        return is_final if held.level is Level.PROVINCE else is_endorsed
    if held.level > Level.DRAFT:
        return say("Formulir ini sudah dikirim. Isinya terkunci.")
    if judged.revision == 0:
        return say("Formulir ini belum diisi.")
    count = len(judged.blocking) + len(judged.conflicts)
    if count:
        return say("{count} hal menahan pengiriman.", count=format_number(count))
    if held.is_opened:
        back = format_number(len(held.reasons))
        is_returned = say(
            "{n} isian dikembalikan pemeriksa. Betulkan atau jelaskan, lalu kirim lagi.", n=back
        )
        is_corrected = say("Isian final dibuka untuk koreksi. Ubah yang salah, lalu kirim lagi.")
        return is_returned if held.is_returned else is_corrected
    is_closed = say("Formulir ini lengkap, tetapi tidak dapat dikirim sekarang.")
    return is_closed if closed else say("Formulir ini siap dikirim.")


def _days(opening: Opening | None, today: date | None) -> list[tuple[str, str]]:
    """Say the days of the window, how it stands `today`, and for which decision the data must be ready."""
    if opening is None:
        return [(say("Jatuh tempo"), say("belum ditetapkan"))]
    rows = [
        (say("Dibuka"), format_date(opening.opens_date)),
        (say("Jatuh tempo"), format_date(opening.due_date)),
        (say("Diterima terlambat sampai"), format_date(opening.late_until)),
    ]
    if today:
        rows.append((say("Keadaan hari ini"), say(opening.standing(today).words)))
    needs = [
        f"{one.milestone.name}, {format_date(one.starts_date)}" if one.starts_date else one.milestone.name
        for one in opening.needs
    ]
    return [*rows, (say("Harus siap bagi"), "; ".join(needs))] if needs else rows


def _received(handed: tuple[datetime, str] | None) -> list[tuple[str, str]]:
    """Say when it was handed over at the kecamatan, and by which receipt."""
    if handed is None:
        return []
    told = say("{moment}, tanda terima {code}", moment=format_moment(handed[0]), code=handed[1])
    return [(say("Diterima kecamatan"), told)]


def _can_correct(actor: Actor, key: SubmissionKey, sector: str, held: Standing) -> bool:
    is_final = any(one.level is Level.PROVINCE for one in held.positions)
    return is_final and actor.may(services.CORRECT, region=key.region, sector=sector, dataset=key.dataset)


def _acts(actor: Actor, key: SubmissionKey, sector: str, held: Standing, *, is_ready: bool) -> frozenset[str]:
    """Say what this reader may do now; the services decide again."""

    def may(operation: str) -> bool:
        return actor.may(operation, region=key.region, sector=sector, dataset=key.dataset)

    made = set()
    sent = held.last_sent
    if held.level is Level.DRAFT and is_ready and may(services.SEND):
        made.add(SEND)
    if sent and not held.is_verified and sent.link.actor == str(actor.id) and may(services.WITHDRAW):
        made.add(WITHDRAW)
    if held.level is Level.SENT and may(services.ENDORSE):
        made.add(ENDORSE)
    return frozenset(made)
