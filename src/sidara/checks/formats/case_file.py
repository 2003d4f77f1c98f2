"""Reads a file of cases: a JSON list; numbers keep their digits."""

import json
from decimal import Decimal

from sidara.kernel.finding import Finding, Place


def parse(content: bytes) -> tuple[list[object], tuple[Finding, ...]]:
    """Give the cases as plain values, or why the file cannot be read."""
    try:
        given = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        return [], (Finding("CASES_UNREADABLE", "Berkas bukan teks UTF-8.", "Simpan berkas sebagai UTF-8."),)
    except json.JSONDecodeError as fault:
        say = f"Berkas bukan JSON yang sah ({fault.msg}, huruf ke-{fault.colno})."
        place = Place(line=fault.lineno)
        return [], (Finding("CASES_UNREADABLE", say, "Betulkan barisnya.", place=place),)
    except RecursionError:
        return [], (Finding("CASES_UNREADABLE", "Berkas bersarang terlalu dalam.", "Ratakan isinya."),)
    if not isinstance(given, list):
        return [], (Finding("CASES_NO_LIST", "Berkas tidak memuat daftar kasus.", "Mulailah dengan [."),)
    return given, ()
