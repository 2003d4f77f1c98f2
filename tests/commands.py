"""Commands of SIDARA in the process of the tests, where a claim is not about a process of its own.

A short command costs most for loading the program: nearly a second of a processor. Others run the program
itself (`tests.serving.run`), or several commands in one process of their own (`together`).
"""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from sidara import cli

ROOT = Path(__file__).resolve().parents[1]


def called(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command from its words to its exit code; what it tells of faults of usage included.

    Its records are those of the test.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err), mock.patch.object(sys, "argv", ["sidara", *words]):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
    streams = (one.buffer.getvalue() for one in (out, err))  # type: ignore[attr-defined]  # of BytesIO
    return subprocess.CompletedProcess(["sidara", *words], int(str(code or 0)), *streams)


def together(home: Path, *commands: tuple[str, ...]) -> list[str]:
    """Run commands on a home folder in one process; gives what each prints. All must go well."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands"],
        input=json.dumps(commands),
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(home), "SIDARA_WAREHOUSE": str(home / "warehouse")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


if __name__ == "__main__":
    told = [called(*words) for words in json.load(sys.stdin)]
    assert all(one.returncode == 0 for one in told), told
    print(json.dumps([one.stdout.decode() for one in told]))
