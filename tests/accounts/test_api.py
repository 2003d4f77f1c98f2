"""The front of the API: who asks, faults, pages, tags, rates, languages; and the same as the commands."""

import io
import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client
from typer.testing import CliRunner

from sidara.accounts import services
from sidara.accounts.models import Token
from sidara.collection.models import Revision
from sidara.indices.cli import APPS as INDICES
from sidara.kernel.actor import OPERATOR
from sidara.regions.cli import APPS as REGIONS
from sidara.web.api import rate
from sidara.web.api.faults import MOST_TOLD, findings_of
from tests.world import World

SUBMISSION = "/api/v1/submissions/KEP_TRIWULAN/62.01.02.2016/2026-Q1"
ROW = {"kode": "6201022016", "tahun": 2024, "iks": 0.7, "ike": 0.6, "ikl": 0.8}


@pytest.fixture(autouse=True)
def uncounted() -> None:
    rate.COUNTER.forget()


@pytest.fixture
def operator(world: World) -> Iterator[dict[str, str]]:
    """The headers of the program of a village operator."""
    made = services.issue_token(OPERATOR, account_id=world.ids["operator-desa-a"], name="Contoh")
    return {"authorization": f"Bearer {made.text}"}


def save(headers: dict[str, str], message: object = None, query: str = "", **body: object):
    body = {"base": 0, "cells": [{"variable": "KEP_010", "value": "4"}]} | body
    sent = headers | {"idempotency-key": str(message or uuid4())}
    return Client().patch(SUBMISSION + query, body, content_type="application/json", headers=sent)


@pytest.mark.parametrize(
    ("method", "url", "status", "code"),
    [
        ("get", "/api/v1/regions/99", 404, "API_NOT_FOUND"),
        ("get", "/api/v1/tidak-ada", 404, "API_NOT_FOUND"),
        ("get", "/api/v1/regions?limit=0", 400, "API_VALUE_WRONG"),
        ("get", "/api/v1/regions?limit=501", 400, "API_VALUE_WRONG"),
        ("get", "/api/v1/regions?cursor=ab%F0", 400, "API_VALUE_WRONG"),
        ("get", "/api/v1/regions?cursor=a", 400, "API_CURSOR_WRONG"),
        ("get", "/api/v1/regions?under=%00", 400, "API_VALUE_WRONG"),
        ("get", "/api/v1/dictionary/variable?revision=99999999999999999999", 400, "API_VALUE_WRONG"),
        ("get", "/api/v1/people", 403, "API_FORBIDDEN"),
        ("get", SUBMISSION, 403, "API_FORBIDDEN"),
        ("get", "/api/v1/figures?dataset=x&variable=y", 400, "DATASET_UNKNOWN"),
        ("delete", "/api/v1/regions", 405, "API_METHOD_WRONG"),
        ("post", "/api/v1/indices/idm/compute", 400, "API_BODY_WRONG"),
    ],
)
def test_every_fault_has_one_shape(world: World, method: str, url: str, status: int, code: str) -> None:
    response = getattr(Client(), method)(
        url, **({"data": "{", "content_type": "application/json"} if method == "post" else {})
    )
    told = response.json()
    assert (response.status_code, response["content-type"]) == (status, "application/problem+json")
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:sidara:{code}")
    assert told["title"]
    assert told["findings"][0]["code"] == code


@pytest.mark.parametrize(
    ("cells", "column", "value", "line", "how"),
    [
        ([{"variable": "KEP_010", "value": 4}], "cells.0.value", "4", 1, "Tulis sebagai teks"),
        ([{"variable": "KEP_010"}, {"value": "4"}], "cells.1.variable", None, 2, ""),
        ([{"variable": "K" * 300}], "cells.0.variable", "K" * 200, 1, "Paling panjang 200 huruf."),
        ([4], "cells.0", "4", 1, "Tulis sebagai objek JSON."),
        ({}, "cells", "{}", None, "Tulis sebagai daftar"),
    ],
)
def test_a_body_that_does_not_fit_is_told_in_our_words_with_what_was_sent(
    world: World, operator: dict[str, str], cells: object, column: str, value: str | None, line: int, how: str
) -> None:
    (one,) = save(operator, cells=cells).json()["findings"]
    assert (one["code"], one["column"], one["value"]) == ("API_VALUE_WRONG", column, value)
    assert one["line"] == line
    assert how in one["remedy"]
    assert one["remedy"].endswith("Lihat bentuknya di /api.")
    assert "Input" not in one["message"] + one["remedy"]
    assert column in one["message"]


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ([{"variable": "KEP_010", "value": "\ud800 4"}], "\ufffd 4"),
        ([{"variable": "KEP_010", "value": ["\udfff"]}], '["\ufffd"]'),
        ([{"variable": "KEP_010", "value": "\x00"}], "\ufffd"),
    ],
)
def test_signs_that_no_answer_can_hold_are_refused_and_told(
    world: World, operator: dict[str, str], cells: object, value: str
) -> None:
    told = save(operator, cells=cells)
    assert (told.status_code, told.json()["findings"][0]["value"]) == (400, value)


