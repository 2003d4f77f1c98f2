"""A real SIDARA for tests: a home folder of its own, loaded and served by the commands that people use."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SIDARA = str(Path(sys.executable).parent / "sidara")
PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Site:
    """A served SIDARA."""

    address: str
    home: Path
    process: int = 0

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers)

    def ask(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        """One request; redirects are answers, too."""
        with closing(HTTPConnection(self.address.removeprefix("http://"), timeout=PATIENCE)) as connection:
            connection.request(method, path, headers=headers)
            with connection.getresponse() as answer:
                given = {name.lower(): value for name, value in answer.getheaders()}
                return Answer(answer.status, given, answer.read())


def environment(home: Path) -> dict[str, str]:
    """The environment of a command on a home folder."""
    return {**os.environ, "SIDARA_HOME": str(home), "SIDARA_WAREHOUSE": str(home / "warehouse")}


def run(home: Path, *words: str) -> None:
    """Run a command of SIDARA on a home folder, or a module of the tests (`-m`, its name, its words)."""
    program = sys.executable if words[0] == "-m" else SIDARA
    done = subprocess.run(
        [program, *words], cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stderr[-3000:]}"


UNCAUGHT = ("Internal Server Error", "Exception while serving")
"""What Django and the server write of a fault that nobody caught; refusals stand there, too."""

REGIONS = ("regions", "load", "--province", "62", "--yes")
DICTIONARY = ("dictionary", "load")


def made(home: Path, *commands: Sequence[str]) -> Path:
    """Bring a home folder that does not exist yet, or is empty, to where these commands lead, and give it.

    What the same commands made before in this run of the tests, in whichever worker, is copied.
    """
    shutil.copytree(_kept(commands), home, dirs_exist_ok=True)
    return home


def _kept(commands: Sequence[Sequence[str]]) -> Path:
    store = Path(os.environ["SIDARA_TEST_HOMES"])
    store.mkdir(parents=True, exist_ok=True)
    kept = store / hashlib.sha256(repr([tuple(one) for one in commands]).encode()).hexdigest()[:16]
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            making = kept.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir() if len(commands) == 1 else made(making, *commands[:-1])
            run(making, *commands[-1])
            making.rename(kept)
    return kept


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    home: Path,
    *words: str,
    port: int | None = None,
    source: Path | None = None,
    program: Sequence[str] = (SIDARA,),
) -> Iterator[Site]:
    """Serve a home folder with `sidara serve`, or with the command in `words`, until the block ends.

    `port` is one that was served before, `source` a folder with another version of the package, `program`
    what stands for `sidara`. A server that met a fault nobody caught, or does not end, fails the test, with
    what it wrote.
    """
    port = port or free_port()
    own = environment(home)
    if source is not None:
        own["PYTHONPATH"] = str(source)
    log = home / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*program, *(words or ("serve",)), "--port", str(port)],
            cwd=ROOT,
            env=own,
            stdout=out,
            stderr=out,
        )
    site = Site(f"http://127.0.0.1:{port}", home, server.pid)
    try:
        _wait(site, server, log)
        yield site
    finally:
        is_ended = _end(server)
        written = log.read_text("utf-8", "replace")
        assert is_ended, f"the server did not end: {written[-6000:]}"
        assert not any(one in written for one in UNCAUGHT), written[-6000:]


def _end(server: subprocess.Popen[bytes]) -> bool:
    """End a server; gives whether it did so by itself. One that did not is killed with its workers."""
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(PATIENCE)
        return True
    for worker in workers(server.pid):
        os.kill(worker, signal.SIGKILL)
    server.kill()
    server.wait()
    return False


def workers(server: int) -> list[int]:
    """The processes that answer for a server."""
    children = Path(f"/proc/{server}/task").glob("*/children")
    every = [number for one in children for number in one.read_text().split()]
    return [int(number) for number in every if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()]


def _wait(site: Site, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; a server that ends first tells why."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        try:
            if site.get("/istilah").status == HTTPStatus.OK:
                return
        except ConnectionError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
        assert server.poll() is None, log.read_text("utf-8")
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Site]:
    """Kalimantan Tengah with the published tables of `../shared`."""
    home = made(tmp_path_factory.mktemp("real"), ("demo", "load", "--data", str(shared)))
    with served(home) as running:
        yield running


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Kalimantan Tengah without any published table."""
    home = made(tmp_path_factory.mktemp("simulated"), ("demo", "load", "--simulated"))
    with served(home) as running:
        yield running


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Nothing loaded at all."""
    home = tmp_path_factory.mktemp("empty")
    with served(home) as running:
        yield running
