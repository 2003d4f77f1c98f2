"""Redacts photographs in processes that kill themselves at each write, and goes on; run by `test_killed.py`.

    python -m tests.evidence.killed_redaction

Prints one line of JSON for each point: what holds after the kill, and after it was said again.
"""

import json

from tests.evidence import killed  # sets Django up

from uuid import UUID  # isort: skip

from django.core.management import call_command  # isort: skip
from django.db import connections  # isort: skip

from sidara.evidence import models, queries, services  # isort: skip
from sidara.kernel.actor import OPERATOR  # isort: skip
from sidara.records.writing import writing  # isort: skip

ASKED = {"owner": killed.OWNER, "right": "x.y"}


def redact(piece):
    """Redact a piece, or be told that it is redacted; then take its file away."""
    with writing():
        more = {"reason": "wajah warga", "redaction": "ab" * 32, "now": killed.NOW}
        services.redact(OPERATOR, piece=piece, **ASKED, **more)
    services.clear_away(OPERATOR, **ASKED)


def look(piece):
    held = {one.id: one for one in queries.pieces(OPERATOR, killed.OWNER, right="x.y")}[piece]
    found = queries.piece_file(OPERATOR, killed.OWNER, piece, right="x.y")
    if found is not None:
        found[1].close()
    before = [one.code for one in queries.audit(OPERATOR)]
    redact(piece)
    names = {held.digest, held.small}
    lying = [one.name for one in killed.settings.SIDARA_HOME.rglob("*") if one.name in names]
    return {
        "is_redacted": held.redacted is not None,
        "is_opened": found is not None,
        "before": before,
        "findings": [one.code for one in queries.audit(OPERATOR)],
        "lying": lying,
        "left": models.Leaving.objects.count() + models.Redacting.objects.count(),
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    killed.keep(UUID(int=1))
    connections.close_all()
    for number in range(1, killed.points(redact) + 1):
        killed.keep(UUID(int=number + 1))
        connections.close_all()
        print(json.dumps(killed.killed(number, redact, look)), flush=True)
