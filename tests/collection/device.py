"""The device's own modules, run by Node: one process that is fed lines of JSON."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

DRIVER = Path(__file__).parent / "device.mjs"


class Device:
    """A device that judges; a context manager, for it owns a process."""

    def __enter__(self) -> Self:
        node = shutil.which("node") or str(Path(sys.executable).parent / "node")
        self._process = subprocess.Popen(
            [node, str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return self

    def __exit__(self, *fault: object) -> None:
        self._process.communicate()

    def __call__(self, what: str, **given: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"what": what, **given}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the device has ended"
        return json.loads(answer)
