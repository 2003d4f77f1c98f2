"""A code held against government and year: a wrong one is refused, and the right one is named.

The right one for the same thing is found by the name (the same, or alike in the same programme) and by the
activity kinds that the wrong code belongs to. Several candidates are all named; a person says which is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from sidara.kernel.finding import Finding, Severity
from sidara.programmes.core.codes.catalogue import LISTED, Catalogue
from sidara.programmes.core.codes.entry import Entry, is_same_text, plain
from sidara.programmes.core.codes.nomenclature import OLD_DIGITS, Standing, normalise, programme_of
from sidara.programmes.core.words import Government

CODES = {
    Standing.NO_CODE: "NOMENCLATURE_NO_CODE",
    Standing.ABSENT: "NOMENCLATURE_ABSENT",
    Standing.OTHER_GOVERNMENT: "NOMENCLATURE_OTHER_GOVERNMENT",
    Standing.OTHER_YEAR: "NOMENCLATURE_OTHER_YEAR",
    Standing.SPECIAL_REGION: "NOMENCLATURE_SPECIAL_REGION",
    Standing.UNLISTED: "NOMENCLATURE_UNLISTED",
    Standing.NO_VERSION: "NOMENCLATURE_NO_VERSION",
}
NAME_DIFFERS = "NOMENCLATURE_NAME_DIFFERS"
NEW_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """How a code stands, what it is if it holds, what a person should know, which codes to use instead."""

    standing: Standing
    code: str | None
    entry: Entry | None = None
    finding: Finding | None = None
    instead: tuple[Entry, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the code must not be used."""
        return self.standing.is_refused


def check(catalogue: Catalogue, government: Government, code: str, year: int, name: str = "") -> Checked:
    """Hold a code as written against a government's list of a year, and its name if one is given.

    The finding is an error for a code that is surely wrong, a warning for another name, and *not evaluated*
    where our lists cannot tell.
    """
    standing = standing_of(catalogue, government, code, year)
    read = catalogue.read(government, code)
    if standing is Standing.VALID and read is not None:
        entry = catalogue.entry(government, read, year)
        return Checked(standing, read, entry, _name_finding(catalogue, entry, name, year))
    instead = () if standing is Standing.NO_VERSION else replacements(catalogue, government, code, year, name)
    finding = _finding(catalogue, (government, code, year), standing, instead)
    return Checked(standing, read, None, finding, instead)


def standing_of(catalogue: Catalogue, government: Government, code: str, year: int) -> Standing:
    """Say how a code as written stands for any of the four governments."""
    read = catalogue.read(government, code)
    if read is not None and government in LISTED:
        standing = catalogue.nomenclature.standing(government, read, year)
        is_open = standing in {Standing.ABSENT, Standing.UNLISTED}
        is_anothers = is_open and _held_by(catalogue, code) in {Government.VILLAGE, Government.CENTRE}
        return Standing.OTHER_GOVERNMENT if is_anothers else standing
    if read is None:
        owner = _held_by(catalogue, code) or catalogue.nomenclature.government_of(normalise(code) or "")
        return Standing.NO_CODE if owner is None else Standing.OTHER_GOVERNMENT
    if catalogue.entry(government, read) is None:
        return Standing.ABSENT
    return Standing.OTHER_YEAR if catalogue.entry(government, read, year) is None else Standing.VALID


def _held_by(catalogue: Catalogue, code: str) -> Government | None:
    """Give the government whose list has the code, `None` when no list has it."""
    return next((one for one in Government if catalogue.entry(one, code) is not None), None)


def replacements(
    catalogue: Catalogue, government: Government, code: str, year: int, name: str = ""
) -> tuple[Entry, ...]:
    """Give the codes of a government and year for what a wrong code means, most alike first.

    Looks for the code among all governments and years; with `name` also for what is called so.
    """
    meant = _meant(catalogue, government, code)
    names = [one.name for one in meant]
    if name.strip() and not any(is_same_text(name, one) for one in names):
        names = [*names, name]
    offered: dict[str, tuple[bool, bool, float]] = {}
    found: dict[str, Entry] = {}
    for entry, is_told in _offers(catalogue, government, code, year, meant):
        likeness = max((_likeness(entry.name, one) for one in names), default=0.0)
        is_same = any(is_same_text(entry.name, one) for one in names)
        if is_told or is_same or likeness >= catalogue.candidates.likeness:
            rank = (not is_same, not is_told, -likeness)
            offered[entry.code] = min(rank, offered.get(entry.code, rank))
            found[entry.code] = entry
    same = [one for one, rank in offered.items() if not rank[0]]
    kept = same or list(offered)
    ordered = sorted(kept, key=lambda one: (offered[one], one))
    return tuple(found[one] for one in ordered[: catalogue.candidates.most])


def _meant(catalogue: Catalogue, government: Government, code: str) -> list[Entry]:
    """Give what a code is in any list: of its own government in another year, or of another one."""
    order = [government, *(one for one in Government if one is not government)]
    rows: list[Entry] = []
    for one in order:
        read = catalogue.read(one, code)
        if read is not None and one in LISTED:
            rows += catalogue.nomenclature.editions(one, read)
        elif (entry := catalogue.entry(one, code)) is not None:
            rows.append(entry)
    return rows


def _offers(
    catalogue: Catalogue, government: Government, code: str, year: int, meant: list[Entry]
) -> Iterable[tuple[Entry, bool]]:
    """Give what may be meant; true for what kinds or versions tie to the code, false for a mere neighbour."""
    for one in meant:
        for kind in catalogue.kinds.of_code(one.government, one.code):
            yield from ((entry, True) for entry in catalogue.codes_of(kind, government, year))
    if government in LISTED:
        yield from ((entry, True) for entry in _of_other_years(catalogue, government, code, year))
        yield from ((entry, False) for entry in _neighbours(catalogue, government, code, year, meant))


