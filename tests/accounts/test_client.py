"""The Python client against the real API: what it gives, how it repeats, what it refuses."""

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from sidara.accounts import services
from sidara.client import Fault, Refused, Sidara
from sidara.kernel.actor import OPERATOR
from sidara.programmes import queries as queries_of_plans
from sidara.programmes import services as services_of_plans
from sidara.programmes.core.words import Level
from sidara.programmes.queries.alignment import FindingQuery
from sidara.web.api import app, rate
from sidara.web.wsgi import application
from tests.evidence import files
from tests.programmes.planners import NOW
from tests.programmes.test_alignment_runs import YEAR, acted, planned
from tests.world import World

FORM, VILLAGE, PERIOD = "KEP_TRIWULAN", "62.01.02.2016", "2026-Q1"
ROW = {"kode": "6201022016", "tahun": 2024, "iks": 0.7, "ike": 0.6, "ikl": 0.8}


class Broken(httpx.BaseTransport):
    """A link that breaks so many times before or after the server has answered."""

    def __init__(self, *, before: int = 0, after: int = 0, busy: int = 0) -> None:
        self.inner = httpx.WSGITransport(application)
        self.before, self.after, self.busy = before, after, busy

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.before:
            self.before -= 1
            raise httpx.ConnectError("putus")
        if self.busy:
            self.busy -= 1
            return httpx.Response(503, headers={"Retry-After": "7"})
        response = self.inner.handle_request(request)
        if self.after and request.method != "GET":
            self.after -= 1
            response.read()
            raise httpx.ReadError("putus")
        return response


class Narrow(Broken):
    """A link that breaks under a part of more than so many bytes; counts those that came through."""

    def __init__(self, most: int = 1_000_000) -> None:
        super().__init__()
        self.most, self.sent = most, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if "/parts/" in request.url.path:
            if len(request.content) > self.most:
                raise httpx.WriteError("putus")
            self.sent += len(request.content)
        return super().handle_request(request)


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def token(world: World) -> str:
    rate.COUNTER.forget()
    return services.issue_token(OPERATOR, account_id=world.ids["operator-desa-a"], name="Contoh").text


def opened(token: str | None, waited: list[float], **link: int) -> Sidara:
    return Sidara("http://127.0.0.1", token=token, transport=Broken(**link), wait=waited.append)


@pytest.fixture
def sidara(token: str, waited: list[float]) -> Iterator[Sidara]:
    with opened(token, waited) as client:
        yield client


def test_lists_come_whole(sidara: Sidara) -> None:
    rows = sidara.regions(under="62", level="desa")
    assert len(rows) == len({row["code"] for row in rows}) > 1_000
    assert sidara.find("natai raya")[0]["region"]["code"] == VILLAGE
    assert sidara.region(VILLAGE)["parents"][-1]["code"] == "62.01.02"
    assert len(sidara.children("62.01")) == 6
    assert sidara.region_history(VILLAGE)["events"] == []
    frame = sidara.frame(rows)
    assert (frame.height, frame["level"].unique().to_list()) == (len(rows), ["desa"])


def test_what_is_asked(sidara: Sidara) -> None:
    assert len(sidara.entries("sector")) == 9
    assert {row["form"] for row in sidara.entries(form=FORM)} == {FORM}
    assert sidara.entry("KEP_001")["frequency"] == "semesteran"
    assert sidara.entry_history("KEP_001") == sidara.revisions() == sidara.diff() == []
    assert len(sidara.forms()) == 33
    assert sidara.form(FORM)["sections"][0]["variables"][0]["code"] == "KEP_010"


def test_figures_and_indices(sidara: Sidara) -> None:
    assert {one["slug"] for one in sidara.indices()} == {"idm", "indeks-desa"}
    assert sidara.index("idm")["code"] == "IDM"
    computed = sidara.compute("idm", [ROW])
    assert sidara.frame(computed)["status"].to_list() == ["BERKEMBANG"]
    assert sidara.explain("idm", [ROW], code=VILLAGE, year=2024)["status"] == "BERKEMBANG"
    assert sidara.datasets() == []
    for ask in (
        lambda: sidara.ask("x", ["IDM.IDM"], period=["2024"]),
        lambda: sidara.dataset("x"),
        lambda: sidara.explain_village("idm", VILLAGE, dataset="x"),
    ):
        with pytest.raises(Refused):
            ask()


