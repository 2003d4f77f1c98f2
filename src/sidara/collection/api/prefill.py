"""The JSON door of prefill: what sources offer for a form, and taking it over with where it came from."""

from ninja import Schema
from pydantic import Field

from sidara.collection import queries, services
from sidara.collection.api.submissions import MOST_CELLS, SavedOut, router, saved_out
from sidara.collection.core.prefill import Suggestion
from sidara.collection.core.rights import FILL, READ
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import now
from sidara.kernel.finding import Finding
from sidara.ui.api import MessageId, Text, Whole, reads, refused, writes
from sidara.ui.rights import Asking


class OfferOut(Schema):
    """What one source offers: `origin` chooses it, `words` say what it is."""

    origin: str
    words: str
    state: str
    value: str | None


class SuggestionOut(Schema):
    """A cell with what is stored and what sources offer; `agreed`: all of them say the same."""

    row: str
    variable: str
    breakdown: str
    state: str
    value: str | None
    agreed: bool
    offers: list[OfferOut]


class TakenIn(Schema):
    """A cell and the origin from which it is taken; `row` is the id of a row of a list, or empty."""

    variable: Text
    breakdown: Text = TOTAL
    row: Text = ""
    origin: Text


class PrefillIn(Schema):
    """What is taken over; without `chosen` every empty cell whose sources agree.

    `base` is the revision that you saw, 0 when there was none.
    """

    base: Whole
    chosen: list[TakenIn] | None = Field(None, max_length=MOST_CELLS)


@reads(router, "/{form}/{region}/{period}/prefill", right=READ, response=list[SuggestionOut])
def list_prefill(request: Asking, form: Text, region: Text, period: Text) -> list[dict[str, object]]:
    """Yang dapat disalin ke sebuah isian dari periode lalu, formulir lain, dan himpunan data."""
    found = queries.suggestions(request.actor, SubmissionKey(form, region, period))
    if isinstance(found, Finding):
        raise refused(found)
    return [_flat(one) for one in found]


@writes(router, "/{form}/{region}/{period}/prefill", right=FILL, response=SavedOut, method="POST")
def take_prefill(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    body: PrefillIn,
    idempotency_key: MessageId,
) -> dict[str, object]:
    """Salin yang dipilih, sekali; asal tiap sel tersimpan.

    Yang tidak ditawarkan lagi ditolak dan disebut (`OFFER_GONE`).
    """
    key = SubmissionKey(form, region, period)
    chosen = (
        None
        if body.chosen is None
        else [(Key(one.row.lower(), one.variable, one.breakdown), one.origin) for one in body.chosen]
    )
    done = services.prefill_cells(
        request.actor, key=key, base=body.base, chosen=chosen, message_id=idempotency_key, now=now()
    )
    return saved_out(request, key, done)


def _flat(one: Suggestion) -> dict[str, object]:
    return {
        "row": one.key.row,
        "variable": one.key.variable,
        "breakdown": one.key.breakdown,
        "state": one.held.state.value,
        "value": one.held.value,
        "agreed": one.is_agreed,
        "offers": [
            {
                "origin": offer.origin.reference,
                "words": offer.origin.words,
                "state": offer.content.state.value,
                "value": offer.content.value,
            }
            for offer in one.offers
        ],
    }
