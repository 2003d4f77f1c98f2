"""The page on which one entry of a draft is edited, and what a new one begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidara.dictionary.core import Dictionary, Draft, Thing, findings_of, is_provisional, plain
from sidara.dictionary.core.reading import CLASSES
from sidara.dictionary.core.words import (
    Accumulation,
    Aggregation,
    AppliesTo,
    Confidence,
    Confidentiality,
    FilledBy,
    Nature,
    ReferenceDate,
    TimeAggregation,
    Type,
)
from sidara.dictionary.queries import Review
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.ui.language import say
from sidara.web.pages.editing import addresses, words
from sidara.web.pages.editing.filled import Fault, Group, groups, placed
from sidara.web.pages.editing.shapes import shapes
from sidara.web.pages.places import Link

INFERRED = Confidence.INFERRED.value
SOURCED = frozenset({"confidence", "text_confidence"})


@dataclass(frozen=True)
class Told:
    """A fault in the list at the top: where it stands, the name of its field, its words."""

    anchor: str
    label: str
    fault: Fault


@dataclass(frozen=True)
class Missing:
    """A unit or concept that an entry names and the dictionary lacks, to be added by one button."""

    key: str
    label: str


@dataclass(frozen=True)
class EntryPage:
    """An entry while it is edited. `is_mine`: the asker may change the draft."""

    kind: str
    code: str
    title: str
    trail: Sequence[Link]
    groups: Sequence[Group]
    told: Sequence[Told]
    missing: Sequence[Missing]
    suggestions: Sequence[tuple[str, Sequence[str]]]
    back: str
    action: str
    is_new: bool
    is_mine: bool
    is_removed: bool
    message: str


def build(review: Review, kind: Thing, code: str, actor: Actor, message: str = "") -> EntryPage | None:
    """Build the page of an entry of a draft, or of the dictionary as it stands; `None` = there is none."""
    put = review.draft.put(kind, code)
    here = review.before.of(kind).get(code)
    if put is None and here is None:
        return None
    body = put.body if put is not None else plain(here) if here is not None else {}
    findings = list(findings_of(review.findings, kind, code)) if put is not None else []
    is_mine = review.draft.is_open and review.draft.author_id == actor.id
    return _page(
        review,
        kind,
        body or {},
        findings,
        code=code,
        is_mine=is_mine,
        is_removed=put is not None and put.body is None,
        message=message,
    )


def fresh(review: Review, kind: Thing, form: str, actor: Actor) -> EntryPage:
    """Build the page of a new entry with what can be known already."""
    body = beginning(review.dictionary, kind, form, review.draft)
    is_mine = review.draft.is_open and review.draft.author_id == actor.id
    return _page(review, kind, body, [], code="", is_mine=is_mine, is_removed=False, message="")


def _page(  # noqa: PLR0913 - the parts of a page
    review: Review,
    kind: Thing,
    body: Mapping[str, Any],
    findings: Sequence[Finding],
    *,
    code: str,
    is_mine: bool,
    is_removed: bool,
    message: str,
) -> EntryPage:
    draft = review.draft
    by_path, listed = placed(kind, body, findings)
    laid = groups(kind, body, review.dictionary, by_path)
    name = say(words.KINDS[kind][1])
    shown = "" if is_provisional(code) else code
    title = str(body.get("name") or "") or shown or say("{kind} baru", kind=name)
    action = addresses.entry(draft.id, kind, code) if code else addresses.fresh(draft.id, kind)
    return EntryPage(
        kind=name,
        code=shown,
        title=title,
        trail=addresses.trail(Link(draft.title, addresses.draft(draft.id)), Link(shown or title, "")),
        groups=laid,
        told=[Told(f"f-{path.replace('.', '-')}", _label(kind, path), fault) for path, fault in listed],
        missing=list(dict.fromkeys(_missing(findings))),
        suggestions=[
            (f"saran-{one}", tuple(review.dictionary.of(one))) for one in (Thing.UNIT, Thing.CONCEPT)
        ],
        back=addresses.draft(draft.id),
        action=action,
        is_new=not code or code not in review.before.of(kind),
        is_mine=is_mine,
        is_removed=is_removed,
        message=message,
    )


def _label(kind: Thing, path: str) -> str:
    """Name a field by its path: `Aturan 2, Pesan`."""
    from_class, known = CLASSES[kind].__name__, shapes(kind)
    said: list[str] = []
    for part in path.split("."):
        if part.isdigit():
            said[-1] = f"{said[-1]} {int(part) + 1}"
            continue
        shape = next((one for one in known if one.key == part), None)
        said.append(say(words.name_of(from_class, part)))
        if shape is not None and shape.inside:
            from_class, known = shape.of, shape.inside
    return ", ".join(said)


def _missing(findings: Sequence[Finding]) -> list[Missing]:
    kinds = {"UNIT_UNKNOWN": Thing.UNIT, "CONCEPT_UNKNOWN": Thing.CONCEPT}
    return [
        Missing(
            f"{kinds[one.code]}:{one.value}",
            say(
                "Tambahkan {kind} “{name}”", kind=say(words.KINDS[kinds[one.code]][1]).lower(), name=one.value
            ),
        )
        for one in findings
        if one.code in kinds and one.value
    ]


def beginning(known: Dictionary, kind: Thing, form: str, draft: Draft) -> dict[str, Any]:
    """Give what a new entry begins with: a free code, its form, and what is usual. Facts are left open."""
    body: dict[str, Any] = {one.key: INFERRED for one in shapes(kind) if one.key in SOURCED}
    given = known.forms.get(form)
    like = known.windows.get(form)
    if kind is Thing.WINDOW and like is not None:
        return {**plain(like), "code": "", "name": ""}
    if kind in {Thing.VARIABLE, Thing.LIST} and given is not None:
        body["form"] = form
    if kind is Thing.FORM:
        body["sector"] = form if form in known.sectors else ""
    if kind is Thing.VARIABLE:
        body |= {
            "nature": Nature.STOCK.value,
            "type": Type.WHOLE.value,
            "decimals": 0,
            "accumulation": Accumulation.NONE.value,
            "time_aggregation": TimeAggregation.LAST.value,
            "reference_date": ReferenceDate.END_OF_PERIOD.value,
            "aggregation": Aggregation.SUM.value,
            "applies_to": AppliesTo.VILLAGES.value,
            "confidentiality": Confidentiality.OPEN.value,
            "filled_by": FilledBy.ASKED.value,
            "is_required": True,
        }
        if given is not None:
            body["code"] = _next(known, given.sector, draft)
            siblings = known.variables_of(form)
            body |= {"agency": siblings[0].agency, "field": siblings[0].field.value} if siblings else {}
    return body


def _next(known: Dictionary, sector: str, draft: Draft) -> str:
    """Give the next code of a sector: of elements, columns, and what the draft holds."""
    codes = {*known.variables, *known.columns, *(one.code for one in draft.puts)}
    numbers = [int(code[4:]) for code in codes if code.startswith(f"{sector}_") and code[4:].isdigit()]
    return f"{sector}_{max(numbers, default=0) + 1:03d}"