def test_plans_activities_and_findings(sidara: Sidara) -> None:
    real, made_up = (acted(key, Level.VILLAGE, VILLAGE, VILLAGE, simulated=key == "B") for key in "AB")
    line = planned(area="62.01")
    services_of_plans.run_alignment(OPERATOR, under=VILLAGE, year=YEAR, now=NOW, is_simulated=False)
    (plan,) = sidara.plans(level="kabupaten", area="62.01", year=YEAR)
    assert (plan["title"], plan["lines"]) == ("Renja DPMD", 1)
    assert [one["uid"] for one in sidara.plan(plan["uid"])["rows"]] == [str(line.uid)]
    assert sidara.plans(is_simulated=True) == sidara.plans(year=YEAR + 1) == []
    assert [one["uid"] for one in sidara.activities(within=VILLAGE, year=YEAR)] == [str(real.uid)]
    assert [one["uid"] for one in sidara.activities(is_simulated=True)] == [str(made_up.uid)]
    assert sidara.activities(kind="JK-AIR-01") == []
    own = queries_of_plans.alignment.findings(OPERATOR, FindingQuery(YEAR, VILLAGE))
    told = sidara.findings(VILLAGE, year=YEAR)
    assert {one["uid"] for one in told} == {str(one.uid) for one in own}
    assert told
    assert {row["id"] for one in told for row in one["activities"]} <= {str(real.uid)}
    for refused in (
        lambda: sidara.findings("62.03", year=YEAR),
        lambda: sidara.plan(str(uuid4())),
        lambda: sidara.plans(level="negara"),
    ):
        with pytest.raises(Refused):
            refused()


def test_cells_are_stored_once_though_the_link_breaks(token: str, waited: list[float]) -> None:
    cells = [{"variable": "KEP_010", "value": "4"}]
    with opened(token, waited, before=1, after=1) as sidara:
        told = sidara.save(FORM, VILLAGE, PERIOD, cells, base=0)
        assert (told["created"], told["revision"], told["repeated"]) == (1, 1, True)
        assert sidara.save(FORM, VILLAGE, PERIOD, cells, base=1, dry_run=True)["unchanged"] == 1
        assert sidara.submission(FORM, VILLAGE, PERIOD)["cells"][0]["value"] == "4"
        assert [one["number"] for one in sidara.submission_history(FORM, VILLAGE, PERIOD)] == [1]
    assert waited == [1, 2]


def test_a_file_is_stored_once_though_the_link_breaks(
    token: str, waited: list[float], tmp_path: Path
) -> None:
    file = tmp_path / "isian.csv"
    rows = "".join(
        f"{FORM},{VILLAGE},{PERIOD},{code},{text}\n" for code, text in (("KEP_010", "4"), ("X", "1"))
    )
    file.write_text(f"form,region,period,variable,value\n{rows}")
    with opened(token, waited, after=1) as sidara:
        told = sidara.import_file(file)
        assert (told["sent"], told["created"], told["rejected"]) == (2, 1, 1)
        assert (told["stored"], told["repeated"]) == (True, True)
        assert told["findings"][0]["line"] == 3
        again = sidara.import_file(file.read_bytes(), dry_run=True)
        assert (again["unchanged"], again["stored"]) == (1, False)
        assert [one["source"] for one in sidara.submission_history(FORM, VILLAGE, PERIOD)] == ["csv"]
        with pytest.raises(Refused) as refused:
            sidara.import_file(b"PK\x03\x04")
        assert refused.value.findings[0]["code"] == "XLSX_BROKEN"


def test_evidence_goes_in_once_though_the_link_breaks(
    token: str, waited: list[float], tmp_path: Path, settings
) -> None:
    settings.SIDARA_HOME = tmp_path
    photo = files.written(tmp_path, files.photo(), "papan.jpg")
    with opened(token, waited, after=1) as sidara:
        kept = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Papan")
        assert (kept["repeated"], kept["variable"], kept["caption"]) == (True, "KEP_010", "Papan")
        (listed,) = sidara.evidence(FORM, VILLAGE, PERIOD)
        again = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Papan")
        assert (again["id"], again["repeated"]) == (kept["id"], True), "a second call doubles nothing"
        given = sidara.evidence_file(FORM, VILLAGE, PERIOD, kept["id"])
        assert hashlib.sha256(given).hexdigest() == listed["sha256"]
        with pytest.raises(Refused, match="EVIDENCE"):
            sidara.keep_evidence(FORM, VILLAGE, PERIOD, files.written(tmp_path, b"bukan foto", "a.jpg"))
        sidara.remove_evidence(FORM, VILLAGE, PERIOD, kept["id"], reason="foto keliru")
        with pytest.raises(Refused):
            sidara.evidence_file(FORM, VILLAGE, PERIOD, kept["id"])


