"""The form as a file that is taken away, and the result that it brings back.

The key of a file follows from what it claims and from the secret of this SIDARA: nothing is kept of a file
that is given out, and whoever changes a claim would need another key.
"""

from datetime import datetime
from uuid import UUID

import polars as pl
from django.conf import settings
from django.utils.crypto import salted_hmac

from sidara.collection.core import takeaway
from sidara.collection.core.answering import other_dataset
from sidara.collection.core.bringing import require_bringing
from sidara.collection.core.bulk import SCHEMA, Incoming
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.collection.core.takeaway import Claims
from sidara.collection.formats import takeaway as file
from sidara.collection.queries.entering import entry, told_elsewhere
from sidara.collection.queries.prefilling import offered
from sidara.collection.queries.returning import form_given_out
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.regions import queries as regions
from sidara.regions.core import Level
from sidara.ui.entry_words import takeaway as words
from sidara.ui.periods import with_preceding

_SALT = "sidara.collection.takeaway"
_DIGITS = 16
"""How much of the digest of a form a file carries."""


def form_takeaway(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, form: str, region: str, period: str, uid: UUID, now: datetime, dataset: str = ""
) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Give the form of a village as one HTML file (400 kB at most), with what is stored and a key of its own.

    Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    place = regions.resolve(actor, region)
    if place is not None and place.level is not Level.VILLAGE:
        return None, (takeaway.one_village(place.code),)
    if place is not None and dataset not in {"", dataset_of(place.code)}:
        return None, (other_dataset(place.code),)
    found = entry(actor, SubmissionKey(form, region, period), today=local_date(now))
    if isinstance(found, Finding):
        return None, (found,)
    claims = Claims(
        str(uid),
        found.key.form,
        found.asking.number,
        found.asking.version[:_DIGITS],
        found.key.region,
        found.key.period,
        found.submission.revision,
    )
    bundle = {
        **found.bundle,
        # Who brings files in may not fill in himself: the file is for who may.
        "held": {**found.held, "readonly": found.is_locked},
        "told": told_elsewhere(actor, found, now=now),
        "words": words(),
        "periods": with_preceding(found.period),
        "offers": offered(actor, found),
    }
    told = {name: getattr(claims, name) for name in Claims.__slots__}
    return file.write(bundle=bundle, claims=told, seed=_seed(claims, settings.SECRET_KEY)), ()


def read_result(actor: Actor, content: bytes) -> Incoming:
    """Read what came back from such a file; one that is cut, forged or of no form here is refused."""
    require_bringing(actor)
    result = takeaway.read(content)
    if isinstance(result, Finding):
        return Incoming.refused((result,), Source.TAKE_AWAY)
    claims = result.claims
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(file.is_signed(result.body, result.signature, _seed(claims, secret)) for secret in secrets):
        return Incoming.refused((takeaway.forged(claims),), Source.TAKE_AWAY)
    asking = form_given_out(actor, claims.form, claims.number, claims.digest)
    if isinstance(asking, Finding):
        return Incoming.refused((asking,), Source.TAKE_AWAY)
    rows = [
        (
            *(claims.form, claims.region, claims.period),
            *(row, variable, breakdown, state, value, explanation),
            *(line, None, None),
            *(claims.base, claims.number, origin),
        )
        for line, (row, variable, breakdown, state, value, explanation, origin) in enumerate(result.cells, 1)
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return Incoming(frame, Source.TAKE_AWAY, filler=result.filler)


def _seed(claims: Claims, secret: str | bytes) -> bytes:
    """Give the private key (32 bytes, Ed25519) of the file that claims this."""
    return salted_hmac(_SALT, claims.text, secret=secret, algorithm="sha256").digest()
