"""The form that is taken away as one file, and the result that comes back: what it claims, what it brings.

A result is one line of ASCII: the mark, the signature, the body as JSON. As QR codes the line is cut into
parts, each a line with its number, all of one tag; they may come in any order.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number

MARK = "SIDARA-HASIL-1"
PART = "SIDARA-QR-1"
SIGNS = (MARK.encode(), PART.encode(), b"\xef\xbb\xbf" + MARK.encode(), b"\xef\xbb\xbf" + PART.encode())
"""How a file begins that is a result; some programs put a mark of the encoding before it."""
LONGEST_FILLER = 200
LARGEST, MOST_CELLS = 5_000_000, 20_000
"""Bytes and cells of a result: several times what the widest form with long lists holds."""
_PART = re.compile(rf"{PART}\|(\d{{1,2}})/(\d{{1,2}})\|([0-9a-f]{{8}})\|(.*)\|")
_HALF = re.compile(r"[\ud800-\udfff]")
"""Half a sign, which no table can hold."""
_ODD = re.compile(r"[\x00\ud800-\udfff]")
"""What no record can hold."""
_AGAIN = "Buka lagi berkas formulirnya, simpan berkas hasil sekali lagi, lalu kirim berkas itu."


@dataclass(frozen=True, slots=True)
class Claims:
    """What a file that is taken away says of itself: its one-time id, form, version, place, period, base."""

    uid: str
    form: str
    number: int
    digest: str
    region: str
    period: str
    base: int

    @property
    def text(self) -> str:
        """The claims as they are sealed: the same claims are the same text."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Result:
    """What came back: the claims, who says that he filled it in, cells as texts, and what was signed."""

    claims: Claims
    filler: str
    cells: tuple[tuple[str, str, str, str, str, str, str], ...]
    """Row, variable, breakdown, state, value, explanation, origin (empty: it was typed)."""
    body: bytes
    signature: bytes


def is_result(content: bytes) -> bool:
    """Whether a file is a result, or the texts of its QR codes."""
    return content.startswith(SIGNS)


def read(content: bytes) -> Result | Finding:
    """Read a result, or a finding where it is not whole; whether it is genuine is not looked at.

    A result is about one village: what is larger than its form can be is refused unread.
    """
    if len(content) > LARGEST:
        return _too_large(f"{len(content) / 1_000_000:.1f} MB".replace(".", ","))
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return _unreadable()
    if text.startswith(PART):
        joined = _joined(text.splitlines())
        if isinstance(joined, Finding):
            return joined
        text = joined
    mark, _, rest = text.partition(" ")
    signature, _, body = rest.partition(" ")
    try:
        if mark != MARK or not body.isascii():
            return _unreadable()
        return _result(json.loads(body), body.encode(), base64.urlsafe_b64decode(signature + "=="))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        return _unreadable()


def _joined(lines: Sequence[str]) -> str | Finding:
    """Put the texts of QR codes together, in whatever order and however often they were read."""
    found = [_PART.fullmatch(line.strip()) for line in lines if line.strip()]
    parts: dict[int, str] = {}
    kinds = {(one[2], one[3]) for one in found if one}
    if None in found or len(kinds) != 1:
        return _parts("Kode QR dalam berkas ini terpotong atau berasal dari beberapa hasil.")
    for one in found:
        if one and parts.setdefault(int(one[1]), one[4]) != one[4]:
            return _parts(f"Kode QR nomor {one[1]} terbaca dua kali dengan isi yang berbeda.")
    count = int(next(iter(kinds))[0])
    missing = [str(number) for number in range(1, count + 1) if number not in parts]
    if missing or len(parts) != count:
        return _parts(f"Kode QR nomor {', '.join(missing[:10])} dari {count} belum ada.")
    return "".join(parts[number] for number in range(1, count + 1))


def _result(body: Any, signed: bytes, signature: bytes) -> Result | Finding:
    told = body["claims"]
    claims = Claims(**told)
    texts = (claims.uid, claims.form, claims.digest, claims.region, claims.period)
    numbers = (claims.number, claims.base)
    if not all(isinstance(one, str) for one in (*texts, body["filler"])):
        raise TypeError
    if not all(type(one) is int for one in numbers) or any(_ODD.search(one) for one in texts):
        raise TypeError
    if len(body["cells"]) > MOST_CELLS:
        return _too_large(f"{format_number(len(body['cells']))} sel")
    cells = tuple(_cell(one) for one in body["cells"])
    filler = _ODD.sub("", body["filler"]).strip()[:LONGEST_FILLER]
    return Result(claims, filler, cells, signed, signature)


def _cell(one: Iterable[Any]) -> tuple[str, str, str, str, str, str, str]:
    row, variable, breakdown, state, value, explanation, *more = one
    (origin,) = more or ("",)
    texts = (row, variable, breakdown, state, value, explanation, origin)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    # Another sign that nobody sees takes the place of what fits no table, and the cell has its finding.
    row, variable, breakdown, state, value, explanation, origin = (_HALF.sub("\x1a", text) for text in texts)
    return row, variable, breakdown, state, value, explanation, origin


def _unreadable() -> Finding:
    return Finding(
        "RESULT_UNREADABLE", "Berkas hasil ini terpotong atau rusak, sehingga tidak dapat dibaca.", _AGAIN
    )


def _too_large(size: str) -> Finding:
    return Finding(
        "RESULT_TOO_LARGE",
        f"Berkas hasil ini terlalu besar ({size}; paling besar {LARGEST // 1_000_000} MB dan "
        f"{format_number(MOST_CELLS)} sel).",
        "Satu berkas hasil memuat satu formulir satu desa; kirim isian lain dengan berkasnya sendiri.",
        value=size,
    )


def _parts(say: str) -> Finding:
    return Finding(
        "RESULT_PARTS", say, "Pindai semua kode QR dari satu layar, tiap kode satu baris, lalu kirim lagi."
    )


def forged(claims: Claims) -> Finding:
    """Refuse a result whose signature is not that of the key made for its file."""
    return Finding(
        "RESULT_FORGED",
        "Berkas hasil ini diubah setelah disimpan, atau bukan dari formulir yang dibuat SIDARA ini.",
        "Buka lagi berkas formulir yang asli, simpan berkas hasil sekali lagi, lalu kirim tanpa mengubahnya.",
        value=claims.uid[:40],
    )


def one_village(code: str) -> Finding:
    """Say that such a file is made for one village."""
    return Finding(
        "TAKE_AWAY_ONE_VILLAGE",
        "Formulir HTML dibuat bagi satu desa saja.",
        "Pilih satu desa, atau buat buku kerja Excel bagi seluruh kecamatan.",
        value=code,
    )
