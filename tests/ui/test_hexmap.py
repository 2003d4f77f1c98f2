"""The hexagon map: few links, every cell once, names that do not meet, borders drawn once."""

import re
from xml.etree import ElementTree

from sidara.ui.hexmap import Cell, Group, overview, villages

SVG = "{http://www.w3.org/2000/svg}"


def block(name: str, left: int, top: int, width: int = 6, height: int = 4, mark: str = "w4") -> Group:
    cells = tuple(
        Cell(
            column,
            row,
            mark,
            name=f"Desa {column}",
            title=f"Desa {column}: Maju",
            href=f"/desa/{column}.{row}",
        )
        for row in range(top, top + height)
        for column in range(left, left + width)
    )
    return Group(name, cells, title=f"{name}: 1 dari 2 desa", href=f"/wilayah/{name}", short=name[:4])


def boxes(svg: str, style: str) -> list[tuple[float, float, float, float]]:
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if text.get("class") == style:
            size = float(text.get("font-size", "0"))
            lines = [(float(span.get("x", "0")), float(span.get("y", "0")), span.text or "") for span in text]
            half = max(len(words) for _, _, words in lines) * size * 0.3
            found.append(
                (lines[0][0] - half, lines[0][1] - size * 0.9, lines[0][0] + half, lines[-1][1] + size * 0.2)
            )
    return found


def test_an_overview_has_one_link_per_group_and_each_cell_once() -> None:
    groups = [block("Kotawaringin Barat", 0, 0), block("Kapuas", 6, 0), block("Gunung Mas", 0, 4, mark="wx")]
    svg = overview(groups, label="Peta")
    root = ElementTree.fromstring(svg)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == [group.href for group in groups]
    cells = [d for path in re.findall(r'class="w.[^"]*" d="([^"]+)"', svg) for d in path.split("M")[1:]]
    assert len(cells) == len(set(cells)) == sum(len(group.cells) for group in groups)
    assert "style=" not in svg


def test_names_do_not_meet_and_stay_inside_at_both_widths() -> None:
    groups = [block(f"Kabupaten Panjang {n}", (n % 4) * 5, (n // 4) * 4, 5, 4) for n in range(12)]
    svg = overview(groups, label="Peta")
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())  # type: ignore[union-attr]  # a miss is a red test
    for style in ("peta__p", "peta__s"):
        placed = boxes(svg, style)
        assert placed
        for index, one in enumerate(placed):
            assert one[0] >= 0
            assert one[1] >= -2
            assert one[2] <= width
            assert one[3] <= height + 2
            for other in placed[index + 1 :]:
                assert not (
                    one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
                )


def test_a_border_runs_between_groups_and_around_all_but_never_twice() -> None:
    groups = [block("A", 0, 0, 2, 1), block("B", 2, 0, 1, 1)]
    path = re.search(r'peta__batas" d="([^"]+)"', overview(groups, label="x"))
    assert path is not None
    segments = path[1].split("M")[1:]
    assert len(segments) == len(set(segments)) == 15


def test_villages_are_links_with_names_and_the_current_one_is_outlined() -> None:
    svg = villages([block("Kumai", 0, 0, 3, 2)], label="Peta", current=(1, 1))
    assert svg.count("<a ") == 6
    assert svg.count("peta__ini") == 1
    assert "Desa 2" in svg


def test_foreign_text_is_escaped() -> None:
    group = Group(
        '<b>"x"', (Cell(0, 0, "w1", name="<i>", title='"><script>', href="/x"),), title="<t>", href="/y"
    )
    for svg in (overview([group], label="<x>"), villages([group], label="<x>")):
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert "<b>" not in svg
