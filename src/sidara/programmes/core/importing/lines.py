"""The plan lines that a row says: one, or one for each year that it names, and its activity beside them."""

from collections.abc import Mapping
from typing import Any

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.importing.activities import activity_of_row
from sidara.programmes.core.importing.definition import Record as Made
from sidara.programmes.core.importing.definition import plain
from sidara.programmes.core.importing.judging import (
    Coded,
    Where,
    judge_code,
    judge_fund,
    judge_kind,
    judge_location,
)
from sidara.programmes.core.importing.raw import Raw
from sidara.programmes.core.importing.records import Record, row_key, said
from sidara.programmes.core.importing.rows import PROGRAMME
from sidara.programmes.core.words import GOVERNMENT_OF, Edition, Government, Level, Subject

_BESIDE = (
    "priority",
    "field",
    "subfield",
    "time",
    "next_target",
    "next_ceiling",
    "outcome_indicator",
    "outcome_target",
    "result_indicator",
    "result_target",
    "output_note",
    "month",
    "total",
)
"""Columns that no field of a line holds: they stay beside it by their labels."""


def lines_of(raw: Raw) -> tuple[Record, ...]:
    """Make the lines of a row, and its activity where the table says so; what is told is in `raw.tell`."""
    code, kind = _coded(raw)
    if code.code:
        raw.values["code"] = code.code
    fund = judge_fund(raw.tell, raw.lists, raw.values.get("fund_source", ""))
    if not fund and raw.is_said("fund_source"):
        raw.more[raw.label("fund_source")] = raw.values["fund_source"]
    raw.values["fund_source"] = fund
    where = _where(raw)
    _keep_rest(raw, where)
    common = _common(raw, code, kind)
    key = row_key(raw.table, raw.values)
    lines = [Record(Subject.LINE, key, year, said(common | figures)) for year, figures in _years(raw)]
    if raw.table.record is Made.LINE_ACTIVITY:
        lines.append(activity_of_row(raw, code, kind, where))
    return tuple(lines)


def _coded(raw: Raw) -> tuple[Coded, Kind | None]:
    written, name = str(raw.values.get("code", "")), str(raw.values.get("name", ""))
    code = judge_code(raw.tell, raw.lists, raw.ask, written, name) if written else Coded()
    if len(code.code.split(".")) == PROGRAMME and raw.ask.level is not Level.VILLAGE:
        return code, None
    if not raw.has_code:
        return code, None
    return code, judge_kind(raw.tell, raw.lists, raw.ask, code.code, name)


def _where(raw: Raw) -> Where:
    if raw.ask.level is Level.VILLAGE:
        return Where((raw.ask.area,))
    return judge_location(raw.tell, raw.lists, raw.ask, raw.values.get("location", ""))


def _keep_rest(raw: Raw, where: Where) -> None:
    if where.rest or where.is_whole_area or where.villages:
        written = raw.values.get("location")
        if written:
            raw.more[raw.label("location")] = written
    raw.keep(_BESIDE)


def _common(raw: Raw, code: Coded, kind: Kind | None) -> dict[str, Any]:
    """Give the fields that all lines of a row share."""
    values = raw.values
    goal = values.get("goal") or values.get("priority")
    is_village_fund = raw.lists.catalogue.funds.is_village_fund(values.get("fund_source", ""))
    tag = kind.dana_desa.tag if is_village_fund and kind is not None and kind.dana_desa is not None else ""
    goals = [plain(str(values[key])) for key in ("priority", "goal") if raw.is_said(key)]
    found = [raw.lists.goals[one] for one in goals if one in raw.lists.goals]
    if goals and not found:
        raw.tell.say(
            "PLAN_GOAL_UNKNOWN",
            f"“{str(goal)[:80]}” belum ada di antara tujuan dokumen ini dan dokumen yang diikutinya.",
            "Disimpan seperti tertulis. Buat tujuannya dengan kode atau nama yang sama agar terhubung.",
            Severity.INFO,
            "goal" if raw.is_said("goal") else "priority",
        )
    return {
        "code": code.code,
        "code_as_written": str(raw.draft.values.get("code", ""))[:100],
        "nomenclature": code.version,
        "government": GOVERNMENT_OF.get(raw.ask.level, Government.REGENCY).value,
        "name": values.get("name"),
        "agency": values.get("agency", ""),
        "activity_kind": kind.code if kind is not None else "",
        "indicator": values.get("indicator", ""),
        "unit_as_written": values.get("unit", ""),
        "baseline": values.get("baseline"),
        "fund_source": values.get("fund_source", ""),
        "account": str(values.get("account", ""))[:24],
        "tags": [tag] if tag else None,
        "place": values.get("place") or str(values.get("location", ""))[:300],
        "reason": values.get("reason", ""),
        "goal": found[0] if found else None,
        "goal_as_written": goal,
        "more": raw.more,
    }


def _years(raw: Raw) -> list[tuple[int, dict[str, Any]]]:
    """Give year and figures of each line; a line of an RPJM Desa holds for each year that is ticked."""
    values = raw.values
    if isinstance(values.get("target"), Mapping) or isinstance(values.get("ceiling"), Mapping):
        targets, money = values.get("target", {}), values.get("ceiling", {})
        return [
            (raw.ask.year + at - 1, _figures(raw, targets.get(at), money.get(at), None))
            for at in sorted({*targets, *money})
        ]
    figures = _figures(
        raw, values.get("target", values.get("volume")), values.get("ceiling"), values.get("ceiling_revised")
    )
    if "years" not in {column.key for column in raw.table.columns}:
        return [(raw.ask.year, figures)]
    years = sorted(at for at, is_on in values.get("years", {}).items() if is_on)
    return [(raw.ask.year + at - 1, figures) for at in years] or [(raw.ask.year, figures)]


def _figures(raw: Raw, target: Any, original: int | None, revised: int | None) -> dict[str, Any]:
    if revised is not None and raw.values.get("is_difference"):
        if original is None:
            raw.tell.say(
                "PLAN_DIFFERENCE_ALONE",
                "Bertambah/(Berkurang) terisi, tetapi pagu murninya kosong.",
                "Isi pagu murni, atau tulis pagu setelah perubahan pada kolomnya sendiri.",
                Severity.ERROR,
                "ceiling_revised",
            )
            return {}
        revised = original + revised
        if revised < 0:
            raw.tell.say(
                "PLAN_MONEY_NEGATIVE",
                "Pagu setelah dikurangi kurang dari nol.",
                "Periksa pagu murni dan pengurangannya.",
                Severity.ERROR,
                "ceiling_revised",
            )
            return {}
    if raw.ask.edition is Edition.REVISED and revised is None:
        return {"target_revised": target, "ceiling_revised": original}
    if raw.ask.edition is Edition.REVISED:
        return {"target_revised": target, "ceiling_original": original, "ceiling_revised": revised}
    return {"target": target, "ceiling_original": original, "ceiling_revised": revised}
