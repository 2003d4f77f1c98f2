"""Pages are as light as the design says: bytes as sent, never seconds."""

import pytest

from bench import page_weight
from tests.serving import Site


def test_the_first_load_with_fonts_stays_below_its_bound(site: Site) -> None:
    kept = page_weight.files(site.address)
    assert {name.rsplit(".", 1)[1] for name in kept} >= {"css", "js", "woff2"}
    assert page_weight.page(site.address, "/").sent + sum(kept.values()) <= page_weight.FIRST_LOAD


@pytest.mark.parametrize(("name", "path"), page_weight.PAGES)
def test_later_pages_and_maps_stay_below_their_bounds(site: Site, name: str, path: str) -> None:
    weight = page_weight.page(site.address, path)
    assert weight.page <= page_weight.LATER_PAGE, name
    assert weight.map <= page_weight.MAP_LEVEL, name
