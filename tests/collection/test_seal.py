"""What a PIN seals on a device opens by that PIN alone, under its own name, and not after a change."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collection.device import Device

ROUNDS = 10
"""Few: what is tested is what opens, not what it costs."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PINS = st.text("0123456789", min_size=6, max_size=10)


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(pin=PINS, other=PINS, value=JSON, name=st.text(min_size=1), bit=st.integers(0, 10**6))
def test_only_the_pin_opens_and_only_what_was_sealed(
    device: Device, pin: str, other: str, value: Any, name: str, bit: int
) -> None:
    tries: list[dict[str, Any]] = [
        {},
        {"pin": pin + "0"},
        {"name": f"{name}/"},
        {"bit": bit},
        {"lockBit": bit},
        {"pin": other, "newPin": other},
    ]
    told = device("seal", pin=pin, name=name, value=value, tries=tries, rounds=ROUNDS)
    own = {"value": value}
    assert told["found"] == [own, "locked", "changed", "changed", "locked", own]
    assert told["sizes"][:2] == [16, 12]


def test_nothing_of_the_value_is_read_in_the_record(device: Device) -> None:
    said = "Kata warga tentang bantuan"
    told = device("seal", pin="620102", name="draf", value={"explanation": said}, tries=[], rounds=ROUNDS)
    assert "warga" not in told["text"]
    again = device("seal", pin="620102", name="draf", value={"explanation": said}, tries=[], rounds=ROUNDS)
    assert again["text"] != told["text"], "each time another key and another start"


def test_pins_that_anybody_would_try_are_not_taken_and_wrong_tries_slow_down(device: Device) -> None:
    pins = ["620102", "135790", "12345", "123456", "987654", "890123", "000000", "62010a", "", "62 102"]
    told = device("pin", pins=pins, wrong=[0, 1, 2, 3, 4, 5, 6, 60])
    assert told["good"] == [True, True, *[False] * 8]
    assert told["pauses"] == [0, 0, 0, 5, 30, 60, 300, 300]