class Counted(HttpRequest):
    """A request that counts how often its body is read."""

    body = property(lambda self: self.bodies.append(1) or b'{"cells": [1, 2]}')

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[int] = []


def test_the_body_is_read_once_however_many_of_its_parts_do_not_fit() -> None:
    """Nobody may make a server read the same body thousands of times."""
    request = Counted()
    missing = {"type": "missing", "loc": ("body", "body", "cells", 1, "variable")}
    told = list(findings_of(request, [missing] * 250))
    assert len(request.bodies) == 1
    assert len(told) == MOST_TOLD + 1
    assert {one.value for one in told[:MOST_TOLD]} == {"2"}
    assert told[-1].message == "150 nilai lain juga tidak dapat dipakai."


def test_a_body_that_is_too_large_is_refused(world: World, operator: dict[str, str]) -> None:
    cells = [{"variable": "KEP_010", "value": "4", "explanation": "x" * 4_000}] * 700
    told = save(operator, cells=cells)
    assert (told.status_code, told.json()["code"]) == (413, "API_TOO_LARGE")
    assert "2,6 MB" in told.json()["title"]


@pytest.mark.parametrize(
    ("query", "value", "how"),
    [
        ("limit=0", "0", "Paling kecil 1."),
        ("limit=501", "501", "Paling besar 500."),
        ("limit=x", "x", "Tulis bilangan bulat."),
        ("level=kampung", "kampung", "Pilih salah satu: provinsi, kabupaten, kecamatan, desa."),
    ],
)
def test_a_value_of_an_address_that_does_not_fit(world: World, query: str, value: str, how: str) -> None:
    told = Client().get(f"/api/v1/regions?{query}")
    (one,) = told.json()["findings"]
    assert (told.status_code, one["code"], one["value"]) == (400, "API_VALUE_WRONG", value)
    assert how in one["remedy"]


def test_remedies_are_those_of_a_program(world: World, operator: dict[str, str]) -> None:
    (late,) = save(operator, base=9).json()["findings"]
    assert late["code"] == "BASE_UNKNOWN"
    assert "(GET)" in late["remedy"]
    unknown = Client().get(SUBMISSION.replace("KEP_TRIWULAN", "XXX"), headers=operator).json()
    assert (unknown["code"], unknown["detail"]) == ("FORM_UNKNOWN", "Lihat kodenya di GET /api/v1/forms.")
    near = Client().get(SUBMISSION.replace("KEP_TRIWULAN", "kep_triwulan"), headers=operator).json()
    assert near["detail"] == "Mungkin yang dimaksud: KEP_TRIWULAN."


def test_who_is_not_let_in_reads_what_he_can_do(world: World, operator: dict[str, str]) -> None:
    elsewhere = SUBMISSION.replace("62.01.02.2016", "62.03.01.1006")
    nobody = Client().get(SUBMISSION).json()
    assert "Bearer sdr_…" in nobody["detail"]
    assert "lingkup" not in nobody["detail"]
    assert "lingkupnya" in Client().get(elsewhere, headers=operator).json()["detail"]
    person = Client()
    person.force_login(get_user_model().objects.get(pk=world.ids["operator-desa-a"]))
    told = person.get(elsewhere).json()
    assert (told["status"], "/akun" in told["detail"], "oken" in told["detail"]) == (403, True, False)


