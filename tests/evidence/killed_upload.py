"""Sends files in parts in processes that kill themselves at each write, and goes on; run by `test_killed.py`.

    python -m tests.evidence.killed_upload

Prints one line of JSON for each point: what holds after the kill, and after a device has gone on.
"""

import json

from tests.evidence import files, killed  # sets Django up

from django.conf import settings  # isort: skip
from django.core.management import call_command  # isort: skip
from django.db import connections  # isort: skip

from sidara.evidence import models, queries, services  # isort: skip
from sidara.evidence.core import PART, Said, hash_of  # isort: skip
from sidara.kernel.actor import OPERATOR  # isort: skip

ASKED = {"owner": killed.OWNER, "right": "x.y"}


def send(upload):
    """Send a file as a device does that asks what is missing; gives how many parts went out."""
    content = files.photo((500 + upload.int % 200, 700), kind="PNG", noisy=True)
    said = Said("foto.png", len(content), hash_of(content))
    more = {"now": killed.NOW, "guard": lambda: None}
    begun = services.begin(OPERATOR, upload=upload, said=said, **ASKED, **more).upload
    sent = 0
    for gap in begun.gaps:
        for low in range(gap.low, gap.high, PART):
            part = content[low : min(gap.high, low + PART)]
            services.take_part(OPERATOR, upload=upload, part=services.Part(low, part, hash_of(part)), **ASKED)
            sent += 1
    done = services.finish(OPERATOR, upload=upload, **ASKED, **more)
    assert done.piece is not None, done.findings
    assert done.piece.original == hash_of(content)
    return sent


def look(upload):
    held = queries.upload(OPERATOR, killed.OWNER, upload, right="x.y")
    is_kept = models.Piece.objects.filter(pk=upload).exists()
    sent = send(upload)
    under = [one for one in (settings.SIDARA_HOME / "evidence" / "uploads").rglob("*") if one.is_file()]
    return {
        "received": held.received if held else 0,
        "is_both": held is not None and is_kept,
        "sent": sent,
        "findings": [one.code for one in queries.audit(OPERATOR)],
        "pieces": models.Piece.objects.count(),
        "acts": models.Entry.objects.count(),
        "left": models.Upload.objects.count() + len(under),
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    connections.close_all()
    for number in range(1, killed.points(send) + 1):
        print(json.dumps(killed.killed(number, send, look)), flush=True)
