"""Papers by typst (PDF/A-2a, PDF/UA-1): texts go in as data, never as markup, and no sign stops a paper.

The same data and moment give the same bytes. A sign that no font here has (an emoji from a telephone) is
printed as an empty square: PDF/A takes none of them, and a paper must not fail over one text.
"""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import segno
import typst

from sidara.ui.charts import ACCENT, HALO, INK, LOOK, MIDDLE, QUIET, REST

UNPRINTED = "\N{WHITE SQUARE}"
"""What is printed in the place of a sign that no font has."""
_FONTS = Path(__file__).parent / "static" / "ui" / "bagan"
_COMMON: dict[str, Any] = {"font_paths": [str(_FONTS)], "ignore_system_fonts": True}
_PDF: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}
_FACE = "Plus Jakarta Sans"
_BAND = re.compile(rf'stroke="{REST}" stroke-width="[\d.]+"')
_FAINT = re.compile(r' opacity="[\d.]+"')
_INKS = (
    (f'fill="{ACCENT}"', 'fill="#FFFFFF" stroke="#000000"'),
    (f'fill="{LOOK}"', 'fill="#000000" stroke="#000000"'),
    *((f'"{colour}"', '"#000000"') for colour in (ACCENT, LOOK, REST, INK, QUIET, MIDDLE)),
    (f'"{HALO}"', '"#FFFFFF"'),
)
"""What each colour of the charts becomes on paper; the grid stays faint."""
_SIGN = b'#set document(title: "SIDARA")\n#set text(font: "Plus Jakarta Sans", lang: "id")\n#sys.inputs.sign'

type Data = dict[str, Any]
"""What a paper says, by the names that its source reads."""


def pdf(lay: Callable[..., Any], data: Data) -> bytes:
    """Give a paper as PDF; `lay` takes its data and the options of `laid`."""
    made: bytes = _printed(lay, data, **_PDF)
    return made


def pictures(lay: Callable[..., Any], data: Data, *, ppi: float) -> list[bytes]:
    """Give each page of a paper as PNG, as it will be printed."""
    made = _printed(lay, data, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def laid(source: bytes, data: Data, *, made_at: datetime, **options: Any) -> Any:
    """Lay a paper out by its source, as of a moment."""
    moment = made_at.replace(microsecond=0)
    return typst.compile(source, sys_inputs=_inputs(data), timestamp=moment, **_COMMON, **options)


def lays(source: Traversable, made_at: datetime) -> Callable[..., Any]:
    """Give what lays out a paper that follows from its source alone, for `pdf` and `pictures`."""
    return partial(laid, source.read_bytes(), made_at=made_at)


def marks(source: bytes, data: Data, selector: str) -> list[Any]:
    """Give the values that a source leaves under a label (`<ends>`) once it is laid out."""
    told = typst.query(source, selector, field="value", sys_inputs=_inputs(data), **_COMMON)
    found: list[Any] = json.loads(told)
    return found


def qr(text: str) -> str:
    """Draw a text as a QR code (ISO/IEC 18004, error correction M or better), as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=4)
    return out.getvalue().decode()


def inked(svg: str) -> str:
    """Give a drawing for a paper that is copied on bad machines: black on white, no meaning in a colour.

    Marks are outlined in white, those that say "look here" are black; bands become lines; text is black. The
    drawing names its face, which a page gives it else.
    """
    told = _BAND.sub(r'stroke="#000000" stroke-width="2"', svg)
    for colour, ink in _INKS:
        told = told.replace(colour, ink)
    return _FAINT.sub("", told).replace("<svg ", f'<svg font-family="{_FACE}" ', 1)


def printable(data: Data) -> Data:
    """Give the same texts with a square in the place of each sign that cannot be printed."""
    text = json.dumps(data, ensure_ascii=False)
    made: Data = json.loads(
        "".join(sign if sign.isascii() or _is_printed(sign) else UNPRINTED for sign in text)
    )
    return made


def _printed(lay: Callable[..., Any], data: Data, **options: Any) -> Any:
    try:
        return lay(data, **options)
    except typst.TypstError:
        return lay(printable(data), **options)


@lru_cache(maxsize=4096)
def _is_printed(sign: str) -> bool:
    """Whether a sign alone can be printed."""
    try:
        typst.compile(_SIGN, sys_inputs={"sign": sign}, **_PDF, **_COMMON)
    except typst.TypstError:
        return False
    return True


def _inputs(data: Data) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}
