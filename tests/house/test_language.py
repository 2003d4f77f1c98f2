"""No sentence of a screen without its English: catalogues, templates, Python, with the glossary as source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidara.kernel import content
from tests.language import INDONESIAN, ROOT, catalogues, figures

CATALOGUES = catalogues()
PACKAGE = ROOT / "src" / "sidara"
NAMES = {"SIDARA", "SIMULASI", "CSV", "XLSX", "Python", "curl"}
"""Words that are the same in every language."""
TOKEN = re.compile(r"{#.*?#}|<!--.*?-->|<!DOCTYPE[^>]*>|<(?:[^<>{]|{%.*?%}|{{.*?}}|{)*?>", re.DOTALL)
DJANGO = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN = re.compile(
    r"\b(?:title|alt|aria-label|placeholder|data-l|content)=\"((?:[^\"{]|{{.*?}}|{%.*?%})*)\""
)
GIVEN = re.compile(r"{%\s*include[^%]*?\b(?:text|title|heading|what)=\"([^\"]*)\"")
WORD = re.compile(r"[A-Za-z]{2,}")
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SCREENS = [
    *sorted((PACKAGE / "web" / "pages").rglob("*.py")),
    *(
        PACKAGE / "web" / name
        for name in ("dictionary_views.py", "context.py", "views.py", "planning_views.py", "languages.py")
    ),
    *(PACKAGE / "ui" / name for name in ("charts.py", "figures.py", "hexmap.py", "labels.py", "progress.py")),
    *(PACKAGE / "ui" / name for name in ("shapemap.py", "templatetags/ui.py")),
]


@pytest.mark.parametrize("room", CATALOGUES.ROOMS)
def test_each_sentence_has_its_english_and_no_other_is_kept(room: str) -> None:
    said, kept = CATALOGUES.owned()[room], CATALOGUES.read(room)
    known = {CATALOGUES.key(message.id, message.context): message for message in kept if message.id}
    assert sorted(said) == sorted(known), "script/catalogues.py update"
    assert [word for word, message in known.items() if not message.string or message.fuzzy] == []
    assert list(kept.obsolete) == []


@pytest.mark.parametrize("room", CATALOGUES.ROOMS)
def test_a_translation_has_the_figures_and_the_edges_of_its_sentence(room: str) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        message.id
        for message in CATALOGUES.read(room)
        if message.id
        and (figures(message.id) < figures(message.string) or edges(message.id) != edges(message.string))
    ]
    assert wrong == []
    lost = {
        message.id: figures(message.id) - figures(message.string)
        for message in CATALOGUES.read(room)
        if message.id and figures(message.id) != figures(message.string)
    }
    assert all(left == {"word"} for left in lost.values()), lost


def test_styles_write_no_words() -> None:
    written = {
        f"{file.name}: {text}"
        for file in sorted((PACKAGE / "ui" / "assets").glob("*.css"))
        for value in re.findall(r"[\s{;]content:([^;}]*)", file.read_text(encoding="utf-8"))
        for text in re.findall(r"\"([^\"]*)\"", value)
        if WORD.search(re.sub(r"\\[0-9A-Fa-f]+", "", text))
    }
    assert written == set()


def test_a_sentence_stands_in_one_catalogue_only() -> None:
    seen: dict[str, str] = {}
    twice = []
    for room in CATALOGUES.ROOMS:
        for message in CATALOGUES.read(room):
            key = CATALOGUES.key(message.id, message.context)
            if message.id and seen.setdefault(key, room) != room:
                twice.append(message.id)
    assert twice == []


def bare_words(template: str) -> Iterator[str]:
    """The texts and spoken attributes of a template that stand outside of every translation."""
    for tag in TOKEN.findall(template):
        yield from (DJANGO.sub(" ", value) for value in SPOKEN.findall(tag))
    yield from GIVEN.findall(template)
    yield from DJANGO.sub("\n", TOKEN.sub("\n", template)).split("\n")


@pytest.mark.parametrize(
    "file",
    sorted(PACKAGE.rglob("templates/**/*.html")),
    ids=lambda file: file.relative_to(PACKAGE).as_posix(),
)
def test_a_template_says_nothing_outside_of_a_translation(file: Path) -> None:
    bare = [
        text.strip()
        for text in bare_words(file.read_text(encoding="utf-8"))
        if set(WORD.findall(text)) - NAMES and "width=device-width" not in text
    ]
    assert bare == []


LOOSE = re.compile(rf"{INDONESIAN.pattern}|\b(?:desa|kelurahan|kecamatan|skor|sekarang|Sekarang)\b")


def unsaid(code: str) -> Iterator[str]:
    """The literals of Python code with Indonesian words that neither `say` nor `noop` takes."""
    tree = ast.parse(code)
    said = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in CATALOGUES.CALLS
    }
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        text = node.value
        if id(node) in said | documents or "\\" in text or not (" " in text or text[:1].isupper()):
            continue
        if LOOSE.search(text) and not re.search(r"\b(?:the|is|of|to)\b", text):
            yield text


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_python_of_screens_says_nothing_outside_of_a_catalogue(file: Path) -> None:
    assert list(unsaid(file.read_text(encoding="utf-8"))) == []


def test_the_nets_catch_what_they_are_for() -> None:
    assert list(filter(str.strip, bare_words("<p>{{ x }} desa</p>"))) == [" desa"]
    assert "Tutup" in list(bare_words('<a aria-label="Tutup">{% translate "x" %}</a>'))
    assert list(unsaid('title = f"{count} desa belum dinilai"')) == [" desa belum dinilai"]
    assert list(unsaid('title = say("{count} desa belum dinilai")')) == []


def test_reminders_name_pages_and_buttons_as_the_screen_does() -> None:
    told = {message.id for room in CATALOGUES.ROOMS for message in CATALOGUES.read(room)}
    texts = " ".join(content.load("sidara.progress", "progress")["reminders"].values())
    named = re.findall(r"(?:tekan|halaman) ([A-Z][^.,;]*)", texts)
    assert len(named) >= 4
    assert [one for one in named if one not in told] == []


def test_catalogues_use_the_words_of_the_glossary() -> None:
    glossary = content.load("sidara.web", "terms")
    words = {entry["term"]: entry["screen"] for entry in glossary["terms"]} | glossary["classes"]
    told = {
        message.id: message.string
        for room in CATALOGUES.ROOMS
        for message in CATALOGUES.read(room)
        if message.id and not message.context
    }
    other = {term: told[term] for term, word in words.items() if told.get(term, word) != word}
    assert other == {}
    classes = {name.casefold(): word for name, word in glossary["classes"].items()}
    assert {
        sentence: text
        for sentence, text in told.items()
        if classes.get(sentence.casefold(), text).casefold() != text.casefold()
    } == {}
    assert set(classes) <= {sentence.casefold() for sentence in told}
