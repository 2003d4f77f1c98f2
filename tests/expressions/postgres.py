"""A real PostgreSQL of our own: a new cluster in a temporary folder, reached by a socket, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PORT = "5432"


def folder_of_programs() -> Path:
    """Find `initdb` and `pg_ctl`: on the path, or where Debian keeps them; else fails and says so."""
    on_path = shutil.which("pg_ctl")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    pytest.fail("plain SQL needs a PostgreSQL server (Debian: apt install postgresql)", pytrace=False)


@contextlib.contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[list[str]]:
    """Bring up a cluster, give `psql` for it. PostgreSQL refuses root: then it runs as `nobody`.

    Tests need nothing that outlives a loss of power; `is_durable` waits for the disk as a server in use does.
    """
    programs = folder_of_programs()
    home = Path(tempfile.mkdtemp(prefix="sidara-pg-", dir="/tmp"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if user:
        os.chown(home, user.pw_uid, user.pw_gid)
    ids = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}

    def run(name: str, *words: str) -> None:
        done = subprocess.run(
            [programs / name, *words], cwd=home, env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **ids,
        )  # fmt: skip
        if done.returncode:
            pytest.fail(f"{name}: {done.stdout}", pytrace=False)

    data = str(home / "data")
    run("initdb", "-D", data, "-U", "sidara", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c port={PORT}"
    settings += "" if is_durable else " -c fsync=off"
    run("pg_ctl", "-D", data, "-o", settings, "-l", str(home / "log"), "-w", "start")
    try:
        yield [str(programs / "psql"), "-h", str(home), "-p", PORT, "-U", "sidara", "-d", "postgres"]
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
