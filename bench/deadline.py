"""The last day: every village's operator fills in a quarter's form cell by cell, and sends it. SIMULASI.

    python bench/deadline.py [--operators 1571] [--minutes 10] [--workers 2] [--records sqlite|postgresql]
                             [--plain] [--seed 62]

A fresh SIDARA is served by `sidara serve`; operators are coroutines with a connection and a session each.
Like the device, each sends one message at a time with everything that was typed meanwhile, waits as long as
the server asks, and sends the same message again where the link or the server fails. Log-ins are spread over
the first third of the time, the last cell is typed shortly before its end. Then every acknowledged cell is
looked up in the records, and the chains are audited. `--plain` sends the same to a plain Django view over a
single table (`deadline_plain.py`) without rules, history or rights. Operators and server share the machine:
what each takes of the processor while operators work is printed by `/proc`, and `lainnya`, what other
programs of the machine took meanwhile.
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from import_cells import records
from processor import busy, taken
from wire import Answer, Line, LinkFault

from tests.serving import SIDARA, free_port

FORM = "KEU_TRIWULAN"
PASSWORD = "empat kata mudah diingat"
PAUSES = (1, 2, 5, 10, 30)
FIGURES = {  # millions of rupiah, planned and realised; the sums are right
    "KEU_001": (1450, 700), "KEU_002": (50, 20), "KEU_003": (10, 5), "KEU_004": (800, 400),
    "KEU_005": (500, 240), "KEU_006": (40, 15), "KEU_007": (20, 10), "KEU_008": (10, 5),
    "KEU_009": (1370, 670), "KEU_010": (30, 10), "KEU_011": (1400, 650), "KEU_012": (300, 150),
    "KEU_013": (600, 300), "KEU_014": (200, 100), "KEU_015": (200, 80), "KEU_016": (100, 20),
    "KEU_017": (160, 80), "KEU_018": (100, 60), "KEU_019": (20, 10), "KEU_020": (50, 0),
}  # fmt: skip
CELLS = {
    (code, f"ANGGARAN:{part}"): str(value * 1_000_000)
    for code, pair in FIGURES.items()
    for part, value in zip("AR", pair, strict=True)
} | {("KEU_026", "_T"): "40"}


@dataclass
class Notes:
    """What was measured: seconds of each kind of request, of all by the minute, and what went wrong."""

    start: float
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    minutes: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    repeated: int = 0

    async def ask(self, kind: str, client: Line, method: str, path: str, **more: Any) -> Answer | None:
        """Ask once; gives the answer, or nothing where the link or the server failed."""
        began = time.perf_counter()
        try:
            answer = await client.ask(method, path, **more)
        except LinkFault as fault:
            self.faults[f"{kind} {fault}"] += 1
            return None
        took = time.perf_counter() - began
        self.spent[kind].append(took)
        self.minutes[1 + int((time.monotonic() - took - self.start) // 60)].append(took)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            self.faults[f"{kind} {answer.status}"] += 1
        is_again = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == 429
        return None if is_again else answer


@dataclass
class Operator:
    """One village's operator: what was acknowledged, and whether the form was sent."""

    login: str
    village: str
    period: str
    acknowledged: dict[tuple[str, str], str] = field(default_factory=dict)
    messages: int = 0
    is_sent: bool = False
    not_before: float = 0.0
    waits: list[int] = field(default_factory=list)

    async def work(self, client: Line, notes: Notes, begins: float, gap: float) -> None:
        """Log in at a moment, type a cell every `gap` seconds, send."""
        await until(begins)
        if (token := await self.enter(client, notes)) is None:
            return
        path, typed = f"/isi/{FORM}/{self.village}/{self.period}", time.monotonic()
        revision = (await self.sure("paket", client, notes, "GET", f"{path}/paket.json")).json()["held"]
        revision, left = revision["revision"], list(CELLS.items())
        while left:
            typed += gap
            last = typed + gap * (len(left) - 1)  # then she looks the form over, and no wait is kept
            await until(max(typed, min(self.not_before, last)))
            # What is typed while a message is under way goes with the next one.
            count = 1 + max(0, int((time.monotonic() - typed) / gap))
            typed += gap * (min(count, len(left)) - 1)
            some, left = left[:count], left[count:]
            revision = await self.save(client, notes, f"{path}/simpan", token, revision, some)
        await self.send(client, notes, f"/kirim/{FORM}/{self.village}/{self.period}")

    async def enter(self, client: Line, notes: Notes) -> str | None:
        """Log in by name and password; gives the token that posts."""
        page = await self.sure("masuk", client, notes, "GET", "/masuk")
        said = {"login": self.login, "password": PASSWORD, "csrfmiddlewaretoken": hidden(page.text)}
        done = await self.sure("masuk, kirim sandi", client, notes, "POST", "/masuk", data=said)
        if done.status != HTTPStatus.FOUND:
            notes.faults["tidak dapat masuk"] += 1
            return None
        await self.sure("tugas", client, notes, "GET", f"/tugas?desa={self.village}")
        token = await self.sure("masuk.json", client, notes, "GET", "/luring/masuk.json")
        return str(token.json()["token"])

    async def save(self, client: Line, notes: Notes, path: str, token: str, base: int, some: Any) -> int:
        """Send one message until it is answered; gives the revision that is there then."""
        cells = [
            {"row": "", "variable": code, "breakdown": part, "state": "nilai", "value": value}
            for (code, part), value in some
        ]
        body = {"message_id": str(uuid4()), "base": base, "claimed_at": "", "cells": cells}
        headers = {"x-csrftoken": token}
        answer = await self.sure("simpan", client, notes, "POST", path, body=body, headers=headers)
        if answer.status != HTTPStatus.OK:
            return base
        told = answer.json()
        notes.repeated += bool(told.get("repeated"))
        for fault in (*told["faults"], *told["refused"]):
            notes.faults[f"simpan {fault['code']}"] += 1
        self.not_before = time.monotonic() + told.get("wait", 0)
        self.waits.append(told.get("wait", 0))
        if not (told["faults"] or told["refused"]):
            self.acknowledged |= dict(some)
            self.messages += 1
        return int(told["held"]["revision"])

    async def send(self, client: Line, notes: Notes, path: str) -> None:
        """Look the form over and send it."""
        page = (await self.sure("periksa", client, notes, "GET", path)).text
        said = {
            "pesan": found(r'name="pesan" value="([^"]+)"', page),
            "revisi": found(r'name="revisi" value="(\d+)"', page),
            "csrfmiddlewaretoken": hidden(page),
            "aksi": "kirim",
        }
        done = await self.sure("kirim", client, notes, "POST", path, data=said)
        self.is_sent = done.status == HTTPStatus.FOUND
        notes.faults["tidak terkirim"] += not self.is_sent

    async def sure(
        self, kind: str, client: Line, notes: Notes, method: str, path: str, **more: Any
    ) -> Answer:
        """Ask until there is an answer, with pauses that grow."""
        for pause in (*PAUSES, *[PAUSES[-1]] * 1_000):
            answer = await notes.ask(kind, client, method, path, **more)
            if answer is not None:
                return answer
            await asyncio.sleep(pause)
        raise TimeoutError(path)


