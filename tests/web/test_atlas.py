"""The map in two views, the large map and its tiles, as a browser gets them."""

import gzip
import json
import re

import mapbox_vector_tile
import pytest
from pmtiles.reader import Reader

from sidara.web.byte_range import span
from tests.serving import Site

MAP = re.compile(r'<svg class="peta[ "].*?</svg>', re.DOTALL)


def drawn(text: str) -> str:
    found = MAP.search(text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("path", ["/", "/wilayah/62.03", "/wilayah/62.01.02", "/desa/62.01.02.2016"])
def test_shapes_are_shown_and_hexagons_are_a_link_away(site: Site, path: str) -> None:
    shapes = site.get(path).text
    assert "peta--batas" in drawn(shapes)
    assert "Batas indikatif, bukan batas hukum" in shapes
    assert "lisensi MIT" in shapes
    assert "Segi enam menghitung desa" in shapes
    assert 'href="?peta=heksagon#peta"' in shapes
    hexagons = site.get(f"{path}?peta=heksagon").text
    assert "peta--batas" not in drawn(hexagons)
    assert "Peta skematik, bukan batas wilayah" in hexagons
    links = re.findall(r'<a class="peta__kab[^"]*" href="([^"]+)"', drawn(hexagons))
    assert links
    assert all(link.endswith("?peta=heksagon") for link in links)


def test_both_views_lead_to_the_same_places(site: Site) -> None:
    def links(address: str) -> set[str]:
        found = re.findall(r'<a class="peta__kab[^"]*" href="([^"?]+)', drawn(site.get(address).text))
        assert len(found) == len(set(found))
        return set(found)

    for path, count in (("/", 14), ("/wilayah/62.03", 17), ("/wilayah/62.01.02", 20)):
        assert links(path) == links(f"{path}?peta=heksagon")
        assert len(links(path)) == count


def test_small_places_stand_enlarged_beside_the_map(site: Site) -> None:
    for path, fewest, most in (("/", 0, 0), ("/wilayah/62.03", 5, 16), ("/wilayah/62.03.09", 15, 37)):
        page = re.sub(r"\s+", " ", site.get(path).text)
        tiles = re.findall(
            r'<li> <a href="([^"]+)"><svg class="peta [^"]*peta--ubin.*?</svg><span>(\d+)[.] ', page
        )
        assert fewest <= len(tiles) <= most
        assert [int(number) for _, number in tiles] == list(range(1, len(tiles) + 1))
        links = set(re.findall(r'<a class="peta__kab[^"]*" href="([^"]+)"', drawn(page)))
        assert {href for href, _ in tiles} <= links
        assert ("Wilayah kecil pada peta, diperbesar" in page) == bool(tiles)
        numbers = set(re.findall(r'class="peta__p"[^>]*><tspan[^>]*>(\d+)</tspan>', drawn(page)))
        assert len(numbers) >= len(tiles) * 0.6, "most numbers stand on the map"
        assert numbers <= {number for _, number in tiles}
    assert "peta--ubin" not in site.get("/wilayah/62.03?peta=heksagon").text


def test_the_large_map_shows_another_index_and_its_links_keep_it(site: Site) -> None:
    page = site.get("/peta?di=62.03&indeks=indeks-desa").text
    assert 'data-marks="/peta/status.json?indeks=indeks-desa"' in page
    assert 'data-area="/peta?indeks=indeks-desa&amp;di=KODE"' in page
    assert 'href="/peta?di=62.03.09&amp;indeks=indeks-desa"' in page
    assert 'href="/wilayah/62.03?indeks=indeks-desa"' in page
    assert "Belum pasti" in page
    other = site.get("/peta?di=62.03").text
    assert 'data-marks="/peta/status.json"' in other
    assert 'data-area="/peta?di=KODE"' in other
    marks = [json.loads(site.get(f"/peta/status.json{query}").body) for query in ("", "?indeks=indeks-desa")]
    assert marks[0]["villages"].keys() == marks[1]["villages"].keys()
    assert marks[0] != marks[1]
    assert site.get("/peta/status.json?indeks=entah").body == site.get("/peta/status.json").body


def test_without_boundaries_there_are_hexagons_and_no_switch(simulated: Site) -> None:
    page = simulated.get("/").text
    assert "peta--batas" not in page
    assert "?peta=heksagon" not in page
    assert "Peta skematik, bukan batas wilayah" in page
    atlas = simulated.get("/peta").text
    assert "sidara regions boundaries" in atlas
    assert "atlas-" not in atlas, "no script where there is nothing to draw"


def test_an_empty_home_says_what_to_load(empty: Site) -> None:
    assert "sidara regions load" in empty.get("/peta").text
    assert json.loads(empty.get("/peta/status.json").text) == {"classes": [], "villages": {}}


def test_the_list_beside_the_large_map_leads_down_to_the_villages(site: Site) -> None:
    province = site.get("/peta").text
    assert 'href="/peta?di=62.03"' in province
    assert 'href="/peta?di=62.03.01"' in site.get("/peta?di=62.03").text
    district = site.get("/peta?di=62.01.02").text
    assert 'href="/desa/62.01.02.2016"' in district
    assert "Halaman Kecamatan Arut Selatan" in district
    for unknown in ("99", "62.01.02.2016", "x", "%3Cb%3E"):
        assert "Peta Provinsi Kalimantan Tengah" in site.get(f"/peta?di={unknown}").text


def test_the_large_map_knows_the_class_of_every_village(site: Site) -> None:
    marks = json.loads(site.get("/peta/status.json").text)
    assert len(marks["villages"]) == 1571
    style, label = marks["classes"][marks["villages"]["62.01.02.2016"]]
    assert (style, label) == ("5", "Mandiri")
    assert marks["classes"][marks["villages"]["62.01.02.1005"]][0] == "kel"


def address_of_tiles(site: Site) -> str:
    found = re.search(r'data-tiles="([^"]+)"', site.get("/peta").text)
    assert found is not None
    return found[1]


def test_tiles_are_served_by_ranges_and_hold_every_village_at_every_zoom(site: Site) -> None:
    address = address_of_tiles(site)

    def read(offset: int, length: int) -> bytes:
        answer = site.ask(
            "GET", address, {"Range": f"bytes={offset}-{offset + length - 1}", "Accept-Encoding": "gzip"}
        )
        assert answer.status == 206
        assert "content-encoding" not in answer.headers
        assert len(answer.body) <= length
        return answer.body

    reader = Reader(read)
    header = reader.header()
    assert (header["min_zoom"], header["max_zoom"]) == (5, 10)
    found: dict[int, set[str]] = {zoom: set() for zoom in (5, 7)}
    for zoom, seen in found.items():
        for x in range(2**zoom * 29 // 36, 2**zoom * 30 // 36 + 1):
            for y in range(2**zoom * 48 // 100, 2**zoom * 53 // 100 + 1):
                tile = reader.get(zoom, x, y)
                if tile:
                    layer = mapbox_vector_tile.decode(gzip.decompress(tile))["desa"]
                    seen |= {feature["properties"]["kode"] for feature in layer["features"]}
    assert [len(seen) for seen in found.values()] == [1571, 1571]


def test_a_range_outside_is_refused_and_the_whole_is_given_without_one(site: Site) -> None:
    address = address_of_tiles(site)
    whole = site.get(address)
    assert whole.status == 200
    assert whole.body[:7] == b"PMTiles"
    assert "immutable" in whole.headers["cache-control"]
    outside = site.get(address, Range=f"bytes={len(whole.body)}-")
    assert outside.status == 416
    assert outside.headers["content-range"] == f"bytes */{len(whole.body)}"
    tail = site.get(address, Range="bytes=-7")
    assert (tail.status, tail.body) == (206, whole.body[-7:])
    assert site.get("/peta/batas-nihil.pmtiles").status == 404


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=5-", (5, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-30", (0, 9)),
        ("bytes=2-99", (2, 9)),
        ("bytes=10-", None),
        ("bytes=4-3", None),
        ("bytes=-0", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("", None),
    ],
)
def test_one_range_is_read(header: str, expected: tuple[int, int] | None) -> None:
    assert span(header, 10) == expected
