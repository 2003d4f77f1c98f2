"""Runs a program that kills itself or others, on a database of its own, and gives what it told."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ON_BOTH = [
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="runs on both databases by itself"),
    pytest.mark.parametrize("vendor", ["sqlite", "postgresql"]),
]
"""Marks of a test that runs such a program on each database."""


def killed(module: str, *words: object, vendor: str, home: Path, request: pytest.FixtureRequest) -> Any:
    """Run `python -m MODULE WORDS…`; its last line is JSON. Fails where the program ends with a fault."""
    address = request.getfixturevalue("postgresql") if vendor == "postgresql" else ""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(home), "DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    return json.loads(done.stdout.splitlines()[-1])
