"""What may be accepted, returned and corrected: everything that holds it back, each with its remedy."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sidara.collection.core.answering import shown, tidy
from sidara.collection.core.judged import Judged
from sidara.collection.core.submission import EMPTY, Content, Key
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date, format_number
from sidara.verification.core.chain import Chain
from sidara.verification.core.events import NONE_LEFT, WHOLE, Event, Moved, Standing
from sidara.verification.core.levels import Act, Level, Step

SHORTEST_REASON = 5
"""Characters of a reason that somebody can work with."""
LONGEST_REASON = 2_000
_RELOAD = "Muat ulang halaman ini, periksa isinya, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Seen:
    """What a verifier looks at: a step of the chain, the cells that are there, with their last revision.

    `revision` is the one of the submission that was seen, `strange` are cells that it has not.
    """

    step: Step
    revision: int
    cells: Mapping[Key, int]
    strange: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that was final and was opened by `event`: what it said then, and where it stands now."""

    event: Event
    before: Content
    level: Level


def waiting_for(held: Standing, chain: Chain, step: Step, keys: Collection[Key]) -> frozenset[Key]:
    """Give the cells that wait for a step."""
    return frozenset(key for key in keys if step in chain.waiting(held.at(key)))


def loud(
    judged: Judged, cells: Mapping[Key, Content], held: Standing, corrected: Collection[Key] = ()
) -> frozenset[Key]:
    """Give the cells that a verifier should look at, of a submission as it is judged and stands.

    A check or the village says something of them, they are not known, they were returned before, or they are
    `corrected`: they said something else when they were final.
    """
    told = {one.key for one in judged.told if one.key is not None}
    said = {key for key, one in cells.items() if one.state is State.UNKNOWN or one.explanation}
    return frozenset(told | said | held.returns.keys() | set(corrected))


def changed(corrected: Mapping[Key, Correction], cells: Mapping[Key, Content]) -> frozenset[Key]:
    """Give those of the corrected cells that say something else than when they were final."""
    return frozenset(key for key, one in corrected.items() if cells.get(key, EMPTY) != one.before)


def returnable(held: Standing, chain: Chain, step: Step, key: Key) -> bool:
    """Whether a step may return a cell: it waits for the step, or went no further since."""
    position = held.at(key)
    return step in chain.waiting(position) or step in position.accepted


def accepting(held: Standing, chain: Chain, seen: Seen, keys: Collection[Key]) -> Iterator[Finding]:
    """Say what holds back that a step stands for some cells."""
    if held.last_sent is None:
        yield _not_sent()
        return
    if not keys:
        say = f"Tidak ada sel yang menunggu {seen.step.words}."
        yield Finding("ACCEPT_NOTHING", say, "Tidak ada yang perlu dilakukan.")
    elsewhere = set(keys) - (waiting_for(held, chain, seen.step, keys) - seen.strange)
    if elsewhere:
        say = f"{format_number(len(elsewhere))} sel tidak sedang menunggu {seen.step.words}."
        yield Finding("ACCEPT_NOT_WAITING", say, _RELOAD, value=_named(elsewhere))
    yield from _moved(seen, keys)


def returning(  # noqa: PLR0913, PLR0917 - what a return says
    held: Standing, chain: Chain, seen: Seen, reasons: Mapping[Key, str], due_date: date | None, today: date
) -> Iterator[Finding]:
    """Say what holds back that a step returns cells, each for a reason; `WHOLE` returns the form."""
    if held.last_sent is None:
        yield _not_sent()
        return
    if not reasons:
        yield Finding("RETURN_NOTHING", "Belum ada sel yang dipilih.", "Pilih sel yang perlu dibetulkan.")
    keys = seen.cells if WHOLE in reasons else reasons
    elsewhere = {key for key in keys if key in seen.strange or not returnable(held, chain, seen.step, key)}
    if elsewhere:
        say = f"{format_number(len(elsewhere))} sel tidak sedang menunggu {seen.step.words}."
        yield Finding("RETURN_NOT_WAITING", say, _RELOAD, value=_named(elsewhere))
    for key, reason in reasons.items():
        if not _says(reason):
            most = format_number(LONGEST_REASON)
            say = f"Alasan pengembalian paling sedikit {SHORTEST_REASON} huruf, paling banyak {most}."
            remedy = "Tulis apa yang tidak cocok dan apa yang perlu dibetulkan."
            yield Finding("RETURN_REASON", say, remedy, value=_named([key]))
            break
    if due_date is None or due_date < today:
        say = "Tanggal paling lambat untuk membetulkan belum ada atau sudah lewat."
        yield Finding("RETURN_DUE", say, f"Pilih tanggal mulai {format_date(today)}.")
    yield from _moved(seen, keys)