def test_a_fault_of_ours_is_a_problem_too_and_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("rahasia dapur")

    monkeypatch.setattr("sidara.regions.queries.register", broken)
    response = Client(raise_request_exception=False).get("/api/v1/regions")
    assert (response.status_code, response.json()["code"]) == (500, "API_FAULT")
    assert "rahasia" not in response.content.decode()


def test_pages_by_cursor_are_the_whole_list_once(world: World) -> None:
    seen, cursor = [], ""
    while True:
        page = Client().get(f"/api/v1/regions?under=62.01&limit=40&cursor={cursor}").json()
        seen += [one["code"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == 1 + 6 + 94
    assert seen == sorted(set(seen))


def test_a_tag_saves_the_answer(world: World) -> None:
    first = Client().get("/api/v1/forms/KEP_TRIWULAN")
    again = Client().get("/api/v1/forms/KEP_TRIWULAN", headers={"if-none-match": first["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Authorization" in first["vary"]


def test_an_answer_to_an_account_is_nobody_elses(world: World, operator: dict[str, str]) -> None:
    assert "private" in Client().get("/api/v1/me", headers=operator)["cache-control"]
    assert "cache-control" not in Client().get("/api/v1/forms/KEP_TRIWULAN").headers


def test_rates_are_told_and_kept(
    world: World, operator: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rate.LIMITS, "token", 2)
    monkeypatch.setattr(rate.COUNTER, "_clock", lambda: 600.0)
    left = [Client().get("/api/v1/me", headers=operator) for _ in range(3)]
    assert [one["ratelimit-remaining"] for one in left] == ["1", "0", "0"]
    assert [one.status_code for one in left] == [200, 200, 429]
    assert (left[2]["retry-after"], left[2].json()["code"]) == ("60", "API_TOO_MANY")
    assert Client().get("/api/v1/me").status_code == 200
    monkeypatch.setattr(rate.COUNTER, "_clock", lambda: 660.0)
    assert Client().get("/api/v1/me", headers=operator).status_code == 200


def test_words_come_in_the_language_that_is_wished_for(world: World) -> None:
    def title(wish: str) -> str:
        response = Client().get("/api/v1/regions/99", headers={"accept-language": wish})
        assert "Accept-Language" in response["vary"]
        return f"{response['content-language']} {response.json()['title']}"

    assert title("en-GB,en;q=0.9") == "en Wilayah “99” does not exist.".replace("Wilayah", "Area")
    assert title("id") == title("fr") == title("") == "id Wilayah “99” tidak ada."


def test_a_token_that_opens_nothing_is_refused_even_where_the_public_may(
    world: World, operator: dict[str, str]
) -> None:
    for text in ("Bearer sdr_x", "Basic eDp5", "Bearer "):
        response = Client().get("/api/v1/forms", headers={"authorization": text})
        assert (response.status_code, response["www-authenticate"]) == (401, 'Bearer realm="SIDARA"')
    assert Client().get("/api/v1/me", headers=operator).json()["name"] == "Contoh operator-desa-a"
    services.revoke_token(OPERATOR, token_id=Token.objects.get().pk)
    told = Client().get("/api/v1/me", headers=operator)
    assert (told.status_code, told.json()["title"]) == (401, "Token ini sudah dicabut.")


def test_a_session_writes_only_from_a_page_of_ours(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=world.ids["operator-desa-a"]))
    assert client.get(SUBMISSION).status_code == 200
    sent = {"data": {"base": 0, "cells": []}, "content_type": "application/json"}
    headers = {"idempotency-key": str(uuid4())}
    refused = client.patch(SUBMISSION, headers=headers, **sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "API_CSRF")
    client.get("/akun")
    headers["x-csrftoken"] = client.cookies["sidara_csrf"].value
    assert client.patch(SUBMISSION, headers=headers, **sent).status_code == 200


def test_a_save_is_stored_once_whatever_the_link_does(world: World, operator: dict[str, str]) -> None:
    message = uuid4()
    dry = save(operator, message, "?dry_run=true").json()
    assert (dry["created"], dry["stored"], dry["revision"]) == (1, False, 0)
    first, again = save(operator, message).json(), save(operator, message).json()
    assert (first["created"], first["stored"], first["revision"]) == (1, True, 1)
    assert again == first | {"repeated": True}
    other = save(operator, message, cells=[{"variable": "KEP_010", "value": "5"}])
    assert (other.status_code, other.json()["code"]) == (409, "MESSAGE_REUSED")
    late = save(operator, base=7)
    assert late.json()["findings"][0]["code"] == "BASE_UNKNOWN"
    shown = Client().get(SUBMISSION, headers=operator).json()
    assert [(one["variable"], one["value"], one["revision"]) for one in shown["cells"]] == [
        ("KEP_010", "4", 1)
    ]
    assert shown["content_hash"] == first["content_hash"]
    assert shown["verdict"]["counts"]["asked"] == 4
    (told,) = Client().get(f"{SUBMISSION}/history", headers=operator).json()["items"]
    assert (told["source"], told["by"], told["new"]["value"]) == ("api", "Contoh operator-desa-a", "4")


@pytest.mark.parametrize(
    ("clock", "status", "kept"),
    [
        ("2026-07-01T07:00:00+07:00", 200, "2026-07-01T00:00:00+00:00"),
        ("0001-01-01T00:00:00Z", 200, None),
        ("9999-12-31T23:59:59Z", 200, None),
        ("2026-07-01T07:00:00", 400, None),
    ],
)
def test_a_clock_is_taken_as_the_device_takes_it(
    world: World, operator: dict[str, str], clock: str, status: int, kept: str | None
) -> None:
    assert save(operator, claimed_at=clock).status_code == status
    moments = [one.claimed_at for one in Revision.objects.all()]
    assert [one and one.isoformat() for one in moments] == ([kept] if status == 200 else [])


def test_each_cell_has_a_verdict_and_each_fault_its_place(world: World, operator: dict[str, str]) -> None:
    cells = [
        {"variable": "KEP_010", "value": "4"},
        {"variable": "XXX", "value": "1"},
        {"variable": "KEP_011", "value": "banyak"},
    ]
    told = save(operator, cells=cells).json()
    assert (told["sent"], told["created"], told["rejected"]) == (3, 1, 2)
    assert [(one["code"], one["line"], one["column"]) for one in told["findings"]] == [
        ("CELL_UNKNOWN", 2, "XXX"),
        ("VALUE_TYPE", 3, "KEP_011"),
    ]
    whole = save(operator, uuid4(), "?all_or_nothing=true", base=1, cells=cells)
    assert whole.json()["stored"] is False


def test_a_token_for_some_sectors_reads_and_fills_those(world: World) -> None:
    made = services.issue_token(
        OPERATOR, account_id=world.ids["klien-api"], name="Contoh", sectors=["KEP"], under=["62.01.02"]
    )
    headers = {"authorization": f"Bearer {made.text}"}
    assert save(headers).status_code == 200
    assert Client().get(SUBMISSION, headers=headers).json()["revision"] == 1
    assert Client().get(SUBMISSION.replace("KEP_", "KES_"), headers=headers).status_code == 403


def asked(app: object, *words: str, given: str = "") -> object:
    done = CliRunner().invoke(app, list(words), input=given)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_api_says_what_the_commands_say(world: World) -> None:
    told = Client().get("/api/v1/regions/62.01.02.2016/history").json()
    said = asked(REGIONS["regions"], "history", "62.01.02.2016", "--json")
    assert (told["region"]["code"], told["codes"], told["events"]) == (
        said["code"],
        said["codes"],
        said["events"],
    )
    body = {"rows": [ROW], "code": "6201022016", "year": 2024}
    explained = Client().post("/api/v1/indices/idm/explain", body, content_type="application/json")
    given = io.StringIO(json.dumps([ROW])).read()
    words = ("explain", "idm", "--input", "-", "--format", "json", "--kode", "6201022016", "--tahun", "2024")
    assert explained.json() == asked(INDICES["index"], *words, "--json", given=given)


def test_the_document_says_the_right_of_each_operation(world: World) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    held = [one for path in document["paths"].values() for one in path.values()]
    assert all(one["x-right"] and one["summary"] for one in held)
    assert document["paths"]["/api/v1/forms"]["get"]["security"][0] == {}
    submission = "/api/v1/submissions/{form}/{region}/{period}"
    assert {} not in document["paths"][submission]["patch"]["security"]
