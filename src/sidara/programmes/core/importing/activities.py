"""The activity that a row says: beside its plan line, or alone in a list of the centre or of a company."""

from typing import Any

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.importing.asking import key_of
from sidara.programmes.core.importing.judging import Coded, Where, judge_named_kind, judge_village
from sidara.programmes.core.importing.raw import Raw, plain_value
from sidara.programmes.core.importing.records import Record, activity_key, said
from sidara.programmes.core.words import GOVERNMENT_OF, Government, Level, Stage, Subject

CO_FINANCED = "antar-desa"


def activity_of_row(raw: Raw, code: Coded, kind: Kind | None, where: Where) -> Record:
    """Make the activity of a row beside its plan line: done where the row says, budgeted by a DPA alone."""
    values = raw.values
    agency = str(values.get("agency") or raw.ask.agency)
    revised = values.get("ceiling_revised")
    original = values.get("ceiling")
    if revised is not None and values.get("is_difference"):
        revised = (original or 0) + revised
    stage = raw.table.stage
    place = str(values.get("place", ""))[:300] if raw.ask.level is Level.VILLAGE else ""
    outputs = {}
    if raw.is_said("indicator"):
        outputs[values["indicator"]] = said({"unit": values.get("unit"), "target": values.get("target")})
    fields = said(
        {
            "level": raw.ask.level.value,
            "agency": agency,
            "sector": raw.ask.sector or raw.lists.sector_of(agency),
            "name": values.get("name"),
            "activity_kind": kind.code if kind is not None else "",
            "government": GOVERNMENT_OF.get(raw.ask.level, Government.REGENCY).value,
            "code": code.code,
            "nomenclature": code.version,
            "fund_source": values.get("fund_source", ""),
            "budget_idr": revised if revised is not None else original,
            "starts": values.get("starts"),
            "ends": values.get("ends"),
            "beneficiaries": str(values.get("beneficiaries", ""))[:300],
            "method": _method(raw),
            "co_financing": CO_FINANCED if values.get("villages_together") else "",
            "executor": str(values.get("executor", ""))[:200],
            "stage": stage.value,
            "is_whole_area": True if where.is_whole_area else None,
            "more": _quarters(raw) if stage is Stage.BUDGETED else {},
        }
    )
    key = activity_key(raw.ask, values, agency=agency)
    villages = dict.fromkeys(where.villages, place)
    return Record(Subject.ACTIVITY, key, raw.ask.year, fields, villages, outputs)


def _method(raw: Raw) -> str:
    named = (("self_managed", "swakelola"), ("third_party", "pihak ketiga"))
    return ", ".join(words for key, words in named if raw.values.get(key))


def listed_activity(raw: Raw) -> tuple[Record, ...]:
    """Make the activity of a list of the centre or of a company; a row is a village."""
    values = raw.values
    year, ask = int(values["year"]), raw.ask
    village = judge_village(raw.tell, raw.lists, ask, str(values["village"]), "village")
    kind = judge_named_kind(raw.tell, raw.lists, ask, str(values["kind"]))
    programme = str(values.get("central_programme", "")).strip()
    is_central = ask.level is Level.CENTRE
    if is_central and programme.upper() not in raw.lists.catalogue.central:
        raw.tell.say(
            "PLAN_PROGRAMME_UNKNOWN",
            f"Program pusat “{programme[:60]}” tidak ada dalam daftar.",
            "Tulis kodenya seperti pada halaman Nomenklatur; baris disimpan dengan nama programnya.",
            Severity.WARNING,
            "central_programme",
            programme[:100],
        )
    known = programme.upper() if programme.upper() in raw.lists.catalogue.central else ""
    agency = str(values.get("ministry") or values.get("company") or ask.agency)[:200]
    more = raw.more | {
        raw.label(key): plain_value(values[key])
        for key in ("decree", "file_source", "realised", "volume", "unit", "channel", "stage")
        if raw.is_said(key)
    }
    named = kind.name if kind is not None else str(values["kind"])
    fields = {
        "level": ask.level.value,
        "agency": agency,
        "name": f"{programme}: {named}" if programme else named,
        "activity_kind": kind.code if kind is not None else "",
        "government": Government.CENTRE.value if is_central else "",
        "central_programme": known[:24],
        "fund_source": raw.table.fund_source,
        "budget_idr": values.get("ceiling"),
        "co_financing": "apbdes" if values.get("channel") == "apbdes" else "",
        "stage": raw.table.stages.get(str(values.get("stage")), raw.table.stage).value,
        "more": more,
    }
    key = key_of(raw.table.key, ask.area, agency, programme, year, village, values["kind"])
    return (Record(Subject.ACTIVITY, key, year, said(fields), {village: ""} if village else {}),)


def _quarters(raw: Raw) -> dict[str, Any]:
    found = raw.values.get("quarter")
    return {"Rencana penarikan triwulan (Rp)": plain_value(found)} if found else {}
