"""Evidence in parts by the API: what it tells between the steps, its faults, and who may say what."""

import base64
import hashlib
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from sidara.collection import queries
from sidara.collection.core.submission import SubmissionKey
from sidara.evidence.core import GRAIN, PART
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from tests.accounts.test_api_imports import bearer
from tests.copied import shipped
from tests.evidence import files
from tests.world import World

KEY = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
ADDRESS = f"/api/v1/submissions/{KEY.form}/{KEY.region}/{KEY.period}/uploads"
PHOTO = files.photo((700, 600), kind="PNG", noisy=True)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(world: World, tmp_path: Path, settings) -> None:
    shipped(now)
    settings.SIDARA_HOME = tmp_path


def begin(headers: dict[str, str], upload: object, content: bytes = PHOTO, **said: object):
    body = {"name": "papan.png", "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **said}
    return Client().put(f"{ADDRESS}/{upload}", body, content_type="application/json", headers=headers)


def part(headers: dict[str, str], upload: object, low: int, content: bytes, *, digest: str = ""):
    given = digest or base64.b64encode(hashlib.sha256(content).digest()).decode()
    return Client().put(
        f"{ADDRESS}/{upload}/parts/{low}",
        content,
        content_type="application/octet-stream",
        headers=headers | {"content-digest": f"sha-256=:{given}:"},
    )


def keep(headers: dict[str, str], upload: object):
    return Client().post(f"{ADDRESS}/{upload}/keep", headers=headers)


def test_a_file_comes_in_parts_and_is_kept_once(world: World) -> None:
    operator, upload = bearer(world, "operator-desa-a"), uuid4()
    begun = begin(operator, upload, variable="KEP_010", caption="Papan", keep_place=True).json()
    assert begun | {"expires_at": ""} == {
        "id": str(upload),
        "name": "papan.png",
        "size": len(PHOTO),
        "sha256": hashlib.sha256(PHOTO).hexdigest(),
        "row": "",
        "variable": "KEP_010",
        "breakdown": "_T",
        "caption": "Papan",
        "keep_place": True,
        "received": 0,
        "gaps": [{"low": 0, "high": len(PHOTO)}],
        "part": PART,
        "grain": GRAIN,
        "expires_at": "",
        "kept": False,
    }
    early = keep(operator, upload)
    assert (early.status_code, early.json()["code"]) == (409, "UPLOAD_UNFINISHED")
    told = part(operator, upload, PART, PHOTO[PART:]).json()
    assert told["gaps"] == [{"low": 0, "high": PART}]
    assert Client().get(f"{ADDRESS}/{upload}", headers=operator).json() == told
    assert Client().get(ADDRESS, headers=operator).json() == [told]
    assert part(operator, upload, 0, PHOTO[:PART]).json()["received"] == len(PHOTO)
    first, again = (keep(operator, upload).json() for _ in range(2))
    assert (first["id"], first["repeated"], again["repeated"]) == (str(upload), False, True)
    assert (first["variable"], first["caption"], first["original"]) == ("KEP_010", "Papan", begun["sha256"])
    assert begin(operator, upload, variable="KEP_010", caption="Papan", keep_place=True).json()["kept"]
    assert Client().get(ADDRESS, headers=operator).json() == []
    assert len(queries.evidence_of(OPERATOR, KEY)) == 1


def test_faults_have_their_status(world: World) -> None:
    operator, upload = bearer(world, "operator-desa-a"), uuid4()
    for said, code in (
        ({"variable": "TIDAK_ADA"}, "CELL_UNKNOWN"),
        ({"size": 10_000_001}, "EVIDENCE_TOO_LARGE"),
        ({"sha256": "x"}, "API_VALUE_WRONG"),
    ):
        answer = begin(operator, upload, **said)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    for answer in (
        part(operator, upload, 0, PHOTO[:PART]),
        keep(operator, upload),
        Client().get(f"{ADDRESS}/{upload}", headers=operator),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "UPLOAD_GONE")
    begin(operator, upload)
    for answer, code in (
        (part(operator, upload, 1, PHOTO[:GRAIN]), "UPLOAD_PART_WRONG"),
        (part(operator, upload, 0, PHOTO[: PART + GRAIN]), "UPLOAD_PART_WRONG"),
        (part(operator, upload, 0, bytes(3_000_000)), "UPLOAD_PART_WRONG"),
        (part(operator, upload, 0, PHOTO[:GRAIN], digest="A" * 43 + "="), "UPLOAD_PART_BROKEN"),
        (part(operator, upload, 0, PHOTO[:GRAIN], digest="A"), "API_VALUE_WRONG"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    other = begin(operator, upload, PHOTO[:-1])
    assert (other.status_code, other.json()["code"]) == (409, "MESSAGE_REUSED")
    assert begin(operator, upload).json()["received"] == 0


def test_nobody_goes_on_with_the_file_of_another(world: World) -> None:
    operator, other, upload = bearer(world, "operator-desa-a"), bearer(world, "pendamping-a"), uuid4()
    begin(operator, upload)
    assert begin(other, upload).json()["code"] == "MESSAGE_REUSED"
    assert part(other, upload, 0, PHOTO[:PART]).status_code == 404
    assert Client().delete(f"{ADDRESS}/{upload}", headers=other).json() == []
    assert len(Client().get(ADDRESS, headers=operator).json()) == 1
    for _ in range(2):
        assert Client().delete(f"{ADDRESS}/{upload}", headers=operator).json() == []
    assert part(operator, upload, 0, PHOTO[:PART]).status_code == 404
    reader = bearer(world, "kepala-desa-a")
    assert {begin(reader, uuid4()).status_code, Client().get(ADDRESS, headers=reader).status_code} == {403}
