"""Import of codes of other schemes as further codes of regions; what does not fit goes to a person."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.records.writing import writing
from sidara.regions import queries
from sidara.regions.core import KEMENDAGRI, bare, dotted
from sidara.regions.formats import codes_file
from sidara.regions.formats.codes_file import Line
from sidara.regions.models import CodeToReview, RegionCode
from sidara.regions.services.loading import assign_codes

IMPORT = "regions.import_codes"
_SCHEME = re.compile(r"[a-z][a-z0-9]*(?::[12]\d{3})?", re.ASCII)
LONGEST = 32

UNMATCHED = "belum cocok"
ABSENT = "kode Kemendagri tidak ada dalam daftar"
TWICE = "kode atau wilayah sudah dipakai baris lain"
TAKEN = "kode masih milik wilayah lain"
SIMILAR = "cocok menurut ejaan yang mirip"


@dataclass(frozen=True, slots=True)
class CodesAccount:
    """What came of a file: lines `read` = `created` + `unchanged` + `unmatched` + `rejected`.

    `similar` of those created or unchanged were matched by likeness and are listed for review, as are the
    unmatched. `clashing` codes are the Kemendagri code of another place.
    """

    read: int = 0
    created: int = 0
    unchanged: int = 0
    unmatched: int = 0
    rejected: int = 0
    similar: int = 0
    clashing: int = 0
    findings: tuple[Finding, ...] = ()
    is_stored: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file was taken."""
        return not self.is_stored and any(one.severity is Severity.ERROR for one in self.findings)


def import_codes(  # noqa: PLR0913 - each part has its own name
    actor: Actor,
    *,
    source: Path | BinaryIO,
    scheme: str,
    clock: Clock,
    valid_from: date | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command line
    sheet: str | None = None,
    dry_run: bool = False,
) -> CodesAccount:
    """Import codes of a scheme (`bps:2023`) as further codes of the regions of the register.

    `valid_from` is needed where a region's code of the scheme changes. The list for review of the scheme is
    replaced. The same file again changes nothing. Refuses (`NotAllowed`) who may not.
    """
    require(actor, IMPORT)
    if fault := _scheme_fault(scheme):
        return CodesAccount(findings=(fault,))
    lines, read, findings = codes_file.read(source, scheme=scheme, format=format, sheet=sheet)
    if any(one.severity is Severity.ERROR for one in findings) and not lines:
        return CodesAccount(read, rejected=read, findings=findings)
    if doubt := queries.doubt_of_names(actor, [(one.line, one.own, one.name) for one in lines]):
        return CodesAccount(read, rejected=read, findings=(*findings, doubt))
    with writing():
        found = _Sorted(actor, scheme, lines)
        held = dict(RegionCode.objects.filter(scheme=scheme, valid_to=None).values_list("region_id", "code"))
        changed = [region for region, code in found.codes.items() if held.get(region, code) != code]
        if changed and valid_from is None:
            return CodesAccount(read, findings=(_day_missing(scheme, len(changed)),), rejected=read)
        created = sum(1 for region, code in found.codes.items() if held.get(region) != code)
        if not dry_run:
            assign_codes(actor, scheme=scheme, codes=found.codes, valid_from=valid_from, clock=clock)
            CodeToReview.objects.filter(scheme=scheme).delete()
            CodeToReview.objects.bulk_create(found.review)
        clashing = _clashing(actor, found.codes)
    reasons = Counter(one.reason for one in found.review)
    return CodesAccount(
        read=read,
        created=created,
        unchanged=len(found.codes) - created,
        unmatched=len(found.review) - reasons[SIMILAR],
        rejected=read - len(found.codes) - len(found.review) + reasons[SIMILAR],
        similar=reasons[SIMILAR],
        clashing=clashing,
        findings=(*findings, *found.findings, *_told(scheme, found.review, clashing)),
        is_stored=not dry_run,
    )


