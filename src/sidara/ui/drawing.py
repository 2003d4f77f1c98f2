"""From a Vega-Lite specification to a light, quiet SVG that stands inside a page.

Drawn on the server by vl-convert with the one theme of `content/vega-theme.json`. The renderer writes many
decimals, roles and font names that a page does not need; `clean` takes them out. No `style` attribute
remains: the strict CSP blocks it. The same figures give the same text, so drawings are kept.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from html import escape, unescape
from pathlib import Path
from typing import Any

import vl_convert
from django.utils.safestring import SafeString, mark_safe

from sidara.kernel.number import Language
from sidara.ui.language import active

HERE = Path(__file__).parent
VEGA_LITE = "6.4"
WIDE = 520
SLIM = 456
NARROW = 326
"""Widths in px: half and five twelfths of a desk's page, and the column of a 360-px phone."""

TAG = re.compile(r"<[^>]+>")
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
NOISE = re.compile(
    r' (?:aria-[a-z]+|role|font-family|pointer-events|class|style|xmlns:xlink|version)="[^"]*"'
    r'| opacity="1"| stroke-miterlimit="10"| transform="translate\(0,0\)"'
)
EMPTY = re.compile(r'<path d="(?:M0,0h-?[\d.]+v-?[\d.]+h-?[\d.]+Z)?"(?: display="none")?/>')
HALO = re.compile(r"(<text(?=[^>]* stroke=)[^>]*?)>")
ROOT = re.compile(r"^<svg[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>")
WRITTEN = re.compile(r">([^<>]+)</text>")


@dataclass(frozen=True)
class Drawing:
    """One picture at two widths; the style sheet shows the one that fits."""

    wide: SafeString
    narrow: SafeString


def kept[**Given](shape: Callable[Given, Drawing]) -> Callable[Given, Drawing]:
    """Keep the drawings of a shape by language and by what it is given: drawn once a process."""

    @lru_cache(maxsize=1024)
    def cached(_language: Language, /, *given: Given.args, **named: Given.kwargs) -> Drawing:
        return shape(*given, **named)

    @wraps(shape)
    def drawn(*given: Given.args, **named: Given.kwargs) -> Drawing:
        values = (tuple(value) if isinstance(value, list) else value for value in given)
        return cached(active(), *values, **named)  # type: ignore[arg-type]  # plain, hashable values

    return drawn


def draw(chart: Callable[[int], Any], *, label: str, width: int = WIDE) -> Drawing:
    """Draw `chart(width)` (an Altair chart or a dict) for desk and phone; `label` is read aloud."""
    return Drawing(wide=svg(chart(width), label=label), narrow=svg(chart(NARROW), label=label))


def cited(drawing: Drawing, texts: Collection[str]) -> Drawing:
    """Mark the texts of a picture that stay Indonesian in each language, also where they are cut with `…`."""

    def is_one(text: str) -> bool:
        return text in texts or (text.endswith("…") and any(one.startswith(text[:-1]) for one in texts))

    def mark(found: re.Match[str]) -> str:
        return f' lang="id"{found[0]}' if is_one(unescape(found[1])) else found[0]

    def marked(picture: SafeString) -> SafeString:
        return mark_safe(WRITTEN.sub(mark, picture))  # noqa: S308 - only an attribute comes in

    return Drawing(wide=marked(drawing.wide), narrow=marked(drawing.narrow))


def svg(chart: Any, *, label: str) -> SafeString:
    """Draw one Altair chart or Vega-Lite dict as SVG for a page."""
    specification = chart if isinstance(chart, dict) else chart.to_dict()
    return _svg(json.dumps(specification, sort_keys=True), label)


def _svg(specification: str, label: str) -> SafeString:
    """Draw and clean; ids inside the picture carry a mark of its content."""
    _register_fonts()
    raw = vl_convert.vegalite_to_svg(
        specification,
        vl_version=VEGA_LITE,
        config=_content("vega-theme"),
        format_locale=_content("vega-locale")[active()],
    )
    mark = hashlib.sha256(f"{specification}{label}".encode()).hexdigest()[:6]
    return mark_safe(clean(raw, label=label, mark=mark))  # noqa: S308 - our own renderer, texts escaped by it


def clean(raw: str, *, label: str, mark: str) -> str:
    """Round numbers inside tags (never in texts), drop noise, name the picture; `mark` keeps ids apart."""

    def tag(found: re.Match[str]) -> str:
        text = NOISE.sub("", found[0])
        text = LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), text)
        return re.sub(r'(id="|url\(#|href="#)([a-z]+\d)', rf"\g<1>{mark}-\g<2>", text)

    text = EMPTY.sub("", TAG.sub(tag, raw))
    text = HALO.sub(r'\1 paint-order="stroke">', text)
    while "<g></g>" in text:
        text = text.replace("<g></g>", "")
    return ROOT.sub(
        lambda root: (
            f'<svg class="gambar__svg" xmlns="http://www.w3.org/2000/svg" width="{root[1]}"'
            f' height="{root[2]}" viewBox="0 0 {root[1]} {root[2]}" role="img" aria-label="{escape(label)}">'
        ),
        text,
    )


@cache
def _register_fonts() -> None:
    """Let the renderer measure text with the face that the page shows."""
    vl_convert.register_font_directory(str(HERE / "static" / "ui" / "bagan"))


@cache
def _content(name: str) -> dict[str, Any]:
    """Read one JSON file of the room's content."""
    read: dict[str, Any] = json.loads((HERE / "content" / f"{name}.json").read_text(encoding="utf-8"))
    return read
