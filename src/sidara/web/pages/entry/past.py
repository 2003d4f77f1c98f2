"""What happened to a form, in order: who filled in how much by which door, who sent and endorsed it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext_noop as noop

from sidara.collection.core.redaction import By, Proof, Reason, Redaction
from sidara.collection.core.submission import Key, Source
from sidara.collection.queries import CellRevision
from sidara.kernel.clock import local_date
from sidara.ui.language import format_moment, format_number, say
from sidara.verification.core import WHOLE, Act, Event, Moved
from sidara.web.pages.entry.addresses import who
from sidara.web.pages.entry.naming import Names

ACTS = (
    noop("dikirim"),
    noop("ditarik kembali"),
    noop("disahkan kepala desa"),
    noop("diterima"),
    noop("dikembalikan"),
    noop("dibuka untuk koreksi"),
)
STEPS = (
    noop("kepala desa"),
    noop("kecamatan"),
    noop("Dinas PMD kabupaten"),
    noop("OPD kabupaten"),
    noop("provinsi"),
)
DOORS = {
    Source.WEB: noop("{n} isian diisi di web"),
    Source.OFFLINE: noop("{n} isian diisi tanpa sambungan"),
    Source.TAKE_AWAY: noop("{n} isian dari formulir bawa pulang"),
    Source.EXCEL: noop("{n} isian dari buku kerja Excel"),
    Source.CSV: noop("{n} isian dari berkas tabel"),
    Source.API: noop("{n} isian dari program lain"),
    Source.PAPER: noop("{n} isian diketik dari kertas"),
    Source.PREFILL: noop("{n} isian disalin dari data lain"),
    Source.MIGRATION: noop("{n} isian dibawa dari data lama"),
}
MOST = 12
"""Cells that a step of the history names."""


@dataclass(frozen=True)
class Step:
    """Something that was done: what, by whom, when; `filler` is who filled in what another one brought.

    `cells` are those that it opened again, each with its reason.
    """

    what: str
    who: str
    when: str
    filler: str = ""
    is_late: bool = False
    cells: tuple[str, ...] = ()


def past(
    revisions: Sequence[CellRevision],
    events: Sequence[Event],
    redactions: Sequence[Redaction],
    opened: Mapping[int, Sequence[Moved]],
    names: Names,
) -> tuple[Step, ...]:
    """Give the steps, the oldest first; what one person filled in by one door in one day is one step.

    `opened` are the cells that returns and corrections opened, by the number of their event.
    """
    done = [(when, step) for when, step in _filled(revisions, events)]
    done += [(one.link.at, _event(one, opened.get(one.link.number, ()), names)) for one in events]
    done += [
        (one.decided.at, _redaction(one, one.decided)) for one in redactions if one.is_done and one.decided
    ]
    return tuple(step for _, step in sorted(done, key=lambda one: one[0]))


def _filled(revisions: Iterable[CellRevision], events: Sequence[Event]) -> Iterator[tuple[datetime, Step]]:
    """Put together what one person did in a row; an event between parts it."""

    def run(one: CellRevision) -> tuple[object, ...]:
        before = sum(event.link.revision < one.number for event in events)
        day = local_date(one.made_at)
        return before, one.author_name, one.author_function, one.filler_name, one.source, day

    for (_, name, function, filler, source, _), group in groupby(revisions, run):
        made = list(group)
        cells = format_number(len({one.delta.key for one in made}))
        when = made[-1].made_at
        what = say(DOORS[Source(str(source))], n=cells)
        yield when, Step(what, who(str(name), str(function)), format_moment(when), str(filler))


def _event(one: Event, opened: Sequence[Moved], names: Names) -> Step:
    name = who(one.actor_name, one.actor_function)
    what = say(one.act.words)
    if one.link.step:
        what = say("{act} oleh {step}", act=what, step=say(one.link.step.words))
    if one.link.reason:
        what = f"{what}: {one.link.reason}"
    cells = _opened(one, opened, names)
    return Step(what, name, format_moment(one.link.at), is_late=one.link.is_late, cells=cells)


def _opened(one: Event, opened: Sequence[Moved], names: Names) -> tuple[str, ...]:
    """Say which cells an event opened, and why: of a return those with a reason, of a correction all."""
    told = [moved for moved in opened if moved.reason or one.act is Act.CORRECT]
    told.sort(key=lambda moved: names.rank(moved.key))
    made = []
    for moved in told[:MOST]:
        name = names.about(None if moved.key == WHOLE else moved.key)
        made.append(f"{name}: {moved.reason}" if moved.reason else name)
    left = len(told) - MOST
    return (*made, *([say("dan {n} isian lain", n=format_number(left))] if left > 0 else ()))


def _redaction(one: Redaction, decided: By) -> Step:
    match one.about:
        case Key(variable=cell):
            what = say("data pribadi dihapus dari {cell}: {reason}", cell=cell, reason=one.reason)
        case Reason(revision=number):
            what = say(
                "data pribadi dihapus dari alasan perubahan ke-{n}: {reason}",
                n=format_number(number),
                reason=one.reason,
            )
        case Proof():
            what = say("berkas bukti dihapus untuk selamanya: {reason}", reason=one.reason)
    return Step(what, who(decided.name, decided.function), format_moment(decided.at))
