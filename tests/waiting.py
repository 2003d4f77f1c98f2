"""Submissions that wait for the kecamatan, on the SIDARA_HOME that it finds; run by `serving.made`.

    python -m tests.waiting VILLAGE...

Each village has filled in the last half year of KEP_SEMESTER, sent and endorsed it. One cell of each is not
known, for a reason: a verifier looks at it. The windows must be open (`browser.people.open_windows`).
"""

import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from sidara.collection import services as saving  # noqa: E402 - Django is set up first
from sidara.collection.core import Source  # noqa: E402 - the same
from sidara.collection.core.answering import Given  # noqa: E402 - the same
from sidara.collection.core.submission import SubmissionKey  # noqa: E402 - the same
from sidara.kernel.actor import OPERATOR  # noqa: E402 - the same
from sidara.kernel.clock import local_date, now  # noqa: E402 - the same
from sidara.kernel.period import Frequency, last_ended  # noqa: E402 - the same
from sidara.verification import services  # noqa: E402 - the same

FORM = "KEP_SEMESTER"
PERIOD = str(last_ended(Frequency.SEMESTER, local_date(now())))
GOOD = (("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"))
UNKNOWN = Given("KEP_008", state="tidak_tahu", explanation="Belum didata dusun seberang.")


def sent(village: str) -> None:
    """Fill the form in, send and endorse it."""
    key = SubmissionKey(FORM, village, PERIOD)
    given = [*(Given(*one) for one in GOOD), UNKNOWN]
    saving.save_cells(OPERATOR, save=saving.Save(key, 0, uuid4(), Source.WEB, given), now=now())
    done = services.send_submission(OPERATOR, key=key, revision=1, message_id=uuid4(), now=now())
    assert done.event, (done.findings, done.blocking)
    content = done.event.link.content_hash
    done = services.endorse_submission(OPERATOR, key=key, content_hash=content, message_id=uuid4(), now=now())
    assert done.is_done, done.findings


if __name__ == "__main__":
    for code in sys.argv[1:]:
        sent(code)