LARGE = files.photo((900, 700), kind="PNG", noisy=True)


def test_a_large_file_goes_in_parts_though_the_link_breaks(
    token: str, waited: list[float], tmp_path: Path, settings
) -> None:
    settings.SIDARA_HOME = tmp_path
    photo = files.written(tmp_path, LARGE, "papan.png")
    with opened(token, waited, after=1) as sidara:
        kept = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Papan")
        assert (kept["original"], kept["variable"]) == (hashlib.sha256(LARGE).hexdigest(), "KEP_010")
        assert [one["id"] for one in sidara.evidence(FORM, VILLAGE, PERIOD)] == [kept["id"]]
        again = sidara.keep_evidence(
            FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Papan", message=UUID(kept["id"])
        )
        assert (again["id"], again["repeated"]) == (kept["id"], True)
        lost = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption=" Papan")
        assert (lost["id"], lost["repeated"]) == (kept["id"], True), "the program broke off before the answer"
        assert len(sidara.evidence(FORM, VILLAGE, PERIOD)) == 1
        other = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Lain")
        assert other["id"] != kept["id"]
        sidara.remove_evidence(FORM, VILLAGE, PERIOD, kept["id"], reason="uji")
        fresh = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010", caption="Papan")
        assert fresh["id"] not in {kept["id"], other["id"]}, "what was taken away can be kept again"
        bad = files.written(tmp_path, b"bukan foto" * 30_000, "a.jpg")
        with pytest.raises(Refused, match="EVIDENCE_KIND"):
            sidara.keep_evidence(FORM, VILLAGE, PERIOD, bad)
        assert sidara.uploads(FORM, VILLAGE, PERIOD) == []


def test_a_program_that_broke_off_goes_on_where_it_was(
    token: str, waited: list[float], tmp_path: Path, settings
) -> None:
    settings.SIDARA_HOME = tmp_path
    photo = files.written(tmp_path, LARGE, "papan.png")
    upload = uuid4()
    said: dict[str, Any] = {
        "name": "papan.png",
        "size": len(LARGE),
        "sha256": hashlib.sha256(LARGE).hexdigest(),
    }
    with opened(token, waited) as sidara:
        begun = sidara.begin_upload(FORM, VILLAGE, PERIOD, upload, **said, variable="KEP_010")
        assert begun["gaps"] == [{"low": 0, "high": len(LARGE)}]
        part = begun["part"]
        sidara.send_part(FORM, VILLAGE, PERIOD, upload, part, LARGE[part : 2 * part])
    link = Narrow()
    with Sidara("http://127.0.0.1", token=token, transport=link) as sidara:
        kept = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, variable="KEP_010")
        assert kept["id"] == str(upload)
        assert link.sent == len(LARGE) - part, "only what was missing went out"
        assert sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo)["id"] != kept["id"]
        sidara.begin_upload(FORM, VILLAGE, PERIOD, uuid4(), **said)
        (left,) = sidara.uploads(FORM, VILLAGE, PERIOD)
        assert sidara.upload(FORM, VILLAGE, PERIOD, left["id"]) == left
        assert sidara.drop_upload(FORM, VILLAGE, PERIOD, left["id"]) == []
        with pytest.raises(Refused, match="UPLOAD_GONE"):
            sidara.upload(FORM, VILLAGE, PERIOD, left["id"])


def test_a_link_that_takes_small_parts_only_gets_small_ones(
    token: str, waited: list[float], tmp_path: Path, settings
) -> None:
    settings.SIDARA_HOME = tmp_path
    photo = files.written(tmp_path, LARGE, "papan.png")
    with Sidara("http://127.0.0.1", token=token, transport=Narrow(100_000), wait=waited.append) as sidara:
        kept = sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo)
        assert kept["original"] == hashlib.sha256(LARGE).hexdigest()
    with (
        Sidara("http://127.0.0.1", token=token, transport=Narrow(9_000), wait=waited.append) as sidara,
        pytest.raises(Fault, match="tidak dapat dihubungi"),
    ):
        sidara.keep_evidence(FORM, VILLAGE, PERIOD, photo, caption="lain")


