"""The device's evaluator, run by Node: one long-lived process that is fed lines of JSON.

The very file that browsers get evaluates; so what a device would say can be asked for here.
"""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sidara.expressions import Bound, Subject, Tables, Value, subject_for_device, to_javascript

_DRIVER = """
import { createInterface } from "node:readline";
const { prepare, written } = await import("data:text/javascript;base64,RUNTIME");
for await (const line of createInterface({ input: process.stdin })) {
  const { program, subjects } = JSON.parse(line);
  const evaluate = prepare(program);
  console.log(JSON.stringify(subjects.map((subject) => written(evaluate(subject)))));
}
"""


class NoNode(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """There is no Node to run the device's evaluator."""


class Device:
    """A device that evaluates; a context manager, for it owns a process."""

    def __init__(self) -> None:
        """Start Node; raises `NoNode` where there is none."""
        node = shutil.which("node", path=None) or shutil.which("node", path=str(Path(sys.executable).parent))
        if node is None:
            raise NoNode
        runtime = resources.files("sidara.expressions").joinpath("static", "expressions", "runtime.js")
        driver = _DRIVER.replace("RUNTIME", base64.b64encode(runtime.read_bytes()).decode())
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [node, "--input-type=module", "--eval", driver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """Give the device itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.communicate()

    def evaluate(self, bound: Bound, subjects: Sequence[Subject], tables: Tables) -> list[Value]:
        """Evaluate a bound expression for some subjects on the device."""
        asked = {
            "program": to_javascript(bound),
            "subjects": [subject_for_device(bound, subject, tables) for subject in subjects],
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise BrokenPipeError
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the device's evaluator has ended")
        return [_value(one) for one in json.loads(answer)]


def _value(given: Any) -> Value:
    if isinstance(given, dict):
        return date.fromisoformat(given["day"]) if "day" in given else Fraction(given["number"])
    return given if isinstance(given, bool) or given is None else str(given)
