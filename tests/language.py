"""What is said in which language: the catalogues, and the texts of a page that people see or hear."""

import importlib.util
import re
import string
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-l", "content")
"""Attributes that are shown or read aloud."""
VOID = {"meta", "link", "input", "br", "img", "hr"}
INDONESIAN = re.compile(
    r"\b(?:dan|yang|tidak|dengan|untuk|dari|atau|belum|sudah|menurut|sampai|semua|adalah|pada|oleh|jumlah"
    r"|desa|akses|angka|wilayah|butir|kegiatan|ini|itu|bila|agar|jadi|lebih|lalu)\b"
)
"""Words that an Indonesian sentence hardly does without; none is a part of a place's name in lower case."""
CITED = re.compile(r"“[^”]*”|https?://\S+|/\S+|\b\w+:[\w-]+|\((?:desa|kelurahan|kecamatan)\)")
"""Titles in quotes and addresses stay as they are, and so does a word that an English one is explained by."""


def catalogues() -> ModuleType:
    """Load the script that makes the catalogues."""
    found = importlib.util.spec_from_file_location("catalogues", ROOT / "script" / "catalogues.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def figures(sentence: str) -> set[str]:
    """The names of the figures in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


class Heard(HTMLParser):
    """Collects the texts of a page that are marked neither as Indonesian nor as names for programs."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_kept = given.get("lang") == "id" or given.get("translate") == "no"
        is_silent = is_kept or tag in {"script", "style"}
        if not is_silent and not self._is_silent:
            self.texts += [given[name] or "" for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing's shapes say nothing."""

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            self.texts.append(" ".join(data.split()))

    @property
    def _is_silent(self) -> bool:
        return any(is_silent for _, is_silent in self._open)


def heard(page: str) -> list[str]:
    """The texts of a page, without those in elements with `lang="id"`."""
    parser = Heard()
    parser.feed(page)
    return parser.texts


def untranslated(page: str, known: dict[str, str]) -> list[str]:
    """The texts of an English page that are Indonesian: by their words, or because a catalogue has them."""
    found = []
    for text in heard(page):
        plain = CITED.sub(" ", text)
        if INDONESIAN.search(plain) or known.get(text, text) != text:
            found.append(text)
    return found
