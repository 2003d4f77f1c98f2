"""Evidence by the API and its client: in once, out as it is kept, with the same faults as on the page."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence.core import hash_of
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from tests.accounts.test_api_imports import bearer
from tests.copied import shipped
from tests.evidence import files
from tests.world import World

KEY = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
ADDRESS = f"/api/v1/submissions/{KEY.form}/{KEY.region}/{KEY.period}/evidence"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(world: World, tmp_path: Path, settings) -> None:
    shipped(now)
    settings.SIDARA_HOME = tmp_path


def keep(
    headers: dict[str, str], content: bytes, *, message: object = None, query: str = "", name: str = "a.jpg"
):
    sent = {"file": SimpleUploadedFile(name, content)}
    return Client().post(
        f"{ADDRESS}{query}", sent, headers=headers | {"idempotency-key": str(message or uuid4())}
    )


def test_a_file_goes_in_once_and_comes_out(world: World) -> None:
    operator, message = bearer(world, "operator-desa-a"), uuid4()
    query = "?variable=KEP_010&caption=Papan"
    first, again = (keep(operator, files.photo(), message=message, query=query).json() for _ in range(2))
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert first["id"] == again["id"] == str(message)
    assert (first["variable"], first["caption"], first["kind"]) == ("KEP_010", "Papan", "image/jpeg")
    (listed,) = Client().get(ADDRESS, headers=operator).json()
    assert listed["sha256"] == first["sha256"]
    given = Client().get(f"{ADDRESS}/{message}/file", headers=operator)
    assert (given["content-type"], hash_of(given.content)) == ("image/jpeg", listed["sha256"])
    assert given["content-security-policy"] == "default-src 'none'; sandbox"
    assert given["content-disposition"].startswith("attachment;")
    other = keep(operator, files.photo(colour=(1, 2, 3)), message=message)
    assert (other.status_code, other.json()["code"]) == (409, "MESSAGE_REUSED")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.jpg", "EVIDENCE_EMPTY"),
        (b"bukan foto", "a.jpg", "EVIDENCE_KIND"),
        (b"\0" * 10_000_001, "a.jpg", "EVIDENCE_TOO_LARGE"),
        (files.photo(), "6201021203850001.jpg", "EVIDENCE_NAME_PERSONAL"),
    ],
)
def test_faults_are_those_of_the_page(world: World, content: bytes, name: str, code: str) -> None:
    answer = keep(bearer(world, "operator-desa-a"), content, name=name)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert queries.evidence_of(OPERATOR, KEY) == ()


def test_it_is_taken_away_and_stays_listed(world: World) -> None:
    operator = bearer(world, "operator-desa-a")
    made = keep(operator, files.photo()).json()
    gone = Client().delete(f"{ADDRESS}/{made['id']}?reason=salah", headers=operator)
    assert (gone.status_code, gone.json()["removed_reason"]) == (200, "salah")
    assert Client().get(f"{ADDRESS}/{made['id']}/file", headers=operator).status_code == 404
    assert Client().delete(f"{ADDRESS}/{made['id']}", headers=operator).status_code == 200, "told again"
    other = bearer(world, "pendamping-a")
    assert Client().delete(f"{ADDRESS}/{made['id']}", headers=other).status_code == 404
    assert len(Client().get(ADDRESS, headers=operator).json()) == 1
