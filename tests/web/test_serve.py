"""`sidara serve` and `sidara demo up`: what a person sees, also when the port is taken."""

import os
import socket
import subprocess
from http import HTTPStatus

import pytest

from sidara.kernel.exits import Exit
from tests.serving import ROOT, SIDARA, Site, served


@pytest.mark.parametrize("words", [("serve",), ("demo", "up", "--data", "src")])
def test_a_taken_port_is_named_with_a_way_out(words: tuple[str, ...]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [SIDARA, *words, "--port", str(port)],
            cwd=ROOT,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == Exit.REFUSED
    assert f"Port {port} sedang dipakai program lain" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "register wilayah" not in done.stderr
    assert done.stdout == ""


def test_the_demo_answers_after_it_has_loaded_in_the_same_process(simulated: Site) -> None:
    with served(simulated.home, "demo", "up", "--simulated") as site:
        assert site.get("/").status == HTTPStatus.OK
