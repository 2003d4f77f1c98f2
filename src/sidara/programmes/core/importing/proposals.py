"""The proposal that a row says: of a village's own list, or of an outside meeting."""

from datetime import date

from sidara.kernel.finding import Severity
from sidara.programmes.core.importing.asking import key_of
from sidara.programmes.core.importing.judging import judge_code, judge_kind, judge_named_kind, judge_village
from sidara.programmes.core.importing.raw import Raw
from sidara.programmes.core.importing.records import Record, said
from sidara.programmes.core.words import Decision, Level, Subject


def proposal_of(raw: Raw) -> tuple[Record, ...]:
    """Make the proposal of a village's list or of an outside meeting."""
    values, ask = raw.values, raw.ask
    of_village = raw.table.is_of_village
    village = (
        ask.area
        if of_village
        else judge_village(raw.tell, raw.lists, ask, str(values["proposer"]), "proposer")
    )
    kind = (
        judge_named_kind(raw.tell, raw.lists, ask, str(values["kind"]))
        if raw.is_said("kind")
        else judge_kind(raw.tell, raw.lists, ask, "", str(values.get("name", "")))
    )
    _reasons(raw)
    linked = str(values.get("linked_code", ""))
    if linked:
        linked = judge_code(raw.tell, raw.lists, ask, linked, column="linked_code").code
    raw.keep(("field", "documents", "recommendation", "decided"))
    fields = {
        "document": raw.table.document,
        "village": village,
        "text": values.get("name"),
        "activity_kind": kind.code if kind is not None else "",
        "level_asked": values.get("level_asked") or Level.REGENCY.value,
        "agency_asked": str(values.get("agency", ""))[:200],
        "place": values.get("place", ""),
        "volume": values.get("volume"),
        "unit": values.get("unit", ""),
        "budget_idr": values.get("ceiling"),
        "rank": int(values["rank"]) if raw.is_said("rank") else None,
        "beneficiaries": str(values.get("beneficiaries", ""))[:300],
        "external_id": str(values.get("external_id", ""))[:100],
        "decision": values.get("decision"),
        "reason": values.get("reason", ""),
        "linked_code": linked[:24],
        "more": raw.more,
    }
    parts = (
        [values["external_id"]] if raw.is_said("external_id") else [values.get("name"), values.get("place")]
    )
    owner = village if of_village or not raw.is_said("external_id") else ask.area
    key = key_of(raw.table.document, owner, ask.year, *parts)
    decided = values.get("decided")
    day = decided if isinstance(decided, date) else None
    return (Record(Subject.PROPOSAL, key, ask.year, said(fields), decided=day),)


def _reasons(raw: Raw) -> None:
    decision = raw.values.get("decision")
    if decision in (Decision.REJECTED, Decision.POSTPONED) and not raw.is_said("reason"):
        raw.tell.say(
            "PLAN_REASON_MISSING",
            f"Usulan {decision} tanpa alasan.",
            "Isi alasannya; tanpa itu SIN_S11 menandainya.",
            Severity.WARNING,
            "reason",
        )
    if decision == Decision.ACCEPTED and not raw.is_said("linked_code"):
        raw.tell.say(
            "PLAN_LINK_MISSING",
            "Usulan diterima tanpa kode sub kegiatan yang menampungnya.",
            "Isi kodenya bila sudah ada.",
            Severity.WARNING,
            "linked_code",
        )
