"""Who works in one area begins there on every page about an area; everybody else with the province."""

import re

import pytest
from django.test import Client

from tests.accounts.conftest import world
from tests.web.people import client

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def about(asker: Client, address: str) -> str:
    page = asker.get(address)
    assert page.status_code == 200, address
    return re.sub(r"<[^>]+>", " ", page.content.decode())


@pytest.mark.parametrize("address", ["/papan", "/papan/rencana", "/pemerataan"])
def test_a_page_about_an_area_begins_in_ones_own(world, address) -> None:
    assert "Kabupaten Kotawaringin Barat" in about(client(world, "pmd-kabupaten-a"), address)
    for asker in (Client(), client(world, "pimpinan")):
        assert "Provinsi Kalimantan Tengah" in about(asker, address)
        assert "Kabupaten Kotawaringin Barat" not in about(asker, address)
    assert "Provinsi Kalimantan Tengah" in about(client(world, "pmd-kabupaten-a"), f"{address}?wilayah=62")


def test_the_menu_of_a_leader_begins_with_the_board(world) -> None:
    def menu(login: str) -> list[str]:
        page = client(world, login).get("/tentang").content.decode()
        return re.findall(r'<a class="nav-link[^>]*href="([^"]*)"', page)

    assert "/papan" in menu("pimpinan")
    assert "/papan" not in menu("perencana")
    assert "/papan" not in menu("operator-desa-a")
