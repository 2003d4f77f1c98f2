"""The fields of the editor of an activity, out of a draft and back into one; what cannot be read is told."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sidara.kernel.finding import Finding
from sidara.programmes.core import Level, Stage
from sidara.programmes.core.activity_drafts import ActivityDraft, At, Gap, OutputDraft
from sidara.programmes.core.plan_drafts import unreadable
from sidara.regions.core import is_example

MOST_OUTPUTS, QUARTERS = 20, 4
type Fields = Mapping[str, Sequence[str]]

TEXTS = {
    "name": "nama",
    "agency": "pelaksana",
    "sector": "bidang",
    "activity_kind": "jenis",
    "code": "kode",
    "fund_source": "dana",
    "co_financing": "bersama",
    "beneficiaries": "penerima",
    "method": "cara",
    "executor": "rekan",
    "note": "catatan",
    "central_programme": "program_pusat",
}
"""The field of each text of a draft."""
COLUMNS = TEXTS | {
    "budget_idr": "anggaran",
    "beneficiary_count": "jumlah_penerima",
    "year": "tahun",
    "starts": "mulai",
    "ends": "selesai",
    "villages": "desa",
    "outputs": "keluaran",
    "goals": "tujuan",
    "phases": "tahap",
    "target_list": "daftar",
    "area": "pemilik",
}
"""The field of the page at which a finding about a draft stands."""


def one(fields: Fields, name: str) -> str:
    """Give the last value of a field, empty where there is none."""
    values = fields.get(name, ())
    return values[-1].strip() if values else ""


def draft_of(fields: Fields, *, stage: Stage, simulated: bool) -> tuple[ActivityDraft, tuple[Finding, ...]]:
    """Read the fields; a number or day that is none is a finding, and the draft has nothing there."""
    found: list[Finding] = []
    level, _, area = one(fields, "pemilik").partition("|")
    texts = {name: one(fields, key) for name, key in TEXTS.items()}
    codes = tuple(dict.fromkeys(code for code in fields.get("desa", ()) if code))
    draft = ActivityDraft(
        level=Level(level) if level in set(Level) else Level.VILLAGE,
        area=area,
        year=_whole(fields, "tahun", found) or 0,
        budget_idr=_whole(fields, "anggaran", found),
        beneficiary_count=_whole(fields, "jumlah_penerima", found),
        phases=tuple(fields.get("tahap", ())),
        starts=_day(fields, "mulai", found),
        ends=_day(fields, "selesai", found),
        tags=tuple(tag.strip() for tag in one(fields, "penanda").split(",") if tag.strip()),
        stage=stage,
        is_whole_area=bool(one(fields, "seluruh")),
        is_simulated=simulated or any(map(is_example, codes)),
        villages=tuple(At(code, one(fields, f"tempat-{code}")) for code in codes),
        outputs=tuple(_outputs(fields, found)),
        goals=tuple(uid for text in fields.get("tujuan", ()) if (uid := uuid_of(text))),
        gaps=tuple(_gaps(fields)),
        line=uuid_of(one(fields, "baris")),
        target_list=uuid_of(one(fields, "daftar")),
        **texts,
    )
    return draft, tuple(found)


def fields_of(draft: ActivityDraft) -> dict[str, list[str]]:
    """Give the fields that say a draft."""
    made: dict[str, list[str]] = {key: [getattr(draft, name)] for name, key in TEXTS.items()}
    made |= {
        "pemilik": [f"{draft.level.value}|{draft.area}"],
        "tahun": [str(draft.year)],
        "anggaran": ["" if draft.budget_idr is None else str(draft.budget_idr)],
        "jumlah_penerima": ["" if draft.beneficiary_count is None else str(draft.beneficiary_count)],
        "tahap": list(draft.phases),
        "mulai": [draft.starts.isoformat() if draft.starts else ""],
        "selesai": [draft.ends.isoformat() if draft.ends else ""],
        "penanda": [", ".join(draft.tags)],
        "seluruh": ["ya"] if draft.is_whole_area else [],
        "desa": [at.code for at in draft.villages],
        "tujuan": [str(uid) for uid in draft.goals],
        "butir": [f"{gap.index}:{gap.item}" for gap in draft.gaps],
        "baris": [str(draft.line or "")],
        "daftar": [str(draft.target_list or "")],
    }
    made |= {f"tempat-{at.code}": [at.place] for at in draft.villages}
    for number, output in enumerate(draft.outputs):
        made[f"keluaran-{number}"] = [output.indicator]
        made[f"satuan-{number}"] = [output.unit]
        made[f"target-{number}"] = [_written(output.target)]
        for quarter, value in enumerate(output.quarters, 1):
            made[f"tw{quarter}-{number}"] = [_written(value)]
    return made


def uuid_of(text: str) -> UUID | None:
    """Read an id; `None` where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def whole(text: str) -> int | None:
    """Read whole rupiah or a count as people write them: `Rp250.000.000`, `250000000,00`."""
    plain = text.casefold().removeprefix("rp").strip().removesuffix(",-").removesuffix(",00")
    plain = plain.replace(".", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.removeprefix("-").isdigit() else None


def decimal(text: str) -> Decimal | None:
    """Read a figure in the Indonesian style: `12,5`, `1.250`; `None` where it is none."""
    plain = text.replace(" ", "")
    plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
    head, _, tail = plain.partition(".")
    if "," not in text and len(tail) == 3 and head.lstrip("-") not in {"", "0"}:
        plain = plain.replace(".", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _whole(fields: Fields, name: str, found: list[Finding]) -> int | None:
    text = one(fields, name)
    value = whole(text)
    if text and value is None:
        found.append(unreadable(name, text, "250.000.000"))
    return value


def _day(fields: Fields, name: str, found: list[Finding]) -> date | None:
    text = one(fields, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found.append(unreadable(name, text, "2027-02-01"))
        return None


def _outputs(fields: Fields, found: list[Finding]) -> "list[OutputDraft]":
    made = []
    for number in range(MOST_OUTPUTS):
        names = [f"target-{number}", *(f"tw{quarter}-{number}" for quarter in range(1, QUARTERS + 1))]
        figures = []
        for name in names:
            text = one(fields, name)
            value = decimal(text) if text else None
            if text and value is None:
                found.append(unreadable("keluaran", text, "12,5"))
            figures.append(value)
        indicator = one(fields, f"keluaran-{number}")
        if indicator or any(value is not None for value in figures):
            while len(figures) > 1 and figures[-1] is None:
                figures.pop()
            made.append(
                OutputDraft(
                    indicator=indicator,
                    unit=one(fields, f"satuan-{number}"),
                    target=figures[0],
                    quarters=tuple(figures[1:]),
                )
            )
    return made


def _gaps(fields: Fields) -> "list[Gap]":
    found = []
    for text in fields.get("butir", ()):
        index, _, item = text.partition(":")
        if item.strip():
            found.append(Gap(item.strip(), index.strip()))
    return found


def _written(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f").replace(".", ",")
