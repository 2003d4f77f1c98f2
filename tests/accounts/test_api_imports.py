"""Files by the API: the same counts and findings as elsewhere, once for each message, nothing for others."""

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sidara.accounts import services
from sidara.collection import models, queries
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.web.api import rate
from tests.world import World

KEY = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
HEAD = "form,region,period,variable,value\n"
pytestmark = pytest.mark.django_db


def bearer(world: World, login: str, **scope: tuple[str, ...]) -> dict[str, str]:
    rate.COUNTER.forget()
    made = services.issue_token(OPERATOR, account_id=world.ids[login], name="Contoh", **scope)
    return {"authorization": f"Bearer {made.text}"}


def lines(*cells: tuple[str, str], region: str = KEY.region) -> bytes:
    rows = "".join(f"{KEY.form},{region},{KEY.period},{code},{text}\n" for code, text in cells)
    return (HEAD + rows).encode()


def send(
    headers: dict[str, str], content: bytes, *, message: UUID | None = None, query: str = ""
) -> HttpResponse:
    return Client().post(
        f"/api/v1/imports{query}",
        {"file": SimpleUploadedFile("isian.csv", content)},
        headers=headers | {"idempotency-key": str(message or uuid4())},
    )


def held() -> dict[str, str | None]:
    found = queries.filled(OPERATOR, KEY)
    return {key.variable: one.content.value for key, one in found.state.cells.items()} if found else {}


def test_a_file_is_stored_once_and_each_fault_has_its_place(world: World) -> None:
    operator, message = bearer(world, "operator-desa-a"), uuid4()
    content = lines(("KEP_010", "4"), ("KEP_011", "empat"))
    dry = send(operator, content, message=message, query="?dry_run=true").json()
    assert (dry["created"], dry["rejected"], dry["stored"], dry["dry_run"]) == (1, 1, False, True)
    assert held() == {}
    first, again = (send(operator, content, message=message).json() for _ in range(2))
    names = ("sent", "created", "updated", "unchanged", "conflicting", "rejected", "submissions")
    assert [first[name] for name in names] == [2, 1, 0, 0, 0, 1, 1]
    (told,) = first["findings"]
    assert (told["code"], told["line"], told["variable"]) == ("VALUE_TYPE", 3, "KEP_011")
    assert told["remedy"]
    assert dry["findings"] == first["findings"]
    assert again == first | {"repeated": True}
    assert held() == {"KEP_010": "4"}
    assert queries.filled(OPERATOR, KEY).state.revision == 1
    other = send(operator, lines(("KEP_010", "5")), message=message)
    assert (other.status_code, other.json()["code"]) == (409, "MESSAGE_REUSED")
    stranger = send(bearer(world, "pendamping-a"), content, message=message)
    assert (stranger.status_code, stranger.json()["code"]) == (409, "MESSAGE_REUSED")
    whole = send(operator, lines(("KEP_011", "2"), ("X", "1")), query="?all_or_nothing=true").json()
    assert (whole["created"], whole["rejected"], whole["stored"]) == (1, 1, False)
    assert held() == {"KEP_010": "4"}
    assert not models.HandedFile.objects.exclude(content=None).exists()


def test_a_file_that_changes_nothing_is_answered_again_too(world: World) -> None:
    operator, message = bearer(world, "operator-desa-a"), uuid4()
    send(operator, lines(("KEP_010", "4")))
    first = send(operator, lines(("KEP_010", "4")), message=message).json()
    assert (first["unchanged"], first["stored"], first["repeated"]) == (1, False, False)
    send(operator, lines(("KEP_010", "5")))
    assert send(operator, lines(("KEP_010", "4")), message=message).json() == first | {"repeated": True}
    assert held() == {"KEP_010": "5"}


def test_who_brings_in_names_the_filler(world: World) -> None:
    district = bearer(world, "verifikator-kecamatan-a")
    mute = send(district, lines(("KEP_010", "4"))).json()
    assert (mute["rejected"], mute["findings"][0]["code"]) == (1, "REGION_NOT_ALLOWED")
    paper = send(district, lines(("KEP_010", "4")), query="?paper=true")
    assert (paper.status_code, paper.json()["code"]) == (400, "FILLER_MISSING")
    assert send(district, lines(("KEP_010", "4")), query="?paper=true&filler=Ibu+Contoh").json()["stored"]
    (one,) = queries.cell_history(OPERATOR, KEY)
    assert (one.filler_name, one.source) == ("Ibu Contoh", Source.PAPER)
    narrow = bearer(world, "operator-desa-a", operations=("collection.fill", "collection.read"))
    assert send(narrow, lines(("KEP_010", "4"))).status_code == 403


def test_a_file_that_is_none_leaves_no_trace(world: World) -> None:
    operator = bearer(world, "operator-desa-a")
    for content, code in (
        (b"PK\x03\x04", "XLSX_BROKEN"),
        (b"a,b\n1,2\n", "COLUMN_MISSING"),
        (b"", "FILE_EMPTY"),
    ):
        answer = send(operator, content)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert models.HandedFile.objects.count() == 0