def test_what_stood_before_is_taken_over_once_with_its_origin(token: str, waited: list[float]) -> None:
    form, message = "KEP_SEMESTER", uuid4()
    with opened(token, waited) as sidara:
        sidara.save(form, VILLAGE, "2025-S2", [{"variable": "KEP_001", "value": "1250"}], base=0)
        (offered,) = sidara.prefill(form, VILLAGE, "2026-S1")
        (offer,) = offered["offers"]
        assert (offered["variable"], offered["state"], offered["agreed"]) == ("KEP_001", "belum_diisi", True)
        assert (offer["value"], offer["words"]) == ("1250", "dari periode 2025-S2")
    chosen = [
        {"variable": "KEP_001", "origin": offer["origin"]},
        {"variable": "KEP_002", "origin": "form:X@2025"},
    ]
    with opened(token, waited, after=1) as sidara:
        told = sidara.take_prefill(form, VILLAGE, "2026-S1", chosen, base=0, message=message)
        assert (told["sent"], told["created"], told["rejected"], told["repeated"]) == (2, 1, 1, True)
        (change,) = sidara.submission_history(form, VILLAGE, "2026-S1")
        assert (change["source"], change["new"]["value"], change["reason"]) == (
            "prefill",
            "1250",
            offer["words"],
        )
        assert sidara.prefill(form, VILLAGE, "2026-S1") == []
        with pytest.raises(Refused) as refused:
            sidara.prefill("TIDAK_ADA", VILLAGE, "2026-S1")
        assert refused.value.status == 400


def test_personal_data_are_asked_to_be_taken_out(token: str, waited: list[float]) -> None:
    cells = [{"variable": "KEP_010", "value": "4", "explanation": "NIK 6201021203850001"}]
    with opened(token, waited, after=2) as sidara:
        sidara.save(FORM, VILLAGE, PERIOD, cells, base=0)
        asked = sidara.propose_redaction(FORM, VILLAGE, PERIOD, "KEP_010", reason="ada NIK warga")
        assert [one["id"] for one in sidara.redactions(FORM, VILLAGE, PERIOD)] == [asked["id"]]
        with pytest.raises(Refused):
            sidara.decide_redaction(FORM, VILLAGE, PERIOD, asked["id"], confirm=True)


def test_it_waits_as_long_as_it_is_told_and_gives_up_in_the_end(token: str, waited: list[float]) -> None:
    with opened(token, waited, busy=1) as sidara:
        assert sidara.me()["name"] == "Contoh operator-desa-a"
    assert waited == [7]
    with opened(token, waited, before=9) as sidara, pytest.raises(Fault, match="tidak dapat dihubungi"):
        sidara.me()


