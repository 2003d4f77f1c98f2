"""A finished hexagon map as a JSON file: `{"under": …, "cells": {code: [row, column]}}`."""

import json
import os
from pathlib import Path

from sidara.regions.core.hexmap import Layout


def read(file: Path) -> Layout | None:
    """Read a map; `None` when the file is absent or is not whole."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        cells = {str(code): (int(row), int(column)) for code, (row, column) in content["cells"].items()}
        return Layout(str(content["under"]), cells)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(file: Path, layout: Layout) -> None:
    """Write a map so that a reader sees the whole file or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({"under": layout.under, "cells": layout.cells}), encoding="utf-8")
    part.replace(file)
