"""A request that does not fit its operation: what is wrong where, in our words and with what was sent.

The library names the kind of a fault and its place; its own sentences are English and go nowhere.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.http import HttpRequest, RawPostDataException
from django.utils.translation import gettext_noop as noop

from sidara.kernel.finding import Finding, Place
from sidara.ui.language import say

LONGEST = 200
MOST_TOLD = 100
"""Faults of one request that are told one by one; what is beyond is counted."""
ABSENT = "missing"
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
"""The zero sign, and halves of signs, which no answer can hold."""
WORDS = {
    "string_type": noop("Tulis sebagai teks, di antara tanda kutip."),
    "string_too_long": noop("Paling panjang {max_length} huruf."),
    "string_too_short": noop("Paling pendek {min_length} huruf."),
    "string_pattern_mismatch": noop("Ada tanda yang tidak dapat dipakai di situ."),
    "int": noop("Tulis bilangan bulat."),
    "float": noop("Tulis angka."),
    "finite_number": noop("Tulis angka."),
    "decimal": noop("Tulis angka."),
    "bool": noop("Tulis true atau false."),
    "greater_than_equal": noop("Paling kecil {ge}."),
    "less_than_equal": noop("Paling besar {le}."),
    "list_type": noop("Tulis sebagai daftar (array JSON)."),
    "too_long": noop("Paling banyak {max_length} butir."),
    "too_short": noop("Paling sedikit {min_length} butir."),
    "dict_type": noop("Tulis sebagai objek JSON."),
    "model": noop("Tulis sebagai objek JSON."),
    "uuid": noop("Tulis sebuah UUID."),
    "date_": noop("Tulis tanggal seperti 2026-11-24."),
    "datetime": noop("Tulis waktu dengan zonanya, seperti 2026-11-24T09:00:00+07:00."),
    "timezone_aware": noop("Tulis waktu dengan zonanya, seperti 2026-11-24T09:00:00+07:00."),
    "literal_error": noop("Pilih salah satu: {expected}."),
    "enum": noop("Pilih salah satu: {expected}."),
}
"""How a value is written, by the kind of the fault or by how its kind begins."""
_OUR_BODY = "body"
"""What every operation calls its body."""


def findings_of(request: HttpRequest, errors: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """Say the faults that the library found in a request; the body is read once for all of them."""
    body = _body_of(request)
    for error in islice(errors, MOST_TOLD):
        yield _finding_of(request, body, error)
    left = len(errors) - MOST_TOLD
    if left > 0:
        yield Finding(
            "API_VALUE_WRONG",
            say("{n} nilai lain juga tidak dapat dipakai.", n=left),
            say("Perbaiki yang disebut lebih dahulu, lalu kirim lagi."),
        )


def _body_of(request: HttpRequest) -> Any:
    """Give the body of a request as JSON; `None` where it is none, or was read as a form."""
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError, OSError, RawPostDataException):
        return None


def _finding_of(request: HttpRequest, body: Any, error: dict[str, Any]) -> Finding:
    """Say one fault."""
    source, *place = error.get("loc", ("",))
    if source == "body" and place[:1] == [_OUR_BODY]:
        place = place[1:]
    if source == "body" and error.get("type") == ABSENT and _is_no_object(body, place[:-1]):
        error, place = {"type": "model"}, place[:-1]  # the library misses a part of what has none
    name = _short(".".join(str(part) for part in place) or str(source)) or ""
    at = next((part + 1 for part in place if isinstance(part, int)), None) if source == "body" else None
    is_absent = error.get("type") == ABSENT
    return Finding(
        "API_VALUE_WRONG",
        say("{place} belum disebut.", place=name)
        if is_absent
        else say("Nilai {place} tidak dapat dipakai.", place=name),
        " ".join(filter(None, ("" if is_absent else _how(error), say("Lihat bentuknya di /api.")))),
        place=Place(line=at, column=name),
        value=None if is_absent else _value(request, body, str(source), place),
    )


def _how(error: dict[str, Any]) -> str:
    """Say how such a value is written; empty for a kind that has no words."""
    kind = str(error.get("type", ""))
    key = kind if kind in WORDS else next((one for one in WORDS if kind.startswith(one)), "")
    return say(WORDS[key], **error.get("ctx", {})) if key else ""


def _value(request: HttpRequest, body: Any, source: str, place: list[Any]) -> str | None:
    """Give what was sent at a place, as it was written; `None` where it cannot be found."""
    if source == "query":
        return _short(request.GET.get(str(place[0]))) if place else None
    if source == "header":
        return _short(request.headers.get(str(place[0]).replace("_", "-"))) if place else None
    if source == "path":
        match = request.resolver_match
        return _short(match.kwargs.get(str(place[0]))) if match and place else None
    try:
        return _short(_held(body, place)) if source == "body" else None
    except (LookupError, TypeError, ValueError, RecursionError):
        return None


def _is_no_object(body: Any, place: list[Any]) -> bool:
    """Whether something stands at a place of the body that has no named parts."""
    try:
        return bool(place) and not isinstance(_held(body, place), dict)
    except (LookupError, TypeError):
        return False


def _held(body: Any, place: list[Any]) -> Any:
    """Give what stands at a place of the body."""
    for part in place:
        body = body[part]
    return body


def _short(value: object) -> str | None:
    """Write a value as it was sent, as far as an answer can hold it."""
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _UNWRITABLE.sub("\ufffd", text[:LONGEST])