def correcting(
    held: Standing, keys: Collection[Key], strange: Collection[Key], reason: str
) -> Iterator[Finding]:
    """Say what holds back that final cells are opened for a correction; `strange` ones it has not."""
    if not keys:
        yield Finding("CORRECT_NOTHING", "Belum ada sel yang dipilih.", "Pilih sel yang perlu dikoreksi.")
    early = {key for key in keys if key in strange or held.at(key).level is not Level.PROVINCE}
    if early:
        say = f"{format_number(len(early))} sel belum final."
        remedy = "Sel yang belum final dikembalikan oleh pemeriksa, atau ditarik oleh pengirimnya."
        yield Finding("CORRECT_NOT_FINAL", say, remedy, value=_named(early))
    if not _says(reason):
        remedy = "Tulis apa yang salah dan dari mana angka yang benar."
        yield Finding("CORRECT_REASON", "Koreksi memerlukan alasan.", remedy)


def accepted(held: Standing, chain: Chain, step: Step, keys: Collection[Key]) -> list[Moved]:
    """Say where cells come once a step stands for them."""
    return [Moved(key, chain.accepted(held.at(key), step).level) for key in sorted(keys)]


def returned(reasons: Mapping[Key, str], tied: Collection[Key]) -> list[Moved]:
    """Say where cells come by a return: those returned, and those that a check ties to them, are drafts."""
    if WHOLE in reasons:
        return [Moved(WHOLE, Level.DRAFT, reasons[WHOLE].strip())]
    rest = set(tied) - reasons.keys()
    made = [Moved(key, Level.DRAFT, reason.strip()) for key, reason in reasons.items()]
    return sorted([*made, *(Moved(key, Level.DRAFT) for key in rest)], key=lambda one: one.key)


def does_same(act: Act, named: Mapping[Key, str], moved: Collection[Moved]) -> bool:
    """Whether an act that moved cells is the one that named some, each with its reason (else empty)."""
    told = {one.key: one.reason for one in moved if one.key != NONE_LEFT}
    if act is Act.RETURN:
        return {key: text for key, text in told.items() if text} == {
            key: text.strip() for key, text in named.items()
        }
    if WHOLE in told:
        return True
    return told.keys() >= named.keys() if act is Act.CORRECT else told.keys() == named.keys()


def staying(moved: Collection[Moved], held: Standing, keys: Collection[Key]) -> list[Moved]:
    """Name the cells of a submission (`keys`) that an act leaves where they are, so that each is named.

    Needed where rows may be added from now on: what comes later is a draft, and does not stand as all do.
    """
    if held.whole is None:
        return []
    named = {one.key for one in moved} | held.cells.keys()
    return [Moved(key, held.at(key).level) for key in sorted(set(keys) - named)]


def gathered(moved: list[Moved], held: Standing, act: Act, keys: Collection[Key]) -> list[Moved]:
    """Say in one word what happens alike to all cells of a submission (`keys`), or that each is named now.

    Where a step accepts cells, they must have stood alike, too: some may wait for the other step only.
    """
    is_alike = act is not Act.ACCEPT or len(held.positions) == 1
    levels = {one.level for one in moved}
    is_bare = not any(one.reason for one in moved)
    own = {one.key for one in moved}
    if is_alike and is_bare and len(levels) == 1 and own >= set(keys):
        return [Moved(WHOLE, levels.pop())]
    is_none_left = held.whole is not None and WHOLE not in own and not set(keys) - own - held.cells.keys()
    return [*moved, Moved(NONE_LEFT, Level.DRAFT)] if is_none_left else moved


def _says(reason: str) -> bool:
    """Whether somebody can work with a reason, and the records can hold it."""
    said = tidy(reason)
    return said is not None and SHORTEST_REASON <= len(said) <= LONGEST_REASON


def _moved(seen: Seen, keys: Collection[Key]) -> Iterator[Finding]:
    later = [key for key in keys if seen.cells.get(key, 0) > seen.revision]
    if later:
        say = f"{format_number(len(later))} sel berubah sejak Anda membukanya."
        yield Finding("VERIFY_MOVED", say, _RELOAD, value=_named(later))


def _not_sent() -> Finding:
    return Finding("VERIFY_NOT_SENT", "Formulir ini belum dikirim desa.", "Tunggu desa mengirimnya.")


def _named(keys: Collection[Key]) -> str:
    """Name the first cells of some; a key may be any text."""
    return shown(", ".join(" ".join(filter(None, (key.variable, key.row))) for key in sorted(keys)[:5]))[:400]
