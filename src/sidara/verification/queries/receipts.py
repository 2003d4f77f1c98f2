"""Receipts: by code, of an area, and the one whose day counts for a submission."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, reduce
from operator import or_

from django.db.models import Q

from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.kernel import content
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.finding import Finding
from sidara.records.prepared import Prepared, slot
from sidara.regions import queries as regions
from sidara.verification import models
from sidara.verification.core import Standing
from sidara.verification.core.receipts import Brought, Form, Receipt, opened_at
from sidara.verification.queries.levels import AUDIT
from sidara.verification.queries.minutes import CHECK

RECEIVE = "verification.receive"
LISTED = 200
"""The newest receipts that a list shows."""
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
_COUNTING = Prepared(
    lambda: (
        models.ReceiptForm.objects.filter(
            form=slot(models.ReceiptForm, "form"),
            period=slot(models.ReceiptForm, "period"),
            receipt__region_id=slot(models.Receipt, "region", "number"),
            receipt__dataset=slot(models.Receipt, "dataset"),
            receipt__handed_at__gte=slot(models.Receipt, "since", "handed_at"),
            receipt__withdrawal=None,
        )
        .order_by("receipt__handed_at", "receipt__code")
        .values_list("receipt__handed_at", "receipt__code")[:1]
    )
)
"""The earliest receipt of a form, period, region (id) and data set since a moment that nobody withdrew."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Who withdrew a receipt, when (UTC), and why."""

    actor_name: str
    actor_function: str
    made_at: datetime
    reason: str


