"""Plain values of a file of cases: states, numbers, days, texts; each fault with its key."""

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sidara.expressions import Kind
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import Finding, Place

MOST_DIGITS = 18
"""Digits of one figure, before and behind the decimal point together."""
MOST_SHOWN = 60
"""Letters of a wrong value that are repeated to its writer."""
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class CaseFault(ValueError):  # noqa: N818 - carries findings that the writer of the file can mend
    """The case cannot be judged; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Carry the findings."""
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


def fault(code: str, message: str, remedy: str, column: str = "", value: object = None) -> CaseFault:
    """Make the refusal of the key `column`."""
    place = Place(column=column or None)
    return CaseFault(
        (Finding(code, message, remedy, place=place, value=None if value is None else shown(value)),)
    )


def shown(value: object) -> str:
    """Repeat a wrong value as JSON would write it, cut where it is long."""
    words = {None: "null", True: "true", False: "false"}
    plain = words[value] if value is None or isinstance(value, bool) else str(value)
    return plain if len(plain) <= MOST_SHOWN else f"{plain[:MOST_SHOWN]}…"


def mapping(value: object, column: str) -> Mapping[str, Any]:
    """Give an object; what is left out or null is empty."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise fault("CASE_FIELD", f"{column} bukan objek.", f'Tulis "{column}": {{…}}.', column, value)
    return value


def refuse_near_keys(given: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
    """Refuse a key that is a slip of the pen for one that is left out; other keys are passed over."""
    for key in given:
        if key in known:
            continue
        near = difflib.get_close_matches(key, [one for one in known if one not in given], n=1, cutoff=0.8)
        if near:
            column = f"{where}.{key}" if where else key
            raise fault("CASE_FIELD", f"Kunci {shown(key)} tidak dikenal.", f"Tulis {near[0]}.", column, key)


def cell(given: Mapping[str, Any], kind: Kind | None, column: str) -> Cell:
    """Read what stands in a cell; a state without value may carry one, which is passed over."""
    value = given.get("value")
    said = given.get("state")
    found = state(
        (State.EMPTY if value is None else State.VALUE) if said is None else said, f"{column}.state"
    )
    if found is not State.VALUE:
        return Cell(found)
    column = f"{column}.value"
    if value is None:
        raise fault("CASE_VALUE", "Sel berkeadaan nilai tidak memuat nilai.", "Isi nilainya.", column)
    return Cell(found, _value(value, kind, column))


def state(given: object, column: str) -> State:
    """Read a state."""
    try:
        if not isinstance(given, str):
            raise ValueError
        return State(given.replace(" ", "_"))
    except ValueError:
        words = ", ".join(one.value for one in State)
        say = f"Keadaan {shown(given)} tidak dikenal."
        raise fault("CASE_STATE", say, f"Pilih salah satu: {words}.", column, given) from None


def _value(value: object, kind: Kind | None, column: str) -> Decimal | str | bool | date:
    if isinstance(value, list) and kind in {Kind.TEXT, None}:
        return _chosen(value, column)
    if kind is Kind.NUMBER:
        found = number(value, column)
        if found is not None:
            return found
    if kind is Kind.DATE:
        return day(value, column)
    if isinstance(value, bool) and kind in {Kind.BOOLEAN, None}:
        return value
    if isinstance(value, str) and kind in {Kind.TEXT, None}:
        return value
    if isinstance(value, int | Decimal) and kind is None:
        return number(value, column) or Decimal(0)
    say = f"Nilai {shown(value)} bukan {kind or 'nilai satu sel'}."
    raise fault("CASE_VALUE", say, "Betulkan nilainya atau ungkapannya.", column, value)


def _chosen(value: list[Any], column: str) -> str:
    """Join the options of a multiple choice."""
    for option in value:
        if not isinstance(option, str) or not option or option.split() != [option]:
            say = f"Pilihan {shown(option)} bukan kode satu kata."
            raise fault("CASE_VALUE", say, 'Tulis seperti ["udara", "air"].', column, option)
    return " ".join(value)


def number(value: object, column: str) -> Decimal | None:
    """Read a number: of JSON, or a text of plain digits."""
    if value is None:
        return None
    is_plain = isinstance(value, str) and _DIGITS.fullmatch(value)
    if isinstance(value, bool) or not (is_plain or isinstance(value, int | Decimal)):
        say = f"{shown(value) or 'Teks kosong'} bukan angka."
        raise fault("CASE_VALUE", say, 'Tulis seperti 12 atau "0.75".', column, value)
    found = Decimal(value)  # type: ignore[arg-type]  # int, Decimal or digits
    exponent = int(found.as_tuple().exponent)
    if max(found.adjusted() + 1, 0) + max(-exponent, 0) > MOST_DIGITS:
        say = f"Angka {shown(value)} lebih panjang dari {MOST_DIGITS} angka."
        raise fault("CASE_VALUE", say, "Bulatkan angkanya.", column, value)
    return Decimal(f"{found:f}")


def day(value: object, column: str) -> date:
    """Read a day, written as 2026-11-24 only."""
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        say = f"{shown(value) or 'Teks kosong'} bukan tanggal."
        raise fault("CASE_VALUE", say, "Tulis seperti 2026-11-24.", column, value) from None


def text(value: object, column: str) -> str | None:
    """Read a text."""
    if value is None or isinstance(value, str):
        return value
    raise fault("CASE_FIELD", f"{column} bukan teks.", 'Tulis dalam tanda petik: "…".', column, value)


def refuse_broken(given: object) -> None:
    """Refuse texts with halves of a Unicode pair, which no engine can hold."""
    waiting = [given]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and any("\ud800" <= sign <= "\udfff" for sign in one):
            say = "Kasus memuat tanda yang rusak (setengah dari pasangan Unicode)."
            raise fault("CASE_FORM", say, "Ketik ulang teksnya, atau hapus tanda itu.")
