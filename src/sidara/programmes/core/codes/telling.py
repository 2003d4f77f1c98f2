"""Codes and kinds as the plain data of files and of the API: one shape for all doors."""

from sidara.programmes.core.codes.catalogue import Catalogue, Option, Payer
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.codes.refusal import Checked
from sidara.programmes.core.codes.search import Hit

type Data = dict[str, object]


def entry_row(one: Entry) -> Data:
    """Give an entry in short: government, code, name, years, unit."""
    return {
        "government": str(one.government),
        "code": one.code,
        "name": one.name,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "unit": one.unit,
    }


def entry_whole(catalogue: Catalogue, one: Entry) -> Data:
    """Give an entry with its words, its versions, what it lies in, and its kinds."""
    return {
        **entry_row(one),
        "performance": one.performance,
        "indicator": one.indicator,
        "owner": one.owner,
        "versions": list(one.versions),
        "not_compared": list(one.not_compared),
        "earlier": [
            {"version": old.version, "code": old.code, "basis": str(old.basis), "name": old.name}
            for old in one.earlier
        ],
        "parents": [{"code": parent.code, "name": parent.name} for parent in one.parents],
        "kinds": [kind_row(kind) for kind in catalogue.kinds.of_code(one.government, one.code)],
        "confidence": one.confidence,
        "note": one.note,
    }


def kind_row(one: Kind) -> Data:
    """Give a kind in short: code, name, field, unit of its output."""
    return {"code": one.code, "name": one.name, "field": one.field, "unit": one.unit}


def kind_whole(catalogue: Catalogue, one: Kind, year: int | None = None) -> Data:
    """Give a kind with definition, stages, who may do or pay it by which codes, and the items it answers."""
    return {
        **kind_row(one),
        "definition": one.definition,
        "character": one.character,
        "stages": {stage: str(catalogue.kinds.phase_of[stage]) for stage in one.stages},
        "actors": [payer_row(payer) for payer in catalogue.payers(one, year)],
        "items": [
            {"index": link.index, "item": link.item, "relation": str(link.relation)} for link in one.links
        ],
        "dana_desa": (
            {"tag": one.dana_desa.tag, "condition": one.dana_desa.condition} if one.dana_desa else None
        ),
        "village_accounts": list(one.village_accounts),
        "confidence": one.confidence,
        "note": one.note,
    }


def payer_row(one: Payer) -> Data:
    """Give a level's part in a kind with its codes."""
    return {
        "level": str(one.level),
        "basis": one.basis,
        "reason": one.reason,
        "may_do": one.may_do,
        "may_pay": one.may_pay,
        "codes": [{**entry_row(entry), "may_do": entry in one.doing} for entry in one.entries],
    }


def option_row(one: Option) -> Data:
    """Give a kind that answers an item with who may do or pay it."""
    return {
        **kind_row(one.kind),
        "relation": str(one.relation),
        "actors": [payer_row(payer) for payer in one.payers],
    }


def hit_row(one: Hit) -> Data:
    """Give a hit of the search: an entry with its government, or a kind (government `None`)."""
    if isinstance(one.found, Kind):
        return {"government": None, **kind_row(one.found), "score": one.score}
    return {**entry_row(one.found), "score": one.score}


def checked_row(one: Checked) -> Data:
    """Give how a code stands, its finding and the codes to use instead."""
    return {
        "code": one.code,
        "standing": str(one.standing),
        "is_refused": one.is_refused,
        "finding": one.finding.flat() if one.finding else None,
        "instead": [entry_row(entry) for entry in one.instead],
    }