def test_what_is_refused_says_why(token: str, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(token, waited) as sidara:
        with pytest.raises(Refused, match="API_FORBIDDEN") as fault:
            sidara.submission(FORM, "62.03.01.1006", PERIOD)
        assert (fault.value.status, fault.value.code) == (403, "API_FORBIDDEN")
        with pytest.raises(Refused):
            sidara.people()
    with opened("sdr_salah", waited) as sidara, pytest.raises(Refused, match="API_TOKEN_REFUSED"):
        sidara.me()
    monkeypatch.setenv("SIDARA_TOKEN", token)
    with opened(None, waited) as sidara:
        assert sidara.me()["name"] == "Contoh operator-desa-a"


def test_people_of_a_governor(world: World, waited: list[float]) -> None:
    made = services.issue_token(OPERATOR, account_id=world.ids["verifikator-kecamatan-a"], name="Contoh")
    with opened(made.text, waited) as sidara:
        people = sidara.people()
        assert "operator-desa-a" in {one["login_name"] for one in people}
        assert sidara.person(people[0]["id"])["id"] == people[0]["id"]


@pytest.mark.parametrize(("value", "words"), [("4", "0 rejected"), ("empat", "1 rejected")])
def test_the_example_of_the_document_tells_of_a_cell_that_is_not_stored(
    token: str,
    waited: list[float],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: str,
    words: str,
) -> None:
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    example = text.partition("```python\n")[2].partition("```")[0]
    assert '"value": "4"' in example
    monkeypatch.setattr("sidara.client.Sidara", lambda *_words, **_more: opened(token, waited))
    exec(example.replace('"value": "4"', f'"value": "{value}"'), {})
    told = capsys.readouterr().out
    assert words in told
    assert ("empat" in told) == (value == "empat")


def _broken(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(500)


@pytest.mark.parametrize("call", ["import_file", "keep_evidence"])
def test_a_file_that_cannot_be_read_is_a_fault_and_named(tmp_path: Path, call: str) -> None:
    place = (FORM, VILLAGE, PERIOD) if call == "keep_evidence" else ()
    with Sidara("http://127.0.0.1", transport=httpx.MockTransport(_broken)) as sidara:
        with pytest.raises(Fault, match=r"hilang\.xlsx tidak dapat dibaca: tidak ada berkas"):
            getattr(sidara, call)(*place, tmp_path / "hilang.xlsx")
        with pytest.raises(Fault, match="tidak dapat dibaca: itu folder"):
            getattr(sidara, call)(*place, tmp_path)


def test_it_imports_nothing_else_of_sidara() -> None:
    import sidara.client

    folder = Path(sidara.client.__file__).parent
    named = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sidara")
    }
    assert named
    assert all(name.startswith("sidara.client") for name in named)


CALLS = {
    "me": (),
    "people": (),
    "person": ("x",),
    "devices": ("x",),
    "regions": (),
    "find": ("x",),
    "region": ("x",),
    "children": ("x",),
    "region_history": ("x",),
    "entries": (),
    "entry": ("x",),
    "entry_history": ("x",),
    "revisions": (),
    "diff": (),
    "forms": (),
    "form": ("x",),
    "datasets": (),
    "dataset": ("x",),
    "ask": ("x", "x"),
    "indicators": ("x", "x"),
    "indices": (),
    "index": ("x",),
    "compute": ("x", []),
    "submission": ("x", "x", "x"),
    "submission_history": ("x", "x", "x"),
    "import_file": (b"",),
    "queue": (),
    "standing": ("x", "x", "x"),
    "batch": (),
    "minutes": (),
    "close_batch": (),
    "check_minutes": ("x",),
    "minutes_file": ("x",),
    "evidence": ("x", "x", "x"),
    "evidence_file": ("x", "x", "x", "x"),
    "uploads": ("x", "x", "x"),
    "upload": ("x", "x", "x", "x"),
    "send_part": ("x", "x", "x", "x", "x", b""),
    "keep_upload": ("x", "x", "x", "x"),
    "drop_upload": ("x", "x", "x", "x"),
    "prefill": ("x", "x", "x"),
    "redactions": ("x", "x", "x"),
    "nomenclature": ("x",),
    "code": ("x", "x"),
    "kinds": (),
    "kind": ("x",),
    "options": ("x", "x"),
    "plans": (),
    "plan": ("x",),
    "activities": (),
}


def test_every_operation_of_the_document_has_its_method(tmp_path: Path) -> None:
    asked: set[str] = set()

    def note(request: httpx.Request) -> httpx.Response:
        asked.add(f"{request.method} {request.url.path}")
        return httpx.Response(200, json={"items": [], "next": "", "entry": {}})

    with Sidara("http://127.0.0.1", transport=httpx.MockTransport(note)) as sidara:
        for name, words in CALLS.items():
            getattr(sidara, name)(*words)
        sidara.explain("x", [], code="x", year=2024)
        sidara.explain_village("x", "x", dataset="x")
        sidara.save("x", "x", "x", [], base=0)
        sidara.keep_evidence("x", "x", "x", files.written(tmp_path, b"", "x.jpg"), message=uuid4())
        sidara.remove_evidence("x", "x", "x", "x", reason="x")
        sidara.begin_upload("x", "x", "x", "x", name="x", size=1, sha256="x")
        sidara.take_prefill("x", "x", "x", base=0)
        sidara.propose_redaction("x", "x", "x", "x", reason="x")
        sidara.decide_redaction("x", "x", "x", "x", confirm=False)
        sidara.send("x", "x", "x", revision=1)
        sidara.withdraw("x", "x", "x")
        sidara.endorse("x", "x", "x", "x")
        sidara.accept("x", "x", "x", revision=1)
        sidara.return_cells("x", "x", "x", revision=1, reason="x", due_date="2026-08-14")
        sidara.correct("x", "x", "x", [], reason="x")
        sidara.rename_device("x", "x", "x")
        sidara.revoke_device("x", "x", "x")
        sidara.check_code("x", "x", year=2027)
        sidara.findings("x", year=2027)
    known = {
        f"{method.upper()} {re.sub(r'{kind}', 'variable', path)}"
        for path, operations in app.document()["paths"].items()
        for method in operations
    }
    known = {re.sub(r"{\w+}", "x", one) for one in known}
    assert known - {"GET /api/v1/dictionary/variable"} == asked - {"GET /api/v1/dictionary/variable"}