async def until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    return match[1] if match else ""


def hidden(page: str) -> str:
    return found(r'name="csrfmiddlewaretoken" value="(\w+)"', page)


async def day(operators: list[Operator], address: str, minutes: float, seed: int) -> tuple[Notes, float]:
    """Let everybody work; gives what was measured and how many seconds it took."""
    seconds, chance = minutes * 60, random.Random(seed)
    start, gap = time.monotonic() + 0.5, seconds * 0.6 / len(CELLS)
    notes = Notes(start)
    clients = [Line(address) for _ in operators]
    begins = [start + chance.uniform(0, seconds / 3) for _ in operators]
    pairs = zip(operators, clients, begins, strict=True)
    done = await asyncio.gather(
        *(one.work(client, notes, at, gap) for one, client, at in pairs), return_exceptions=True
    )
    for client in clients:
        await client.close()
    for fault in done:
        if fault is not None:
            notes.faults[f"operator berhenti: {fault!r}"[:90]] += 1
    return notes, time.monotonic() - start


def setup(home: Path, count: int) -> None:
    """Fill the records: register, dictionary with open windows, an account for each village's operator."""
    django_ready()
    import yaml
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    from sidara.accounts import services
    from sidara.accounts.models import Account
    from sidara.dictionary import services as defining
    from sidara.kernel import content
    from sidara.kernel.actor import OPERATOR
    from sidara.kernel.clock import local_date, now
    from sidara.kernel.period import Frequency, last_ended
    from sidara.regions import queries as regions
    from sidara.regions import services as registering

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    registering.load_register(OPERATOR, provinces=("62",), clock=now)
    windows = content.load("sidara.dictionary", "windows")
    for one in windows["windows"]:
        if one["code"] == "TRIWULANAN":
            one["late_until"] = {"months": 12, "day": 31}
    defining.load(OPERATOR, clock=now)
    files = [("windows.yaml", yaml.safe_dump(windows, allow_unicode=True).encode())]
    defining.load(OPERATOR, clock=now, files=files, take_given=True)
    villages = [one.code for one in regions.villages(OPERATOR, "62")]
    for at in range(count):
        made = services.create(
            OPERATOR,
            login_name=f"operator-{at:05}",
            name="Contoh",
            function="Operator desa",
            role="operator-desa",
            under=[villages[at % len(villages)]],
        )
        assert not made.is_refused, made.findings
    Account.objects.update(password=make_password(PASSWORD))
    period = str(last_ended(Frequency.QUARTER, local_date(now())))
    told = [(f"operator-{at:05}", villages[at % len(villages)], period) for at in range(count)]
    (home / "operators.json").write_text(json.dumps(told))


