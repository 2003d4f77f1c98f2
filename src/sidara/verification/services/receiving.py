"""Receipts: a kecamatan records what a village handed over, and withdraws what it recorded by mistake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sidara.collection.core.answering import form_unknown, not_a_village, period_of, region_unknown, tidy
from sidara.collection.core.chain import GENESIS
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region
from sidara.verification import models, queries
from sidara.verification.core import Act
from sidara.verification.core.receipts import (
    LONGEST_NAME,
    Brought,
    Claim,
    Form,
    Receipt,
    receiving,
    withdrawing_receipt,
)


@dataclass(frozen=True, slots=True)
class Receipted:
    """What came of it: the code of the receipt, or what held it back. `is_repeated`: it was done before."""

    code: str = ""
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.findings


def record_receipt(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    region: str,
    forms: Sequence[tuple[str, str]],
    brought: Brought,
    message_id: UUID,
    now: datetime,
) -> Receipted:
    """Record what a village handed over: `forms` are codes of forms with their period (SDMX text).

    The day of handing over counts for a sending that comes later. Held back by a moment that is to come, lies
    before the window (without one, the period) or too far back, and by forms that are sent already. The same
    message again gives the same receipt; where it says something else, it is refused. Refuses (`NotAllowed`)
    who does not take in files for that village.
    """
    place = regions.resolve(actor, region)
    if place is None:
        return Receipted(findings=(region_unknown(region),))
    key = SubmissionKey("", place.code, "")
    require(actor, queries.RECEIVE, region=place.code, dataset=key.dataset)
    if place.level is not Depth.VILLAGE or place.parent_id is None:
        return Receipted(findings=(not_a_village(place),))
    named = tidy(brought.brought_by) or ""
    brought = replace(brought, brought_by=named, file_name=brought.file_name[:LONGEST_NAME])
    with writing():
        before = models.Receipt.objects.filter(message_id=message_id).first()
        if before is not None:
            is_same = before.actor_id == actor.id and before.region_id == place.id
            is_same = is_same and _says_same(before, brought, forms)
            return Receipted(before.code, is_repeated=True) if is_same else Receipted(findings=(_reused(),))
        claims, unknown = _claims(actor, place, dict.fromkeys(forms))
        back = queries.longest_back(actor)
        findings = (*unknown, *receiving(brought, claims, now=now, longest_back=back))
        if findings:
            return Receipted(findings=findings)
        return Receipted(_write(actor, place, [one.form for one in claims], brought, message_id, now))


def withdraw_receipt(actor: Actor, *, code: str, reason: str, now: datetime) -> Receipted:
    """Withdraw a receipt with a reason: it stays, and counts no more. A code that is none is a finding.

    Held back where a form was sent by its day. Refuses (`NotAllowed`) who does not take in files there.
    """
    with writing():
        row = models.Receipt.objects.select_related("region").filter(code=code).first()
        if row is None:
            return Receipted(findings=(_none(code),))
        require(actor, queries.RECEIVE, region=row.region.code, dataset=row.dataset)
        is_withdrawn = models.ReceiptWithdrawal.objects.filter(receipt=row).exists()
        counted = list(_counted(actor, row))
        findings = tuple(withdrawing_receipt(reason, is_withdrawn=is_withdrawn, counted=counted))
        if findings:
            return Receipted(code, findings)
        models.ReceiptWithdrawal.objects.create(
            receipt=row,
            actor_id=actor.id,
            actor_name=actor.name,
            actor_function=actor.function,
            made_at=now,
            reason=reason.strip(),
        )
        return Receipted(code)


def _says_same(row: models.Receipt, brought: Brought, forms: Sequence[tuple[str, str]]) -> bool:
    """Whether a receipt says what a message says that comes again."""
    kept = row.handed_at, row.brought_by, row.door, row.file_hash
    told = brought.handed_at, brought.brought_by, brought.door.value, brought.file_hash
    return kept == told and set(row.forms.values_list("form", "period")) == set(forms)


def _claims(
    actor: Actor, place: Region, forms: "Sequence[tuple[str, str]] | dict[tuple[str, str], None]"
) -> tuple[list[Claim], list[Finding]]:
    """Put together what decides about each form; findings of those that do not exist."""
    known = dictionary.dictionary(actor).forms
    claims: list[Claim] = []
    unknown: list[Finding] = []
    for code, text in forms:
        if code not in known:
            unknown.append(form_unknown(code, known))
            continue
        period = period_of(known[code], text)
        if isinstance(period, Finding):
            unknown.append(period)
            continue
        opening = dictionary.opening(actor, code, period, place.id)
        held = queries.standing(actor, SubmissionKey(code, place.code, str(period)))
        claims.append(Claim(Form(code, known[code].topic, str(period)), period, opening, held))
    return claims, unknown


def _write(  # noqa: PLR0913, PLR0917 - the parts of the rows
    actor: Actor, place: Region, forms: Sequence[Form], brought: Brought, message_id: UUID, now: datetime
) -> str:
    above = regions.ancestors(actor, place.id)[-1]
    last = models.Receipt.objects.filter(district_id=above.id).order_by("-number").first()
    made = Receipt(
        last.number + 1 if last else 1,
        above.code,
        above.full_name,
        place.code,
        place.full_name,
        SubmissionKey("", place.code, "").dataset,
        forms,
        brought,
        str(actor.id),
        actor.name,
        actor.function,
        now,
        last.content_hash if last else GENESIS,
    )
    row = models.Receipt.objects.create(
        code=made.code,
        district_id=above.id,
        number=made.number,
        district_code=made.district,
        district_name=made.district_name,
        region_id=place.id,
        region_code=made.region,
        region_name=made.region_name,
        dataset=made.dataset,
        handed_at=brought.handed_at,
        brought_by=brought.brought_by,
        door=brought.door.value,
        file_name=brought.file_name,
        file_hash=brought.file_hash,
        message_id=message_id,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=now,
        previous_hash=made.previous,
        content_hash=made.content_hash,
    )
    models.ReceiptForm.objects.bulk_create(
        models.ReceiptForm(receipt=row, form=one.code, form_name=one.name, period=one.period) for one in forms
    )
    return made.code


def _counted(actor: Actor, row: models.Receipt) -> Iterator[str]:
    """Name the forms of a receipt that stand as sent by its day."""
    for one in row.forms.all():
        held = queries.standing(actor, SubmissionKey(one.form, row.region.code, one.period, row.dataset))
        by_it = False
        for event in held.events:
            if event.act is Act.WITHDRAW:
                by_it = False
            elif event.act is Act.SEND and row.code in event.link.reason:
                by_it = True
        if by_it:
            yield one.form_name


def _reused() -> Finding:
    say = "Nomor kiriman ini sudah dipakai untuk hal lain. Tidak ada yang berubah."
    return Finding("MESSAGE_REUSED", say, "Muat ulang halaman, lalu ulangi.")


def _none(code: str) -> Finding:
    say = f"Tanda terima {code} tidak ada."
    return Finding("RECEIPT_NONE", say, "Periksa kodenya pada kertas tanda terima.", value=code)
