"""QR codes as inline SVG, without style attributes."""

import io

import segno


def svg(text: str, *, scale: float = 3) -> str:
    """Draw a text as a QR code (ISO/IEC 18004, error correction M or better)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=scale, border=4, xmldecl=False, svgns=False, nl=False, omitsize=False
    )
    return out.getvalue().decode("utf-8")
