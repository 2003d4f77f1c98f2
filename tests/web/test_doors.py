"""Addresses, faults, headers, empty state: what a door must do whatever stands behind it."""

import gzip
import re
from urllib.parse import quote

import pytest

from tests.serving import Site

PAGES = [
    "/",
    "/cari",
    "/cari?q=natai",
    "/wilayah/62.01",
    "/wilayah/62.01.02",
    "/desa/62.01.02.2016",
    "/istilah",
    "/tentang",
    "/api",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_under_a_strict_policy_without_inline_style_or_script(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text)
    assert answer.text.count("<h1") == 1
    assert '<html lang="id">' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/desa/62.99.99.9999",
        "/wilayah/nihil",
        "/desa/62.01.02.2016/nihil.csv",
        "/unduh/nihil.xlsx",
        "/wilayah/62.01/desa.pdf",
        "/nihil",
        "/tanda-terima/%00/kertas.pdf",
    ],
)
def test_what_does_not_exist_is_a_designed_404(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert "Halaman ini tidak ditemukan" in answer.text
    assert 'href="/cari"' in answer.text


@pytest.mark.parametrize(
    ("given", "permanent"),
    [("/desa/6201022016", "/desa/62.01.02.2016"), ("/desa/62.01", "/wilayah/62.01"), ("/wilayah/62", "/")],
)
def test_another_way_to_write_a_code_leads_to_the_permanent_address(
    site: Site, given: str, permanent: str
) -> None:
    answer = site.get(given)
    assert (answer.status, answer.headers["location"]) == (301, permanent)


@pytest.mark.parametrize(
    "text", ["%00", "a" * 3000, "%F0%9F%98%80", "';--", "<script>alert(1)</script>", "%", "   "]
)
def test_any_text_can_be_searched(site: Site, text: str) -> None:
    answer = site.get(f"/cari?q={text if text.startswith('%') else quote(text)}")
    assert answer.status == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [("natay raya", "Natai Raya"), ("tumbang manjol", "Tumbang Manjul"), ("kupang bersi", "Kupang Bersih")],
)
def test_a_misspelt_name_is_found_with_its_parents(site: Site, asked: str, found: str) -> None:
    html = site.get(f"/cari/calon?q={asked.replace(' ', '+')}").text
    assert found in html
    assert "<html" not in html
    assert html.count("<li>") <= 6


def test_sorting_works_by_link_and_ignores_what_it_does_not_know(site: Site) -> None:
    up, down, odd = (site.get(f"/wilayah/62.01?urut={order}").text for order in ("idm", "-idm", "kode;x"))
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    assert up != down
    assert site.get("/wilayah/62.01/desa.csv?urut=idm").body != b""
    assert odd


def test_built_files_may_be_kept_for_ever_and_come_compressed(site: Site) -> None:
    html = site.get("/").text
    files = re.findall(r'(?:href|src)="(/static/ui/[^"]+\.(?:css|js|woff2))"', html)
    assert {file.rsplit(".", 1)[1] for file in files} == {"css", "js", "woff2"}
    for file in files:
        answer = site.get(file, **{"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert "max-age=315360000" in answer.headers["cache-control"]
        assert "immutable" in answer.headers["cache-control"]
        if not file.endswith("woff2"):
            assert answer.headers["content-encoding"] == "gzip"
            gzip.decompress(answer.body)


def test_only_reading_is_possible(site: Site) -> None:
    assert site.ask("POST", "/", {}).status == 405
    assert site.ask("HEAD", "/", {}).status == 200


def test_an_empty_sidara_says_how_to_fill_it(empty: Site) -> None:
    assert "sidara regions load" in empty.get("/").text
    for path in ("/cari?q=natai", "/istilah", "/tentang"):
        assert empty.get(path).status == 200
    assert empty.get("/desa/62.01.02.2016").status == 404