def _scheme_fault(scheme: str) -> Finding | None:
    if scheme == KEMENDAGRI:
        words = "Kode Kemendagri tidak diimpor sebagai kode tambahan."
        remedy = "Perubahan kode Kemendagri masuk lewat: sidara regions succession import."
    elif _SCHEME.fullmatch(scheme) is None or len(scheme) > LONGEST:
        words = f"Skema kode {scheme or '(kosong)'} tidak dapat dipakai."
        remedy = "Tulis nama dan tahunnya, misalnya bps:2023."
    else:
        return None
    return Finding("SCHEME_WRONG", words, remedy, place=Place(column="scheme"), value=scheme)


def _day_missing(scheme: str, count: int) -> Finding:
    return Finding(
        "CODE_DAY_MISSING",
        f"{format_number(count)} wilayah sudah punya kode {scheme} yang lain.",
        "Sebutkan sejak kapan kode baru berlaku: --valid-from TTTT-BB-HH.",
        place=Place(column="valid-from"),
    )


class _Sorted:
    """The lines of a file by what becomes of them: `codes` (region -> code), `review`, `findings`."""

    def __init__(self, actor: Actor, scheme: str, lines: Iterable[Line]) -> None:
        """Match the lines with the register; the first of two lines for the same place counts."""
        self.codes: dict[int, str] = {}
        self.review: list[CodeToReview] = []
        self.findings: list[Finding] = []
        self._scheme = scheme
        spans = queries.spans(actor)
        self._own = dict(spans.filter(spans["valid_to"].is_null()).select("code", "region_id").iter_rows())
        self._taken = dict(
            RegionCode.objects.filter(scheme=scheme, valid_to=None).values_list("code", "region_id")
        )
        used: set[str] = set()
        for line in lines:
            self._take(line, used)

    def _take(self, line: Line, used: set[str]) -> None:
        own = dotted(line.own) if line.own else None
        if not line.code or len(line.code) > LONGEST or (line.own and own is None):
            value = line.own if line.code else line.code
            self.findings.append(
                Finding(
                    "CODE_MALFORMED",
                    f"{value or 'Kode kosong'} bukan kode wilayah.",
                    "Perbaiki barisnya, lalu impor lagi.",
                    place=Place(line=line.line),
                    value=value,
                )
            )
            return
        region = self._own.get(own or "")
        if own is None:
            self._put(line, None, UNMATCHED)
        elif region is None:
            self._put(line, None, ABSENT)
        elif region in self.codes or line.code in used:
            self._put(line, region, TWICE)
        elif self._taken.get(line.code, region) != region:
            self._put(line, region, TAKEN)
        else:
            self.codes[region] = line.code
            used.add(line.code)
            if line.is_similar:
                self._put(line, region, SIMILAR)

    def _put(self, line: Line, region: int | None, reason: str) -> None:
        self.review.append(
            CodeToReview(
                scheme=self._scheme,
                code=line.code,
                name=line.name,
                place=line.place,
                region_id=region,
                reason=reason,
            )
        )


def _clashing(actor: Actor, codes: dict[int, str]) -> int:
    """Count the codes that are the bare Kemendagri code of another region."""
    own = {
        bare(code): region for code, region in queries.spans(actor).select("code", "region_id").iter_rows()
    }
    return sum(1 for region, code in codes.items() if own.get(code, region) != region)


def _told(scheme: str, review: list[CodeToReview], clashing: int) -> list[Finding]:
    """Tell what a person should know."""
    said = []
    if review:
        said.append(
            Finding(
                "CODES_TO_REVIEW",
                f"{format_number(len(review))} kode {scheme} perlu ditinjau.",
                f"Lihat: sidara regions codes review --scheme {scheme}.",
                Severity.INFO,
            )
        )
    if clashing:
        said.append(
            Finding(
                "CODES_CLASHING",
                f"{format_number(clashing)} kode {scheme} juga kode Kemendagri wilayah lain.",
                "Kode itu selalu ditanyakan balik bila skemanya tidak jelas.",
                Severity.INFO,
            )
        )
    return said
