"""Records behave the same on PostgreSQL: the tests of the rooms that write run on a real server, too."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
WRITING_ROOMS = (
    "tests/accounts/test_grants.py",
    "tests/accounts/test_recovery.py",
    "tests/collection/test_cli.py",
    "tests/collection/test_filing.py",
    "tests/collection/test_import.py",
    "tests/collection/test_judging.py",
    "tests/collection/test_prefill.py",
    "tests/collection/test_redaction.py",
    "tests/collection/test_redaction_of_more.py",
    "tests/collection/test_references.py",
    "tests/collection/test_saving.py",
    "tests/collection/test_schemes.py",
    "tests/collection/test_submission_cli.py",
    "tests/collection/test_tampering.py",
    "tests/collection/test_workbook_import.py",
    "tests/dictionary/test_drafts.py",
    "tests/dictionary/test_saving.py",
    "tests/evidence/test_keeping.py",
    "tests/evidence/test_redacting.py",
    "tests/evidence/test_uploads.py",
    "tests/programmes/test_proposals.py",
    "tests/programmes/test_activities.py",
    "tests/programmes/test_plan_import.py",
    "tests/programmes/test_plans.py",
    "tests/programmes/test_alignment_runs.py",
    "tests/progress/test_award_runs.py",
    "tests/progress/test_refreshing.py",
    "tests/records/test_prepared.py",
    "tests/records/test_writing.py",
    "tests/regions/test_conditions.py",
    "tests/regions/test_register.py",
    "tests/regions/test_schemes.py",
    "tests/regions/test_search.py",
    "tests/regions/test_succession.py",
    "tests/verification",
    "tests/verification/test_receipts.py",
)


def test_the_rooms_that_write_pass_on_postgresql(postgresql: str) -> None:
    """Their own tests, in a process whose records lie on the server."""
    home = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *WRITING_ROOMS],
        cwd=ROOT,
        env=home | {"DATABASE_URL": postgresql},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8_000:]
    with psycopg.connect(postgresql) as server:
        made = server.execute("SELECT sum(xact_commit) FROM pg_stat_database").fetchone()
    assert made is not None
    assert made[0] > 100, "the records were not on the server"