@dataclass(frozen=True)
class KeptReceipt:
    """A receipt that was recorded, with its code and hash as they are kept."""

    receipt: Receipt
    code: str
    content_hash: str
    withdrawn: Withdrawn | None = None

    @property
    def is_whole(self) -> bool:
        """Whether what is kept is what was recorded: hash and code follow from it."""
        return self.receipt.content_hash == self.content_hash and self.receipt.code == self.code


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission that was handed over at the kecamatan: when (UTC), by which receipt."""

    form: str
    region: str
    period: str
    dataset: str
    handed_at: datetime
    code: str


@cache
def _longest_back() -> int:
    days: int = content.load("sidara.verification", "receipts")["longest_back"]
    return days


def longest_back(actor: Actor) -> int:
    """Give how many days after the handing over a receipt may be recorded. Same right as `receipts`."""
    require_somewhere(actor, RECEIVE)
    return _longest_back()


def receipt(actor: Actor, code: str) -> KeptReceipt | None:
    """Give a receipt by its code; `None` where there is none. Everybody may who has the code."""
    require(actor, CHECK)
    rows = models.Receipt.objects.filter(code=code)
    return next((_kept(row) for row in _whole(rows)), None)


def receipt_file(actor: Actor, code: str, *, site: str) -> bytes | None:
    """Give the paper of a receipt as PDF; `site` is the address of SIDARA. `None` where there is none.

    Refuses (`NotAllowed`) an actor who gives no receipts for that village.
    """
    require_somewhere(actor, RECEIVE)
    kept = receipt(actor, code)
    if kept is None:
        return None
    require(actor, RECEIVE, region=kept.receipt.region, dataset=kept.receipt.dataset)
    from sidara.verification.formats import receipt as paper  # its library is large, and seldom needed

    return paper.write(kept.receipt, paper.address_of(site, code))


def receipts(actor: Actor, *, under: str = "") -> list[KeptReceipt]:
    """Give the newest receipts of an area and below, where the actor gives receipts.

    Refuses (`NotAllowed`) an actor who gives them nowhere.
    """
    require_somewhere(actor, RECEIVE)
    rows = models.Receipt.objects.all()
    if under:
        rows = rows.filter(_below(actor, under))
    areas = actor.areas(RECEIVE)
    if not any(area.is_everywhere for area in areas):
        own = (_below(actor, code) for area in areas for code in area.under)
        rows = rows.filter(reduce(or_, own, Q(pk__in=())))
    held = (_kept(row) for row in _whole(rows[: LISTED * 2]))
    return [
        one for one in held if actor.may(RECEIVE, region=one.receipt.region, dataset=one.receipt.dataset)
    ][:LISTED]


def handed_over(
    actor: Actor, *, under: str = "", form: str = "", period: str = "", dataset: str = ""
) -> list[Handed]:
    """Give what was handed over and not withdrawn, the earliest first, a row for each form of a receipt.

    A submission that was handed over again, after a return, has several. Of each region only what the actor
    may read there (`NotAllowed` for who reads nothing anywhere).
    """
    require_somewhere(actor, READ)
    rows = models.ReceiptForm.objects.filter(receipt__withdrawal=None)
    if form:
        rows = rows.filter(form=form)
    if period:
        rows = rows.filter(period=period)
    if dataset:
        rows = rows.filter(receipt__dataset=dataset)
    if under:
        rows = rows.filter(_below(actor, under, of="receipt__"))
    fields = (
        "form",
        "receipt__region__code",
        "period",
        "receipt__dataset",
        "receipt__handed_at",
        "receipt__code",
    )
    found = (Handed(*one) for one in rows.order_by("receipt__handed_at", "pk").values_list(*fields))
    return [one for one in found if actor.may(READ, region=one.region, dataset=one.dataset)]


def counting(actor: Actor, key: SubmissionKey, region_id: int, held: Standing) -> tuple[datetime, str] | None:
    """Give moment and code of the receipt whose day counts when a submission is sent; `None` without one.

    The earliest one since it was opened again, if it was. Refuses (`NotAllowed`) who may read no submission.
    """
    require_somewhere(actor, READ)
    rows = _COUNTING.rows(
        form=key.form,
        period=key.period,
        region=region_id,
        dataset=key.dataset,
        since=opened_at(held) or LONG_AGO,
    )
    return (rows[0][0], rows[0][1]) if rows else None


def audit_receipts(actor: Actor) -> Iterator[Finding]:
    """Hold every receipt against its hash and the one before it in its kecamatan.

    Refuses (`NotAllowed`) an actor without `verification.audit`.
    """
    require(actor, AUDIT)
    numbers: dict[int, int] = {}
    previous: dict[int, str] = {}
    for row in _whole(models.Receipt.objects.order_by("district_id", "number")):
        one, area = _kept(row), row.district_id
        number = numbers[area] = numbers.get(area, 0) + 1
        if one.receipt.number != number or one.receipt.previous != previous.get(area, one.receipt.previous):
            yield _fault(f"Tanda terima sebelum nomor {row.number} hilang", one)
            numbers[area] = row.number
        if not one.is_whole:
            yield _fault(f"Tanda terima nomor {row.number} berubah sejak dicatat", one)
        previous[area] = row.content_hash


def _fault(say: str, one: KeptReceipt) -> Finding:
    remedy = "Pulihkan catatan dari cadangan sebelum kejadian, lalu bandingkan; jangan menyunting basis data."
    return Finding("RECEIPT_CHANGED", f"{say}, {one.receipt.district_name}.", remedy, value=one.code)


def _whole(rows: "Iterable[models.Receipt]") -> Sequence[models.Receipt]:
    """Read receipts with all that belongs to them."""
    return list(rows.select_related("withdrawal").prefetch_related("forms"))  # type: ignore[attr-defined]  # a query


def _below(actor: Actor, under: str, *, of: str = "") -> Q:
    area = regions.resolve(actor, under)
    if area is None:
        return Q(pk__in=())
    places = ("region", "region__parent", "region__parent__parent", "region__parent__parent__parent")
    found = Q()
    for place in places:
        found |= Q(**{f"{of}{place}": area.id})
    return found


def _kept(row: models.Receipt) -> KeptReceipt:
    brought = Brought(row.handed_at, row.brought_by, Source(row.door), row.file_name, row.file_hash)
    forms = sorted((one.form, one.form_name, one.period) for one in row.forms.all())
    made = Receipt(
        row.number,
        row.district_code,
        row.district_name,
        row.region_code,
        row.region_name,
        row.dataset,
        [Form(*one) for one in forms],
        brought,
        str(row.actor_id),
        row.actor_name,
        row.actor_function,
        row.made_at,
        row.previous_hash,
    )
    gone = getattr(row, "withdrawal", None)
    withdrawn = gone and Withdrawn(gone.actor_name, gone.actor_function, gone.made_at, gone.reason)
    return KeptReceipt(made, row.code, row.content_hash, withdrawn)
