"""Tables sort, tags write, templates use only icons that are built."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from django.template import Context, Template
from django.test import RequestFactory

from sidara.ui.figures import Cell, Column, Figure, Mark, Table, number_cell, text_cell

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sidara"
TABLE = Table(
    (
        Column("kode", "Kode", is_file_only=True),
        Column("desa", "Desa", is_sortable=True),
        Column("idm", "IDM", is_number=True, is_sortable=True),
    ),
    tuple(
        (text_cell(code), text_cell(name), number_cell(value, 4))
        for code, name, value in (
            ("1", "Kubu", Decimal("0.7")),
            ("2", "Ayam", None),
            ("3", "Marang", Decimal("0.9")),
        )
    ),
)


def render(source: str, **context: object) -> str:
    return Template(source).render(
        Context({"request": RequestFactory().get("/wilayah/62.01?urut=desa"), **context})
    )


def test_every_icon_of_a_template_is_built_and_none_is_built_for_nothing() -> None:
    used = {
        n
        for f in PACKAGE.rglob("templates/**/*.html")
        for n in re.findall(r'{% icon "([\w-]+)"', f.read_text("utf-8"))
    }
    listed = (PACKAGE / "ui" / "assets" / "icons.txt").read_text("utf-8").split()
    assert listed == sorted(used)


def test_money_takes_a_line_of_its_own_on_a_phone_and_short_figures_share_one() -> None:
    columns = (
        Column("nama", "Nama"),
        Column("uang", "Anggaran", is_number=True),
        Column("n", "Desa", is_number=True),
    )
    table = Table(columns, ((text_cell("Jalan"), Cell(140_750_000, "Rp140.750.000"), number_cell(1)),))
    html = render('{% include "ui/table.html" with title="Kegiatan" %}', table=table)
    assert re.findall(r'<td class="([^"]*)" data-l="(\w+)"', html) == [
        ("n n--sebaris", "Anggaran"),
        ("n", "Desa"),
    ]


def test_rows_sort_both_ways_and_those_without_a_value_come_last() -> None:
    def names(order: str) -> list[str]:
        return [row[1].text for row in TABLE.sorted_by(order).rows]

    assert names("idm") == ["Kubu", "Marang", "Ayam"]
    assert names("-idm") == ["Marang", "Kubu", "Ayam"]
    assert names("desa") == ["Ayam", "Kubu", "Marang"]
    assert names("kode; drop table") == ["Kubu", "Ayam", "Marang"]


def test_a_table_shows_words_for_phones_and_links_that_turn_the_order() -> None:
    html = render('{% include "ui/table.html" with title="Desa" %}', table=TABLE.sorted_by("idm"))
    assert 'data-l="IDM">0,7000' in html
    assert 'aria-sort="ascending"' in html
    assert "?urut=-idm" in html
    assert "Kode" not in html


def test_a_cell_is_rounded_once_for_screen_and_file() -> None:
    assert number_cell(Fraction(2, 3) * 100, 1, suffix=" %") == Cell(Decimal("66.7"), "66,7 %")
    assert number_cell(None).text == "–"
    assert number_cell(1432).text == "1.432"


def test_tags_write_without_style_attributes() -> None:
    html = render(
        "{% badge mark %}{% stack parts %}{{ 1432|number }}",
        mark=Mark("4", "Maju"),
        parts=(("5", 3), ("1", 0), ("2", 1)),
    )
    assert 'badge--4">Maju' in html
    assert html.count('<rect class="w') == 2
    assert html.endswith("1.432")
    assert "style=" not in html


def test_a_long_table_opens_with_its_first_rows() -> None:
    rows = tuple((text_cell(str(number)),) for number in range(5))
    table = Table((Column("n", "N"),), rows)
    whole = Figure("a", "A", "", table, ())
    assert (whole.head, whole.rest) == (table, None)
    cut = Figure("a", "A", "", table, (), first=2)
    assert cut.head is not None
    assert cut.rest is not None
    assert cut.head.rows + cut.rest.rows == rows
    assert len(cut.head.rows) == 2
    assert Figure("a", "A", "", table, (), first=5).rest is None
