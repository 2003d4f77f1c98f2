"""The lines of a succession file, put together by the areas that they share, and the plan that comes of them.

Words: told (one line), group (lines of splits and merges that share areas on one day, or one line that keeps
its id), plan (what the register gets, or why it gets nothing).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sidara.kernel.finding import Finding, Place
from sidara.regions.core.code import level_of
from sidara.regions.core.lineage import ONE, Change, Succession
from sidara.regions.core.past import Known


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a file, its parts read. Codes are dotted; what a line does not say is `None`."""

    line: int
    day: date
    kind: Change
    old_code: str | None
    new_code: str | None
    old_name: str | None = None
    new_name: str | None = None
    old_parent: str | None = None
    new_parent: str | None = None
    share: Fraction | None = None
    share_back: Fraction | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A succession to be stored, with the words of its history: before, after, legal basis."""

    succession: Succession
    before: str
    after: str
    basis: str
    line: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file does. Nothing may be stored while `findings` holds an error.

    `made` are regions to be made (ids below 0, parents before children), `changed` known ones with other
    days; `unchanged` counts the lines that the register holds already.
    """

    made: tuple[Known, ...] = ()
    changed: tuple[Known, ...] = ()
    successions: tuple[Planned, ...] = ()
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()


def fault(code: str, message: str, remedy: str, line: int, value: str | None = None) -> Finding:
    """Make the finding of a line."""
    return Finding(code, message, remedy, place=Place(line=line), value=value)


class Fault(Exception):  # noqa: N818 - the way out of a group that cannot be applied
    """A group cannot be applied; never leaves this module."""

    def __init__(self, finding: Finding) -> None:
        """Keep what to say."""
        super().__init__(finding.message)
        self.finding = finding


def unknown(code: str, day: date, line: int) -> Finding:
    """Say that a code means no fitting area on a day."""
    return fault(
        "SUCCESSION_UNKNOWN",
        f"Kode {code} tidak menunjuk wilayah yang sesuai pada {day.isoformat()}.",
        "Periksa kode dan tanggalnya; lihat: sidara regions history KODE.",
        line,
        code,
    )


def out_of_order(region: Known, day: date, line: int) -> Finding:
    """Say that later changes stand in the way."""
    return fault(
        "SUCCESSION_ORDER",
        f"{region.name} sudah punya perubahan yang lebih baru daripada {day.isoformat()}.",
        "Masukkan perubahan menurut urutan waktu, atau lengkapi nama_lama dan kode_lama untuk yang lampau.",
        line,
    )


@dataclass(frozen=True)
class Group:
    """Lines that share areas on one day, or a single line that keeps its id."""

    lines: tuple[Told, ...]

    @property
    def day(self) -> date:
        """The first day of the new state."""
        return self.lines[0].day

    @property
    def kind(self) -> Change:
        """The kind of the first line."""
        return self.lines[0].kind

    @property
    def is_structural(self) -> bool:
        """Whether areas come or go."""
        return self.kind.is_structural

    @property
    def old_codes(self) -> tuple[str, ...]:
        """Codes of the day before, each once."""
        return tuple(dict.fromkeys(one.old_code for one in self.lines if one.old_code))

    @property
    def new_codes(self) -> tuple[str, ...]:
        """Codes of the day itself, each once."""
        return tuple(dict.fromkeys(one.new_code for one in self.lines if one.new_code))

    def shares(self) -> tuple[list[Fraction], list[Fraction]]:
        """Give the shares of each line, forward and back; refuses sums that are not 1."""
        return self._side(forward=True), self._side(forward=False)

    def _side(self, *, forward: bool) -> list[Fraction]:
        codes = [(one.old_code if forward else one.new_code) or "" for one in self.lines]
        told = [one.share if forward else one.share_back for one in self.lines]
        column = "porsi" if forward else "porsi_balik"
        words = "menjadi beberapa wilayah" if forward else "berasal dari beberapa wilayah"
        sums: dict[str, Fraction] = {}
        made = []
        for code, share, line in zip(codes, told, self.lines, strict=True):
            if share is None and codes.count(code) > 1:
                raise Fault(
                    fault(
                        "SHARE_MISSING",
                        f"Wilayah {code} {words}, jadi {column} perlu diisi.",
                        f"Isi {column} tiap baris, misalnya menurut penduduk (0,6 atau 3/5); jumlahnya 1.",
                        line.line,
                        code,
                    )
                )
            made.append(ONE if share is None else share)
            sums[code] = sums.get(code, Fraction(0)) + made[-1]
        for code, total in sums.items():
            if total != 1:
                at = self.lines[codes.index(code)].line
                raise Fault(
                    fault(
                        "SHARES_SUM",
                        f"Jumlah {column} wilayah {code} adalah {_said(total)}, seharusnya 1.",
                        "Tuliskan semua bagiannya, termasuk yang tetap pada wilayah lama.",
                        at,
                        code,
                    )
                )
        return made


def _said(share: Fraction) -> str:
    """Write a share as a decimal where that is exact, else as a fraction."""
    scaled = share * 10_000
    if scaled.denominator == 1:
        return f"{float(share):.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{share.numerator}/{share.denominator}"


def groups(told: Sequence[Told]) -> list[Group]:
    """Put lines that share areas on a day together."""
    single = [Group((one,)) for one in told if not one.kind.is_structural or one.kind is Change.NEW]
    linked = [one for one in told if one.kind in {Change.SPLIT, Change.MERGE}]
    root: dict[tuple[date, str], tuple[date, str]] = {}

    def top(node: tuple[date, str]) -> tuple[date, str]:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    for one in linked:
        root[top((one.day, f"<{one.old_code}"))] = top((one.day, f">{one.new_code}"))
    gathered: dict[tuple[date, str], list[Told]] = {}
    for one in linked:
        gathered.setdefault(top((one.day, f"<{one.old_code}")), []).append(one)
    return [*single, *(Group(tuple(lines)) for lines in gathered.values())]


_ORDER: Mapping[Change, int] = {
    Change.RECODE: 0,
    Change.NEW: 1,
    Change.MERGE: 2,
    Change.SPLIT: 2,
    Change.REPARENT: 3,
    Change.RENAME: 4,
}


def rank(group: Group) -> tuple[int, int, int]:
    """Tell the order of groups of one day: higher levels first, then codes, areas, parents, names."""
    code = group.lines[0].new_code or group.lines[0].old_code or ""
    return level_of(code), _ORDER[group.kind], group.lines[0].line
