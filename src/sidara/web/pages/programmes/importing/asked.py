"""What a form of the import asks: whose plan a file is, how it is read, what was chosen."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from sidara.kernel.finding import Finding
from sidara.programmes.core import Edition, Level
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.plan_drafts import EARLIEST, LATEST
from sidara.programmes.services import LARGEST_PLAN_FILE
from sidara.ui.language import say
from sidara.web.pages import address
from sidara.web.pages.programmes.importing import words

LARGEST_MB = LARGEST_PLAN_FILE // 1_000_000


@dataclass(frozen=True)
class Handed:
    """A file that was handed in, with what is asked of it."""

    content: bytes
    name: str
    ask: Ask


def handed_in(given: "UploadedFile[bytes] | None", posted: QueryDict) -> Handed | Finding:
    """Take a file of the form; a finding where there is none, it is too large, or a field cannot be read."""
    if given is None:
        return Finding(
            "FILE_MISSING", say("Berkas belum dipilih."), say("Pilih buku kerja .xlsx, .xls, .ods atau .csv.")
        )
    if (given.size or 0) > LARGEST_PLAN_FILE:
        return Finding(
            "FILE_TOO_LARGE",
            say("Berkas lebih besar dari {most} MB.", most=LARGEST_MB),
            say("Bagi berkas menjadi beberapa bagian."),
        )
    ask = _ask(posted)
    return ask if isinstance(ask, Finding) else Handed(given.read(), given.name or "", ask)


def _ask(posted: QueryDict) -> Ask | Finding:
    """Read what was asked from the form; a finding where a field cannot be read."""
    level, area, sector, example = (posted.get("pemilik", "").split("|") + [""] * 4)[:4]
    if level not in set(Level) or not area:
        level, area = posted.get("tingkat", ""), posted.get("wilayah", "").strip()[:20]
    years = [posted.get(name, "").strip() for name in ("tahun", "tahun_akhir")]
    first, last = (int(address.year(text) or 0) for text in years)
    if level not in set(Level) or not area:
        return Finding("PLAN_AREA_UNKNOWN", say("Pemilik rencana belum dipilih."), say("Pilih pemiliknya."))
    if not EARLIEST <= first <= LATEST or (years[1] and not first <= last <= LATEST):
        return Finding(
            "PLAN_YEAR_UNREADABLE", say("Tahun rencana tidak dapat dibaca."), say("Tulis tahun seperti 2027.")
        )
    edition = posted.get("naskah", "")
    # A village that was chosen from the list is itself real or made up.
    is_of_a_village = level == Level.VILLAGE and bool(posted.get("pemilik"))
    return Ask(
        level=Level(level),
        area=area,
        year=first,
        year_to=last,
        sector=sector[:12],
        table=posted.get("tabel", "")[:24],
        agency=" ".join(posted.get("perangkat", "").split())[:200],
        edition=Edition(edition) if edition in set(Edition) else Edition.ORIGINAL,
        document=" ".join(posted.get("dokumen", "").split())[:200],
        is_simulated=example == "ya" or (posted.get("simulasi") == "ya" and not is_of_a_village),
    )


def changes_from(posted: QueryDict, held: Ask) -> dict[str, Any]:
    """Read what was chosen on the preview: how the file is read, kinds and villages."""
    found: dict[str, Any] = {
        "unit": posted.get("satuan", "")[:12],
        "percent": posted.get("persen", "")[:12],
        "table": posted.get("tabel", "")[:24],
        "over_hand": posted.get("timpa") == "ya",
        "all_or_nothing": posted.get("semua") == "ya",
        "kinds": dict(held.kinds),
        "villages": dict(held.villages),
    }
    picked = zip(posted.getlist("apa"), posted.getlist("kunci"), posted.getlist("pilihan"), strict=False)
    for what, key, choice in picked:
        if choice:
            into = found["kinds"] if what == "kind" else found["villages"]
            into[key[:300]] = "" if choice == words.NO_KIND else choice[:24]
    return found