def check(home: Path) -> None:
    """Hold what was acknowledged against the records; prints counts as JSON."""
    django_ready()
    from sidara.collection import models, queries
    from sidara.kernel.actor import OPERATOR
    from sidara.verification.models import Event

    acknowledged = {
        (village, code, part): value
        for village, cells in json.loads((home / "acknowledged.json").read_text())
        for code, part, value in cells
    }
    rows = models.Cell.objects.filter(submission__isnull=False)
    stored = {
        tuple(row[:3]): row[3]
        for row in rows.values_list("region__code", "variable__code", "breakdown", "value")
    }
    made = models.Revision.objects
    print(
        json.dumps(
            {
                "acknowledged": len(acknowledged),
                "lost": sum(stored.get(key) != value for key, value in acknowledged.items()),
                "unacknowledged": len(stored.keys() - acknowledged.keys()),
                "changes": models.Change.objects.filter(record__isnull=False).count(),
                "revisions": made.count(),
                "doubled": made.count() - made.values("message_id").distinct().count(),
                "sent": Event.objects.count(),
                "audit": len(list(queries.audit(OPERATOR))),
            }
        )
    )


def django_ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
    import django

    django.setup()


async def _knock(address: str) -> None:
    line = Line(address)
    await line.ask("GET", "/masuk")
    await line.close()


