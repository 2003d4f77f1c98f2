"""The map of shapes: few links, every village drawn, whole steps, names that do not meet, no style."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.ui import shapemap
from sidara.ui.shapemap import Group, Shape, overview, villages

SVG = "{http://www.w3.org/2000/svg}"
BOUNDS = (111.0, -3.0, 114.0, -1.0)


def square(column: int, row: int, mark: str = "w4", size: float = 0.5) -> Shape:
    west, south = 111 + column * size, -3 + row * size
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size)]
    name = f"Desa {column}.{row}"
    return Shape(
        [ring],
        mark,
        name,
        f"{name}: Maju",
        f"/desa/{column}.{row}",
        (west + size / 2, south + size / 2),
        size / 2,
    )


def block(name: str, left: int, mark: str = "w4") -> Group:
    shapes = [square(left + column, row, mark) for column in range(2) for row in range(4)]
    return Group(
        name, shapes, f"{name}: 1 dari 2", f"/wilayah/{name}", name[:4], (111.5 + left / 2, -2.0), 0.5
    )


def test_an_overview_has_one_link_per_group_and_one_path_a_class() -> None:
    groups = [block("Kapuas", 0), block("Seruyan", 2, "w2"), block("<Katingan>", 4)]
    line = [(112.0, -3.0), (112.0, -1.0)]
    svg = overview(groups, [line], BOUNDS, label="Peta & uji")
    root = ElementTree.fromstring(svg)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == [group.href for group in groups]
    paths = [path.get("class") for path in root.iter(f"{SVG}path")]
    assert paths == ["w4", "w2", "w4", "peta__batas"]
    assert svg.count("z") - svg.count("<z") >= 24
    assert "style=" not in svg
    assert "<Katingan>" not in svg


def test_villages_are_links_and_the_current_one_is_outlined() -> None:
    shapes = [square(0, 0), square(1, 0, "w1")]
    svg = villages(shapes, [], BOUNDS, label="Peta", current="/desa/1.0")
    root = ElementTree.fromstring(svg)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["/desa/0.0", "/desa/1.0"]
    drawn = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") in {"w1", "peta__ini"}]
    assert len(drawn) == 2
    assert drawn[0] == drawn[1]
    assert "peta__ini" not in villages(shapes, [], BOUNDS, label="Peta")


def test_a_name_stands_only_where_it_fits() -> None:
    wide = square(0, 0, size=1.0)
    small = square(20, 20, size=0.05)
    svg = villages([wide, small], [], BOUNDS, label="Peta")
    assert [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}tspan")] == ["Desa 0.0"]


def test_what_is_small_bears_a_number_and_stands_alone_in_a_tile() -> None:
    small = replace(square(20, 20, "w2", size=0.05), number=3)
    svg = villages([square(0, 0, size=1.0), small], [], BOUNDS, label="Peta")
    drawn = ElementTree.fromstring(svg)
    assert [text.text for text in drawn.iter(f"{SVG}tspan")] == ["Desa 0.0", "3", "3"]
    tile = ElementTree.fromstring(shapemap.tile([small]))
    assert [path.get("class") for path in tile.iter(f"{SVG}path")] == ["w2"]
    assert (tile.get("aria-hidden"), tile.get("width"), tile.get("height")) == ("true", "72", "72")
    assert not list(tile.iter(f"{SVG}a"))
    group = replace(block("Kapuas", 0), number=1)
    named = overview([group, block("Seruyan", 2)], [], BOUNDS, label="Peta")
    assert {text.text for text in ElementTree.fromstring(named).iter(f"{SVG}tspan")} == {
        "1",
        "Seruyan",
        "Seru",
    }


def test_small_is_what_no_circle_of_28_px_fits_into() -> None:
    pixel = 1 / shapemap._frame(BOUNDS).down
    assert not shapemap.is_small(14.1 * pixel, BOUNDS)
    assert shapemap.is_small(13.9 * pixel, BOUNDS)
    assert shapemap.fineness([14 * pixel, 100 * pixel], BOUNDS) == pytest.approx(72 / 28)
    assert shapemap.fineness([0.0], BOUNDS) == shapemap.FINEST


def test_patterns_are_as_large_as_on_hexagons_whatever_the_step() -> None:
    assets = Path(shapemap.__file__).parent / "assets"
    patterns = (assets / "patterns.svg").read_text("utf-8")
    known = dict(re.findall(r'<pattern id="([^"]+)"(?:[^>]*patternTransform="([^"]*)")?', patterns))
    style = "".join(file.read_text("utf-8") for file in sorted(assets.glob("*.css")))
    used = re.findall(r'(?:[.]pola-(\d) )?[.](w\w) [{] fill: url[(]"#([^"]+)"', style)
    classes = {name for _, name, _ in used}
    assert classes == {"w1", "w2", "w4", "ws", "wx"}
    for step in (shapemap.STEP, shapemap.FINE_STEP):
        scale = f"{1 / step:g}"
        assert {name for own, name, _ in used if own == scale} == classes
        assert all(known[pattern].startswith(f"scale({scale})") for own, _, pattern in used if own == scale)
        assert f'<g class="pola-{scale}" transform="scale({step:g})">' == shapemap._scaled(step)


def numbers(path: str) -> list[list[tuple[int, int]]]:
    """Read the steps of a path back: the points of each sub-path."""
    found = []
    for part in re.findall(r"M[^M]+", path):
        values = [int(value) for value in re.findall(r"-?\d+", part)]
        x, y = values[:2]
        points = [(x, y)]
        for dx, dy in zip(values[2::2], values[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


@given(
    st.lists(
        st.tuples(st.floats(111, 114, allow_nan=False), st.floats(-3, -1, allow_nan=False)),
        min_size=3,
        max_size=40,
    )
)
def test_what_is_written_is_every_point_within_half_a_step(ring: list[tuple[float, float]]) -> None:
    shape = Shape([ring], "w3", "A", "A", "/a", ring[0], 0.0)
    svg = villages([shape], [], BOUNDS, label="Peta")
    frame = shapemap._frame(BOUNDS)
    expected: list[tuple[int, int]] = []
    for point in ring:
        x, y = frame.place(point)
        step = (round(x / shapemap.FINE_STEP), round(y / shapemap.FINE_STEP))
        if not expected or step != expected[-1]:
            expected.append(step)
    written = re.search(r'class="w3" d="([^"]*)"', svg)
    assert written is not None
    assert numbers(written[1]) == ([expected] if len(expected) >= 3 else [])
