"""`sidara serve`: what a person sees when the port is taken."""

import os
import socket
import subprocess

from sidara.kernel.exits import Exit
from tests.serving import ROOT, SIDARA


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [SIDARA, "serve", "--port", str(port)],
            cwd=ROOT,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == Exit.REFUSED
    assert f"Port {port} sedang dipakai program lain" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert done.stdout == ""
