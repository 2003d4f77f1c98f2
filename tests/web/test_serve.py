"""`sidara serve` and `sidara demo up`: what a person sees, also when the port is taken."""

import os
import re
import resource
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidara.kernel.exits import Exit
from sidara.web.wsgi import application, made_ready
from tests.serving import REGIONS, ROOT, SIDARA, Site, made, served, workers

MANY = 1200
"""More devices than granian takes by itself."""
FEW = 512
"""Files that a process may open at first."""
HASTY = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()
from sidara import cli
from sidara.web import cli as serving
assert serving.ENDING > 1
serving.ENDING = 1
cli.main()
"""
"""`sidara` that waits a second for a process that hangs."""


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (("serve",), "sidara serve"),
        (("demo", "up", "--data", "src"), "sidara demo up"),
        (("demo", "up", "--called", "script/demo"), "script/demo"),
    ],
)
def test_a_taken_port_is_named_with_a_way_out(words: tuple[str, ...], typed: str) -> None:
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
    way = re.search(rf"Pilih yang lain: {typed} --port (\d+)\n", done.stderr)
    assert way is not None, done.stderr
    assert int(way[1]) != port
    assert "register wilayah" not in done.stderr
    assert done.stdout == ""


def test_the_demo_of_the_first_day_calls_itself_as_it_was_called() -> None:
    assert "demo up --called script/demo" in (ROOT / "script" / "demo").read_text(encoding="utf-8")


def test_the_demo_answers_after_it_has_loaded_in_the_same_process(simulated: Site) -> None:
    with served(simulated.home, "demo", "up", "--simulated") as site:
        assert site.get("/").status == HTTPStatus.OK
        assert _beside(site)
    assert not _beside(site)


def _beside(site: Site) -> list[Path]:
    """Give the processes that collect beside a server."""
    own = f"collect\0--province\x0062\0--after\0{urlsplit(site.address).port}\0".encode()
    return [one for one in Path("/proc").glob("[0-9]*/cmdline") if own in _read(one)]


def _read(file: Path) -> bytes:
    """Read what a process is called; nothing of one that is gone."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def test_more_devices_stay_connected_than_a_server_takes_by_itself(tmp_path: Path) -> None:
    """On the last day every village has a device that keeps its connection; another one is answered, too."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    home = made(tmp_path / "home", REGIONS)
    with ExitStack() as devices:
        devices.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (before, most))
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, most))  # as a server is started on many machines
        site = devices.enter_context(served(home))
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        place = urlsplit(site.address)
        first = None
        for _ in range(MANY):
            one = devices.enter_context(socket.create_connection((place.hostname, place.port)))
            one.sendall(b"GET /robots.txt HTTP/1.1\r\nhost: x\r\n\r\n")
            first = first or one
        assert site.get("/").status == HTTPStatus.OK
        assert first is not None
        assert is_connected(first)


def is_connected(device: socket.socket) -> bool:
    """Whether the server still holds a connection; what it answered is read."""
    device.setblocking(False)
    with suppress(BlockingIOError):
        while device.recv(65_536):
            pass
        return False
    return True


def test_a_server_ends_though_its_process_hangs(tmp_path: Path) -> None:
    with served(tmp_path, program=(sys.executable, "-c", HASTY)) as site:
        (hanging,) = workers(site.process)
        os.kill(hanging, signal.SIGSTOP)
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)


@pytest.mark.django_db
def test_a_process_lays_out_the_dictionary_before_its_first_request() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert made_ready() is application
    assert any("dictionary_revision" in one["sql"] for one in asked)


def test_records_that_cannot_be_read_are_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite3").write_bytes(b"bukan basis data " * 400)
    done = subprocess.run(
        [SIDARA, "dataset", "list"],
        cwd=ROOT,
        env=os.environ | {"SIDARA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == Exit.REFUSED
    assert "tidak dapat dibaca" in done.stderr
    assert "Traceback" not in done.stderr
