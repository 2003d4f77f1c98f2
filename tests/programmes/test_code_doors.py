"""Codes and kinds by command and by API: one shape, a wrong code refused with the right one."""

import json

import pytest

from tests.commands import called

pytestmark = pytest.mark.django_db


def told(*words: str) -> object:
    done = called("plan", *words, "--json")
    return json.loads(done.stdout)


def test_words_find_codes_with_their_government_and_years() -> None:
    found = told("nomenclature", "kapasitas aparatur desa")
    assert (found[0]["code"], found[0]["government"]) == ("2.13.04.2.01.0005", "kabupaten_kota")
    assert (found[0]["valid_from"], found[0]["valid_to"]) == (2024, None)
    shown = called("plan", "nomenclature", "kapasitas aparatur desa", "--government", "desa").stdout.decode()
    assert "4.3.02" in shown
    assert "2.13.04" not in shown


def test_a_wrong_code_is_refused_with_the_right_one() -> None:
    words = ("2.13.04.1.01.0010", "--government", "kabupaten_kota", "--year", "2027")
    done = called("plan", "nomenclature", *words)
    assert done.returncode == 1
    assert "2.13.04.2.01.0005" in done.stderr.decode()
    row = told("nomenclature", *words)
    assert row["standing"] == "other_government"
    assert [one["code"] for one in row["instead"]] == ["2.13.04.2.01.0005"]
    good = called(
        "plan", "nomenclature", "2.13.04.2.01.0005", "--government", "kabupaten_kota", "--year", "2027"
    )
    assert good.returncode == 0
    assert "Jumlah" in good.stdout.decode()


def test_a_kind_tells_who_may_do_it_by_which_code(client) -> None:
    by_command = told("kind", "JK-AIR-01", "--year", "2027")
    by_api = client.get("/api/v1/programmes/kinds/JK-AIR-01", {"year": 2027}).json()
    assert by_command == by_api
    actors = {one["level"]: one for one in by_api["actors"]}
    assert actors["desa"]["codes"][0]["code"] == "2.4.11"
    assert not actors["perusahaan"]["may_do"]
    assert "2.4.11" in called("plan", "kind", "jk-air-01").stdout.decode()
    assert "JK-AIR-02" in called("plan", "kind", "penambahan sambungan rumah").stdout.decode()


def test_nothing_found_is_said() -> None:
    done = called("plan", "nomenclature", "zzzzqqq")
    assert done.returncode == 0
    assert "Tidak ada kode" in done.stderr.decode()


def test_the_api_gives_search_code_check_and_options(client) -> None:
    base = "/api/v1/programmes"
    found = client.get(f"{base}/nomenclature", {"q": "air bersih", "government": "desa", "year": 2026}).json()
    assert {one["government"] for one in found} == {"desa"}
    code = client.get(f"{base}/nomenclature/kabupaten_kota/2.13.04.2.01.0005").json()
    assert [one["code"] for one in code["kinds"]]
    checked = client.get(f"{base}/nomenclature/provinsi/1.03.03.2.01.0022/check", {"year": 2027}).json()
    assert checked["is_refused"]
    assert len(checked["instead"]) > 1
    options = client.get(f"{base}/kinds/answering/indeks-desa/I12.1").json()
    assert options[0]["relation"] == "raises"
    assert len(client.get(f"{base}/kinds").json()) == 139
    assert client.get(f"{base}/kinds/JK-XXX-99").status_code == 404
    assert client.get(f"{base}/nomenclature/desa/9.9.99").status_code == 404
    assert client.get(f"{base}/nomenclature", {"q": "air", "government": "apa"}).status_code == 400
