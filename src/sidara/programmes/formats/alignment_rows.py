"""The rows of a case of the alignment: which fields each table has, and how they are read."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sidara.programmes.core.alignment.rows import (
    Activity,
    Goal,
    PlanLine,
    Proposal,
    Realisation,
    Scores,
    Tables,
    Tie,
    Village,
)
from sidara.programmes.core.words import Decision, GoalKind, GoalTie, Government, Level, PlanKind
from sidara.programmes.formats.json_values import (
    Wrong,
    day_of,
    list_of,
    mapping_of,
    maybe_number,
    maybe_text,
    maybe_year,
    money_of,
    number_of,
    quarter_of,
    required_of,
    set_of,
    text_of,
    texts_of,
    word_of,
    year_of,
    years_of,
    yes_of,
)

SIMULATED = "simulated"
_SPAN = re.compile(r"(\d{1,3})\s*(?:-|–|\.\.|sampai)\s*(\d{1,3})")


def _scores(value: object, where: str) -> Scores | None:
    if value is None:
        return None
    made = mapping_of(value, where)
    items = mapping_of(made.get("items", {}), f"{where}, items")
    dataset = text_of(made.get("dataset"), f"{where}, dataset")
    read_items = {
        code: _most(score, f"{where}, items {code}") for code, score in items.items() if score is not None
    }
    return Scores(dataset.startswith(SIMULATED), read_items)


def _most(score: object, where: str) -> Decimal:
    """Give a score; of a span (`[1, 3]`, `"1-3"` or names with numbers) its upper end."""
    if isinstance(score, dict):
        score = list(score.values())
    if isinstance(score, str) and (ends := _SPAN.fullmatch(score.strip())):
        score = [Decimal(one) for one in ends.groups()]
    if isinstance(score, list):
        if not score:
            raise Wrong(where, "skor atau selang skor", "kosong")
        return max(number_of(one, where) for one in score)
    return number_of(score, where)


type _Fields = Mapping[str, tuple[str, Callable[[Any, str], Any]]]
_LINE: _Fields = {
    "id": ("id", required_of),
    "plan": ("plan", word_of(PlanKind)),
    "owner": ("owner", text_of),
    "owner_kind": ("government", word_of(Government)),
    "year": ("year", year_of),
    "code": ("code", maybe_text),
    "name": ("name", text_of),
    "indicator": ("indicator", text_of),
    "direction": ("direction", text_of),
    "unit": ("unit", text_of),
    "target": ("target", maybe_number),
    "ceiling_original": ("ceiling_original", money_of),
    "ceiling_revised": ("ceiling_revised", money_of),
    "fund_source": ("fund_source", text_of),
    "account": ("account", text_of),
    "reason": ("reason", text_of),
    "goal_id": ("goal_id", maybe_text),
    "jenis_kegiatan": ("kind", text_of),
    "years": ("years", years_of),
    "tags": ("tags", set_of),
    "berita_acara": ("minutes", text_of),
    "area": ("area", text_of),
}
_GOAL: _Fields = {
    "id": ("id", required_of),
    "plan": ("plan", word_of(PlanKind)),
    "kind": ("kind", word_of(GoalKind)),
    "owner": ("owner", text_of),
    "name": ("name", text_of),
    "parent": ("parent", maybe_text),
    "priority": ("is_priority", yes_of),
    "valid_from": ("valid_from", maybe_year),
    "valid_to": ("valid_to", maybe_year),
    "area": ("area", text_of),
}
_TIE: _Fields = {
    "lower": ("lower", required_of),
    "upper": ("upper", required_of),
    "tie": ("tie", word_of(GoalTie)),
}
_ACTIVITY: _Fields = {
    "id": ("id", required_of),
    "owner": ("owner", text_of),
    "level": ("level", word_of(Level)),
    "jenis_kegiatan": ("kind", text_of),
    "year": ("year", year_of),
    "fund_source": ("fund_source", text_of),
    "budget_idr": ("budget_idr", money_of),
    "villages": ("villages", texts_of),
    "phase": ("phases", set_of),
    "place": ("place", text_of),
    "co_financing": ("co_financing", text_of),
    "program_pusat": ("central_programme", text_of),
    "start": ("start", day_of),
    "end": ("end", day_of),
    "name": ("name", text_of),
    "area": ("area", text_of),
}
_PROPOSAL: _Fields = {
    "id": ("id", required_of),
    "document": ("document", text_of),
    "year": ("year", year_of),
    "village": ("village", text_of),
    "level_asked": ("level_asked", text_of),
    "jenis_kegiatan": ("kind", text_of),
    "decision": ("decision", word_of(Decision)),
    "reason": ("reason", text_of),
    "linked_activity": ("linked_activity", maybe_text),
    "budget_idr": ("budget_idr", money_of),
}
_REALISATION: _Fields = {
    "activity": ("activity", required_of),
    "quarter": ("quarter", quarter_of),
    "money": ("money", money_of),
    "physical_pct": ("physical_pct", maybe_number),
    "output": ("output", maybe_number),
    "obstacle": ("obstacle", text_of),
    "follow_up": ("follow_up", text_of),
}
_VILLAGE: _Fields = {
    "code": ("code", required_of),
    "status": ("status", maybe_text),
    "name": ("name", text_of),
    "indeks_desa": ("indeks_desa", _scores),
    "idm": ("idm", _scores),
}
_MUST = {
    "plan_lines": ("id", "plan", "owner_kind", "year"),
    "goals": ("id", "plan", "kind"),
    "ties": ("lower", "upper", "tie"),
    "activities": ("id", "level", "year"),
    "proposals": ("id", "year", "decision"),
    "realisations": ("activity", "quarter"),
    "villages": ("code",),
}
"""Fields without which a row says nothing."""


def _village(**made: Any) -> Village:
    scores = {name: one for name in ("indeks_desa", "idm") if (one := made.pop(name, None)) is not None}
    return Village(scores=scores, **made)


_TABLES: Mapping[str, tuple[Callable[..., Any], _Fields]] = {
    "plan_lines": (PlanLine, _LINE),
    "goals": (Goal, _GOAL),
    "ties": (Tie, _TIE),
    "activities": (Activity, _ACTIVITY),
    "proposals": (Proposal, _PROPOSAL),
    "realisations": (Realisation, _REALISATION),
    "villages": (_village, _VILLAGE),
}
_FILLED: Mapping[str, Mapping[str, Any]] = {
    "plan_lines": {"owner": ""},
    "goals": {"owner": ""},
    "activities": {"owner": "", "kind": ""},
    "proposals": {"document": "", "village": "", "level_asked": ""},
}
"""What a row has where it says nothing."""


def tables_of(made: Mapping[str, Any], name: str) -> tuple[Tables, list[str]]:
    """Read the tables of a case (`Wrong` where a row cannot be read); also gives fields that nobody knows."""
    unknown = [f"{name}, tabel {one}" for one in made if one not in _TABLES]
    rows: dict[str, tuple[Any, ...]] = {}
    for table, (make, fields) in _TABLES.items():
        where = f"{name}, {table}"
        read_rows = []
        seen: set[str] = set()
        for number, one in enumerate(list_of(made.get(table), where), 1):
            here = f"{where} baris {number}"
            row = mapping_of(one, here)
            unknown += [f"{here}, {key}" for key in row if key not in fields]
            read_rows.append(_row(make, fields, row, here, table))
            key = str(row.get("id", ""))
            if key and key in seen:
                raise Wrong(f"{here}, id", "id yang belum dipakai baris lain", key)
            seen.add(key)
        rows[table] = tuple(read_rows)
    return Tables(**rows), unknown


def _row(make: Callable[..., Any], fields: _Fields, row: Mapping[str, Any], here: str, table: str) -> Any:
    for must in _MUST[table]:
        if must not in row:
            raise Wrong(f"{here}, {must}", "medan ini terisi", "tidak ada")
    own = {field: reads(row[key], f"{here}, {key}") for key, (field, reads) in fields.items() if key in row}
    return make(**(dict(_FILLED.get(table, {})) | own))