@contextlib.contextmanager
def served(command: list[str], environment: dict[str, str], log: Path) -> Iterator[tuple[str, int]]:
    """Serve until the block ends; gives address and process."""
    port = free_port()
    with log.open("wb") as out:
        server = subprocess.Popen([*command, "--port", str(port)], env=environment, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        while server.poll() is None:
            with contextlib.suppress(LinkFault):
                asyncio.run(_knock(address))
                break
            time.sleep(0.2)
        else:
            raise ChildProcessError(log.read_text("utf-8"))
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--operators", type=int, default=1571)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--records", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--plain", action="store_true")
    options.add_argument("--seed", type=int, default=62)
    options.add_argument("--step", choices=("setup", "check"), help=argparse.SUPPRESS)
    given = options.parse_args()
    home = Path(os.environ.get("SIDARA_HOME", ""))
    if given.step:
        setup(home, given.operators) if given.step == "setup" else check(home)
        return
    with tempfile.TemporaryDirectory() as folder, records(given.records) as address:
        own = os.environ | {"SIDARA_HOME": folder, "DATABASE_URL": address, "SIDARA_WAREHOUSE": f"{folder}/w"}
        run(Path(folder), own, given)


def run(home: Path, own: dict[str, str], given: argparse.Namespace) -> None:
    """Set up, let everybody work, look what is there, print."""
    step = [sys.executable, __file__, "--operators", str(given.operators), "--step"]
    plain = [sys.executable, str(Path(__file__).with_name("deadline_plain.py"))]
    subprocess.run([*step, "setup"], env=own, check=True)
    if given.plain:
        subprocess.run([*plain, "setup"], env=own, check=True)
    workers = ["--workers", str(given.workers)]
    command = [SIDARA, "serve", *workers]
    if given.plain:
        os.environ["SIDARA_HOME"] = str(home)
        django_ready()
        from sidara.web.cli import THREADS

        own["PYTHONPATH"] = str(Path(__file__).parent)
        options = ["--interface", "wsgi", "--blocking-threads", str(THREADS), "--no-log"]
        command = [sys.executable, "-m", "granian", "deadline_plain:application", *options, *workers]
    operators = [Operator(*one) for one in json.loads((home / "operators.json").read_text())]
    load, before = os.getloadavg()[0], time.process_time()
    with served(command, own, home / "server.log") as (address, server):
        began = spent_by(server, own["DATABASE_URL"])
        notes, took = asyncio.run(day(operators, address, given.minutes, given.seed))
        ended = spent_by(server, own["DATABASE_URL"])
    spent = {name: ended[name] - began.get(name, 0.0) for name in ended}
    spent["operator"] = time.process_time() - before
    spent["lainnya"] = spent.pop("mesin", 0.0) - sum(spent.values())
    told = [(one.village, [(*key, value) for key, value in one.acknowledged.items()]) for one in operators]
    (home / "acknowledged.json").write_text(json.dumps(told))
    checking = [*plain, "check"] if given.plain else [*step, "check"]
    stored = subprocess.run(checking, env=own, check=True, capture_output=True, text=True).stdout
    print(
        f"{platform.machine()}, {os.cpu_count()} inti, beban {load:.1f} dan {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}"
    )
    print(
        f"SIMULASI, benih {given.seed}: {given.operators:,} operator, {given.minutes:g} menit, "
        f"{'satu tabel polos' if given.plain else 'SIDARA'}, {given.records}, {given.workers} proses; "
        f"selesai {took:.0f} s"
    )
    tell(notes, spent)
    waits = sorted(chain.from_iterable(one.waits for one in operators)) or [0]
    print(
        f"jeda yang diminta peladen: {sum(map(bool, waits)) / len(waits):.0%} jawaban, "
        f"median {statistics.median(waits):.0f} s, terlama {waits[-1]} s"
    )
    sent = sum(one.is_sent for one in operators)
    messages = sum(one.messages for one in operators)
    faults = dict(+notes.faults) or "tidak ada"
    print(f"terkirim {sent:,}; pesan dijawab {messages:,}, ulangan {notes.repeated}; galat {faults}")
    print(f"tersimpan: {stored.strip()}")


def spent_by(server: int, records: str) -> dict[str, float]:
    """Give the seconds of processor so far: of the machine, the server, its workers, its PostgreSQL."""
    own = taken(server)
    spent = {"mesin": busy(), "peladen": own.get("induk", 0.0), "pekerja": own.get("anak", 0.0)}
    if place := found(r"host=([^&]+)", records):
        told = (Path(place) / "data" / "postmaster.pid").read_text()
        spent["PostgreSQL"] = sum(taken(int(told.splitlines()[0])).values())
    return spent


def tell(notes: Notes, spent: dict[str, float]) -> None:
    """Print what each took of the processor, and how long each kind of request lasted."""
    every = [one for some in notes.spent.values() for one in some]
    count = max(1, len(every))
    print(
        "prosesor dalam s dan ms tiap permintaan: "
        + ", ".join(f"{name} {one:.0f} s {one / count * 1_000:.1f} ms" for name, one in spent.items())
    )
    print(f"{'permintaan':20}{'banyak':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'terlama':>9}")
    by_minute = ((f"menit {at}", some) for at, some in sorted(notes.minutes.items()))
    for kind, some in (*notes.spent.items(), *by_minute, ("semua", every)):
        cuts = statistics.quantiles(some, n=100) if len(some) > 1 else some * 99
        row = (cuts[49], cuts[94], cuts[98], max(some))
        print(f"{kind:20}{len(some):9,}" + "".join(f"{one * 1_000:9,.0f}" for one in row))


if __name__ == "__main__":
    main()
