"""What a device makes of the window of a form, by the day in Jakarta, and of addresses that lead into it."""

import pytest

from tests.collection.device import Device

DAYS = {"opens": "2026-11-01", "until": "2026-11-30", "early": "belum", "over": "lewat"}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-10-31T16:59:59Z", "belum"),
        ("2026-10-31T17:00:00Z", ""),
        ("2026-11-30T16:59:59Z", ""),
        ("2026-11-30T17:00:00Z", "lewat"),
    ],
)
def test_a_device_knows_the_first_and_the_last_day(device: Device, now: str, said: str) -> None:
    assert device("closed", days=DAYS, now=now) == {"said": said}
    assert device("closed", days={}, now=now) == {"said": ""}


@pytest.mark.parametrize(
    ("tail", "at"),
    [
        ("", None),
        ("?bagian=8", None),
        ("#bagian-8", 7),
        ("?bagian=2#bagian-8", 7),
        ("?bagian=8#sel--KEP_010-_T", 7),
        ("#sel--KEP_010-_T", None),
        ("?bagian=x#sel--KEP_010-_T", None),
        ("?bagian=0#sel--KEP_010-_T", None),
    ],
)
def test_an_address_names_a_section_by_itself_or_beside_a_cell(
    device: Device, tail: str, at: int | None
) -> None:
    assert device("section", address=f"https://sidara.example/isi/F/62.01.02.2016/2026{tail}") == {"at": at}
