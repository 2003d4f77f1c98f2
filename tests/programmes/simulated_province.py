"""Example villages of Kalimantan Tengah that fill in the forms of the registers, and their count by hand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.bulk import Incoming
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date
from sidara.programmes.core.registers import Status
from sidara.regions import queries as regions
from sidara.regions import services as loading
from sidara.verification.core import Level
from tests.programmes.by_hand import LISTS, count, read

PROVINCE = "62"
YEAR = 2025
FORMS = frozenset(LISTS.values())
LAST = frozenset({"2025", "2025-S2", "2025-Q4"})
"""The last period of each form: lists of trainings and meetings hold the year so far."""
LEAST = {Status.FINAL: Level.PROVINCE, Status.SENT: Level.SENT, Status.ALL: Level.DRAFT}
ANSWERED = frozenset({"MASUK_RKP", "DIANGGARKAN", "TERLAKSANA", "DITUNDA", "DITOLAK"})


def lay_out(now: datetime) -> list[str]:
    """Load the register of the province with its 1,571 example villages; gives their codes."""
    loading.load_register(OPERATOR, provinces=(PROVINCE,), clock=lambda: now)
    loading.add_examples(OPERATOR, province=PROVINCE, clock=lambda: now)
    return [one.code for one in regions.villages(OPERATOR, PROVINCE, examples=True)]


def fill_in(villages: Sequence[str], day: datetime, *, periods: frozenset[str] = LAST, seed: int = 7) -> int:
    """Let villages fill in the forms of the registers on a day, and no more; gives how many submissions."""
    made = dictionary.dictionary(OPERATOR)
    cells = [
        one
        for village in villages
        for one in cells_of(made, fill(made, village, (YEAR,), seed=seed), EXAMPLES, seed=seed)
        if one.key.form in FORMS and one.key.period in periods
    ]
    incoming = Incoming.of(cells, Source.CSV)
    done = collecting.import_cells(OPERATOR, incoming=incoming, now=day, dataset=EXAMPLES)
    assert not done.account.rejected
    return done.submissions


class ByHand:
    """The registers of some villages, summed in plain Python from their stored cells."""

    def __init__(self, villages: Sequence[str], saved: dict[str, date]) -> None:
        """Read all cells once; `saved` is the day on which each village first saved its proposals."""
        self.villages, self.saved = villages, saved
        self.lists = read(set(villages), YEAR)
        self.counts = {
            (village, status): count(self.lists, village, YEAR, LEAST[status])
            for village in villages
            for status in Status
        }

    def under(self, area: str) -> Iterator[str]:
        """Give the villages in an area, by their dotted codes."""
        return (one for one in self.villages if one == area or one.startswith(f"{area}."))

    def total(self, area: str, status: Status, code: str) -> tuple[Counter, int]:
        """Add up a list of the villages in an area, and how many of them have it."""
        held = [
            self.counts[one, status][code] for one in self.under(area) if code in self.counts[one, status]
        ]
        return sum_of(held), len(held)

    def waited(self, area: str, today: date) -> list[tuple[str, int, bool]]:
        """Give of each proposal whom it asks, its days since the meeting, and whether it was answered."""
        found = []
        for village in self.under(area):
            for row in self.lists[village, "usulan"][str(YEAR)][0]:
                is_answered = row["USL_013"] in ANSWERED
                end = self.saved[village] if is_answered else today
                days = (end - date.fromisoformat(row["USL_015"])).days
                found.append((row["USL_012"], days, is_answered))
        return found


def sum_of(counts: Sequence[Counter]) -> Counter:
    """Add counters up."""
    made: Counter = Counter()
    for one in counts:
        made.update(one)
    return made


def day_of_share(waited: Sequence[tuple[str, int, bool]], share: Fraction) -> int | None:
    """Give the first day on which so large a share is answered (Kaplan and Meier, on paper); `None` = never.

    On each day with answers the share that still waits shrinks by the answered among those that had waited
    that long.
    """
    waits = Fraction(1)
    for day in sorted({days for _, days, is_answered in waited if is_answered}):
        at_risk = sum(days >= day for _, days, _ in waited)
        answered = sum(days == day and is_answered for _, days, is_answered in waited)
        waits *= 1 - Fraction(answered, at_risk)
        if 1 - waits >= share:
            return day
    return None


def days_after(begin: datetime, number: int) -> tuple[datetime, date]:
    """Give the moment some days later, and its day."""
    at = begin + timedelta(days=number)
    return at, local_date(at)