def _of_other_years(catalogue: Catalogue, government: Government, code: str, year: int) -> Iterable[Entry]:
    """Give the codes of a year that the versions tie to a code, and the same number with four digits."""
    held = catalogue.nomenclature
    read = catalogue.read(government, code) or ""
    mapped = [
        one.code
        for edition in held.editions(government, read)
        for one in held.translate(government, read, edition.valid_from or year, year)
    ]
    activity, _, number = read.rpartition(".")
    if len(number) == OLD_DIGITS:
        mapped.append(f"{activity}.{number.zfill(NEW_DIGITS)}")
    found = (held.find(government, one, year) for one in mapped)
    return [one for one in found if one is not None and not one.is_special]


def _neighbours(
    catalogue: Catalogue, government: Government, code: str, year: int, meant: list[Entry]
) -> Iterable[Entry]:
    """Give all codes of a government in the programmes that a code lies in."""
    read = catalogue.read(government, code)
    programmes = {programme_of(one.code) for one in meant if one.government in LISTED}
    if read is not None:
        programmes.add(programme_of(read))
    return (
        one
        for one in catalogue.nomenclature.entries
        if one.government is government
        and not one.is_special
        and one.holds_in(year)
        and programme_of(one.code) in programmes
    )


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(plain(one), plain(other)) / 100


def _name_finding(catalogue: Catalogue, entry: Entry | None, name: str, year: int) -> Finding | None:
    if entry is None or not name.strip() or entry.is_range:
        return None
    is_same = (
        catalogue.nomenclature.is_named(entry, name, year)
        if entry.government in LISTED
        else is_same_text(entry.name, name)
    )
    if is_same:
        return None
    return Finding(
        NAME_DIFFERS,
        f"Kode {entry.code} bernama “{entry.name}”, tetapi tertulis “{name.strip()}”.",
        "Periksa apakah kodenya yang salah atau namanya, lalu samakan dengan daftar.",
        Severity.WARNING,
        value=name.strip(),
    )


def _finding(
    catalogue: Catalogue,
    asked: tuple[Government, str, int],
    standing: Standing,
    instead: tuple[Entry, ...],
) -> Finding:
    government, code, year = asked
    who, written = catalogue.governments[government], code.strip()
    message = {
        Standing.NO_CODE: f"“{written}” bukan kode {_list_of(government)}.",
        Standing.ABSENT: f"Kode {written} tidak ada dalam daftar {who} untuk tahun {year}.",
        Standing.OTHER_GOVERNMENT: (
            f"Kode {written} milik {_owner(catalogue, code)}, tidak dapat dipakai oleh {who}."
        ),
        Standing.OTHER_YEAR: (
            f"Kode {written} tidak berlaku untuk tahun {year}{_years(catalogue, government, code)}."
        ),
        Standing.SPECIAL_REGION: (
            f"Kode {written} hanya untuk daerah berkekhususan seperti Papua, tidak untuk {who} di sini."
        ),
        Standing.UNLISTED: (
            f"Kode {written} belum dapat diperiksa: daftar {who} tahun {year} yang ada pada kami "
            "tidak memuat urusan itu seluruhnya."
        ),
        Standing.NO_VERSION: f"Kode {written} belum dapat diperiksa: tidak ada daftar untuk tahun {year}.",
    }[standing]
    severity = Severity.NOT_EVALUATED if standing.is_unknown else Severity.ERROR
    return Finding(CODES[standing], message, _remedy(who, standing, instead), severity, value=written)


def _remedy(who: str, standing: Standing, instead: tuple[Entry, ...]) -> str:
    named = "; ".join(f"{one.code} {one.name}" for one in instead)
    if standing.is_unknown:
        return (
            f"Cocokkan dengan daftar resmi. Yang mirip pada kami: {named}."
            if named
            else ("Cocokkan dengan daftar resmi.")
        )
    if len(instead) == 1:
        return f"Pakai kode {who}: {named}."
    if instead:
        return f"Pilih salah satu kode {who} yang sesuai: {named}."
    return (
        f"Cari kode {who} yang sesuai di halaman Nomenklatur, "
        "atau serahkan kegiatan ini kepada yang berwenang."
    )


def _list_of(government: Government) -> str:
    return {
        Government.CENTRE: "program pusat",
        Government.VILLAGE: "kegiatan desa (misalnya 2.3.10)",
    }.get(government, "nomenklatur (misalnya 2.13.04.2.01.0005)")


def _owner(catalogue: Catalogue, code: str) -> str:
    """Say whose a code is: by the list that has it, else by its digit, else by its form."""
    owner = _held_by(catalogue, code)
    if owner is None and (read := catalogue.read(Government.PROVINCE, code)) is not None:
        owner = catalogue.nomenclature.government_of(read)
    if owner is None:
        owner = next((one for one in Government if catalogue.read(one, code) is not None), None)
    return catalogue.governments[owner] if owner is not None else "pemerintah lain"


def _years(catalogue: Catalogue, government: Government, code: str) -> str:
    read = catalogue.read(government, code)
    if read is None or government not in LISTED:
        return ""
    spans = [
        f"{one.valid_from} sampai {one.valid_to}" if one.valid_to else f"{one.valid_from} dan sesudahnya"
        for one in catalogue.nomenclature.editions(government, read)
    ]
    return f" (berlaku {' dan '.join(spans)})" if spans else ""
