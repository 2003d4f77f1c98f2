"""Cuts the text of an expression into words, numbers, texts and signs, each with its place.

Refused with a finding each, at its place: what is no sign of the language (`PEM-002`, `==`, `"`, comments,
control characters), numbers of another form, a text that does not end.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sidara.expressions.nodes import ExpressionFault, Spot
from sidara.kernel.finding import Finding

MOST_CHARACTERS = 4000


class Type(StrEnum):
    """What a token is."""

    WORD = "kata"
    NUMBER = "angka"
    TEXT = "teks"
    SIGN = "tanda"
    END = "akhir"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: as it was written (a text without its quotation marks) and where."""

    type: Type
    text: str
    spot: Spot

    def says(self, word: str) -> bool:
        """Whether this is that keyword or sign."""
        return self.type in {Type.WORD, Type.SIGN} and self.text.lower() == word


_PIECE = re.compile(
    r"""(?P<blank>\s+)
    |(?P<text>'(?:[^']|'')*')
    |(?P<hyphen>(?<![A-Za-z0-9_])[A-Z]{2,}-\d{2,}(?![A-Za-z0-9_]))
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<number>\d[\w.]*|\.\d[\w.]*)
    |(?P<comment>--|/\*|\*/)
    |(?P<foreign>==|!=)
    |(?P<sign><=|>=|<>|[-+*/=<>(),.])""",
    re.ASCII | re.VERBOSE,
)
_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
"""Categories of characters that nobody can read: control, halves of a pair, private, unassigned."""


def tokens(text: str) -> tuple[Token, ...]:
    """Cut `text` into tokens; the last one is `END`. Refuses (`ExpressionFault`) what is not the language."""
    if len(text) > MOST_CHARACTERS:
        raise fault(
            "EXPRESSION_TOO_LONG",
            f"Ungkapan lebih panjang dari {MOST_CHARACTERS} huruf.",
            "Bagi menjadi beberapa ungkapan.",
        )
    if not text.strip():
        raise fault("EXPRESSION_EMPTY", "Ungkapan kosong.", "Tuliskan ungkapannya.")
    _refuse_unseen(text)
    return tuple(_tokens(text))


def fault(
    code: str, message: str, remedy: str = "", value: str | None = None, spot: Spot | None = None
) -> ExpressionFault:
    """Make the refusal with one finding; `spot` is told in its message."""
    return ExpressionFault((Finding(code, placed(message, spot), remedy, value=value),))


def placed(message: str, spot: Spot | None) -> str:
    """Tell the place at the end of a sentence."""
    return f"{message.removesuffix('.')} ({spot})." if spot else message


def _tokens(text: str) -> Iterator[Token]:
    at, line, start = 0, 1, 0
    while at < len(text):
        spot = Spot(line, at - start + 1)
        found = _PIECE.match(text, at)
        if found is None:
            raise _foreign_sign(text[at], spot)
        piece, kind = found[0], found.lastgroup or ""
        match kind:
            case "text":
                yield Token(Type.TEXT, piece[1:-1].replace("''", "'"), spot)
            case "number":
                if not _NUMBER.fullmatch(piece):
                    raise _number_form(piece, spot)
                yield Token(Type.NUMBER, piece, spot)
            case "word" | "sign":
                yield Token(Type(_TYPES[kind]), piece, spot)
            case "blank":
                pass
            case _:
                raise _refused(kind, piece, spot)
        if "\n" in piece:
            line, start = line + piece.count("\n"), at + piece.rfind("\n") + 1
        at = found.end()
    yield Token(Type.END, "", Spot(line, len(text) - start + 1))


_TYPES = {"word": Type.WORD, "sign": Type.SIGN}


def _refuse_unseen(text: str) -> None:
    """Refuse characters that no engine and no reader can be trusted with, inside of texts, too."""
    for at, sign in enumerate(text):
        if unicodedata.category(sign) in _UNSEEN and sign not in "\t\n\r":
            spot = Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            name = f"U+{ord(sign):04X}"
            say = f"Tanda {name} tidak terlihat dan tidak boleh ada dalam ungkapan."
            raise fault("FOREIGN_SIGN", say, "Hapus tanda itu, atau ketik ulang bagiannya.", name, spot)


def _number_form(piece: str, spot: Spot) -> ExpressionFault:
    remedy = "Tulis seperti 12 atau 0.75, paling banyak 18 angka."
    return fault("NUMBER_FORM", f"Angka {piece} tidak dapat dibaca.", remedy, piece, spot)


def _refused(kind: str, piece: str, spot: Spot) -> ExpressionFault:
    match kind:
        case "hyphen":
            name = piece.replace("-", "_")
            say = f"Nama {piece} ditulis dengan tanda hubung."
            return fault("HYPHEN_IN_NAME", say, f"Tulis {name}.", piece, spot)
        case "comment":
            say = "Ungkapan tidak boleh memuat komentar."
            return fault("COMMENT", say, "Hapus -- atau /* … */.", piece, spot)
        case _:
            say = "Tanda == dan != tidak dipakai di sini."
            return fault("FOREIGN_OPERATOR", say, "Pakai = atau <>.", piece, spot)


def _foreign_sign(sign: str, spot: Spot) -> ExpressionFault:
    if sign == '"':
        say = "Teks ditulis dalam tanda petik tunggal."
        return fault("DOUBLE_QUOTES", say, "Ganti \"…\" dengan '…'.", sign, spot)
    if sign == "'":
        say = "Tanda petik tunggal belum ditutup."
        remedy = "Tutup teksnya dengan tanda petik; petik di dalam teks ditulis dua kali."
        return fault("EXPRESSION_UNREADABLE", say, remedy, sign, spot)
    return fault(
        "FOREIGN_SIGN", f"Tanda {sign} tidak ada dalam bahasa ungkapan.", "Hapus tanda itu.", sign, spot
    )
