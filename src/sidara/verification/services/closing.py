"""Closing a batch: minutes over what a step accepted and returned, as PDF with hash, root and code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sidara.collection import queries as collection
from sidara.collection.core.answering import region_unknown
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.finding import Finding
from sidara.records.writing import next_number, writing
from sidara.regions import queries as regions
from sidara.verification import models, queries
from sidara.verification.core import Minutes, Step
from sidara.verification.core.minutes import file_hash

TRIES = 3
"""How often a batch is put together anew because somebody verified meanwhile."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of closing: the code of the minutes, or why there are none. `is_repeated`: made before."""

    code: str = ""
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False

    @property
    def is_done(self) -> bool:
        """Whether there are minutes."""
        return bool(self.code)


def close_batch(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    step: Step,
    under: str,
    site: str,
    message_id: UUID,
    now: datetime,
    form: str = "",
    period: str = "",
    seen: str = "",
) -> Closed:
    """Make minutes of all that a step accepted and returned in an area and did not close yet.

    `site` is the address of SIDARA (`https://…`), under which everybody checks them. `seen` is the seal of
    what the closer was shown (`queries.Open.seal`): nothing else is closed. The same message again gives the
    same minutes. Refuses (`NotAllowed`) an actor who may take the step nowhere in that area.
    """
    place = regions.resolve(actor, under)
    if place is None:
        return Closed(findings=(region_unknown(under),))
    held = any(area.holds(place.code) for area in actor.areas(step.operation))
    if not held and not actor.may(step.operation):
        raise NotAllowed(actor, step.operation)
    from sidara.verification.formats import minutes as paper  # its library is large, and seldom needed

    for _ in range(TRIES):
        before = models.Minutes.objects.filter(message_id=message_id).first()
        if before is not None:
            return _again(actor, before)
        found = queries.open_batch(actor, step, under=place.code, form=form, period=period)
        if not found.entries:
            return Closed(findings=(_nothing(),))
        if seen and found.seal != seen:
            return Closed(findings=(_moved(),))
        root = collection.last_root(actor)
        made = Minutes(
            step,
            place.code,
            place.full_name,
            actor.name,
            actor.function,
            now,
            root[0] if root else None,
            root[1] if root else "",
            found.entries,
        )
        content = paper.write(made, f"{site.rstrip('/')}/berita-acara/{made.code}")
        with writing():
            current = queries.open_batch(actor, step, under=place.code, form=form, period=period)
            if current.events != found.events:
                continue
            _write(actor, made, found, content, message_id, place.id)
        return Closed(made.code)
    return Closed(findings=(_busy(),))


def _again(actor: Actor, row: models.Minutes) -> Closed:
    if row.actor_id == actor.id:
        return Closed(row.code, is_repeated=True)
    say = "Nomor kiriman ini sudah dipakai untuk hal lain. Tidak ada yang berubah."
    return Closed(findings=(Finding("MESSAGE_REUSED", say, "Muat ulang halaman, lalu ulangi."),))


def _write(  # noqa: PLR0913, PLR0917 - the parts of the rows
    actor: Actor, made: Minutes, found: queries.Open, content: bytes, message_id: UUID, area: int
) -> None:
    row = models.Minutes.objects.create(
        code=made.code,
        step=made.step.value,
        area_id=area,
        area_code=made.area,
        area_name=made.area_name,
        message_id=message_id,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=made.made_at,
        root_day=made.root_day,
        root_hash=made.root_hash,
        content_hash=made.content_hash,
        file=content,
        file_hash=file_hash(content),
    )
    first = next_number(models.MinutesEntry)
    models.MinutesEntry.objects.bulk_create(
        models.MinutesEntry(
            id=first + at,
            minutes=row,
            number=at + 1,
            event_id=last,
            form_name=one.form_name,
            region_code=one.region,
            region_name=one.region_name,
            accepted=one.accepted,
            returned=one.returned,
        )
        for at, (one, last) in enumerate(zip(found.entries, found.last, strict=True))
    )
    models.MinutesEvent.objects.bulk_create(
        models.MinutesEvent(event_id=one, minutes=row) for one in sorted(found.events)
    )


def _nothing() -> Finding:
    say = "Belum ada isian yang Anda terima atau kembalikan sejak berita acara terakhir."
    return Finding("MINUTES_NOTHING", say, "Periksa isian yang menunggu dahulu.")


def _moved() -> Finding:
    say = "Ada isian yang diperiksa atau ditutup sejak Anda membuka halaman ini."
    return Finding("MINUTES_MOVED", say, "Lihat lagi isi berita acaranya, lalu tutup.")


def _busy() -> Finding:
    say = "Isian terus diperiksa orang lain, jadi berita acaranya belum dapat ditutup."
    return Finding("MINUTES_BUSY", say, "Tunggu sebentar, lalu ulangi.")
