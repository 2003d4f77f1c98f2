"""Writing of tallies: rows are put in place of those that are there, copies of neighbours are told again."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.db.models import Case, F, Value, When

from sidara.checks import queries as checks
from sidara.checks.core.copies import NEIGHBOUR
from sidara.kernel.actor import Actor, require
from sidara.progress import models
from sidara.progress.core.expecting import Fields
from sidara.records.bulk import insert_records, insert_rows

REFRESH = "progress.refresh"
AT_ONCE = 500
"""Ids or texts that go into one question."""
_FIELDS = tuple(one for one in models.Tally._meta.concrete_fields if not one.primary_key)  # noqa: SLF001 - Django's
COLUMNS = tuple(one.attname for one in _FIELDS)
LAID = (
    *("dataset", "form", "sector", "period", "year", "region_id", "district_id", "regency_id", "province_id"),
    *("opens_day", "window_due", "due_day", "late_until", "asked", "required", "filled", "unknown"),
    "not_applicable",
)
_REST = tuple(name for name in COLUMNS if name not in LAID)
_DEFAULTS = {one.attname: one.get_default() for one in _FIELDS if one.has_default() or one.null or one.blank}


def put(actor: Actor, *, rows: Sequence[Fields], instead_of: Iterable[int] = ()) -> None:
    """Write rows, those with the ids `instead_of` go; only inside `writing`."""
    require(actor, REFRESH)
    for ids in batched(instead_of, AT_ONCE):
        models.Tally.objects.filter(pk__in=ids).delete()
    whole = (_DEFAULTS | row for row in rows)
    insert_records(models.Tally, COLUMNS, ([row[name] for name in COLUMNS] for row in whole))


def put_blank(actor: Actor, *, rows: Sequence[Fields]) -> None:
    """Write rows of submissions that nobody began; only inside `writing`. A third of the time of `put`."""
    require(actor, REFRESH)
    rest = [_DEFAULTS.get(name) for name in _REST]
    plain = ([row[name] for name in LAID] + rest for row in rows)
    insert_rows(models.Tally._meta.db_table, (*LAID, *_REST), plain)  # noqa: SLF001 - Django's


def tell_copies(actor: Actor, *, name: tuple[str, str, str], fingerprints: Iterable[str]) -> None:
    """Say again which submissions of a data set, form and period copy a neighbour; only inside `writing`.

    Of those in a kecamatan whose numbers are all equal (at least as many as the check for copies asks) the
    one that had them first is none; where several had them at the same moment, nobody can say who: all are.
    """
    enough = int(checks.kinds(actor)[NEIGHBOUR].of("smallest_count"))
    dataset, form, period = name
    for some in batched(sorted(set(fingerprints) - {""}), AT_ONCE):
        rows = models.Tally.objects.filter(
            dataset=dataset, form=form, period=period, fingerprint__in=some, numbers__gte=enough
        ).values_list("pk", "district_id", "fingerprint", "numbers_at", "is_copy_of_neighbour")
        alike: dict[tuple[int, str], list[tuple[int, Any, bool]]] = {}
        for pk, district, text, at, is_copy in rows:
            alike.setdefault((district, text), []).append((pk, at, is_copy))
        told: Mapping[bool, list[int]] = {True: [], False: []}
        for group in alike.values():
            first = min(at for _, at, _ in group)
            is_known = sum(at == first for _, at, _ in group) == 1
            for pk, at, was in group:
                is_copy = len(group) > 1 and not (is_known and at == first)
                if is_copy is not was:
                    told[is_copy].append(pk)
        for is_copy, ids in told.items():
            for own in batched(ids, AT_ONCE):
                models.Tally.objects.filter(pk__in=own).update(**_copied(is_copy=is_copy))


def _copied(*, is_copy: bool) -> dict[str, Any]:
    """Give what changes where a submission is, or is no longer, a copy of a neighbour."""
    if is_copy:
        return {"is_copy_of_neighbour": True, "copied": F("numbers"), "poor": F("poor_copied")}
    by_year = When(is_copy_of_year=True, then=F("numbers"))
    poor = When(is_copy_of_year=True, then=F("poor_copied"))
    return {
        "is_copy_of_neighbour": False,
        "copied": Case(by_year, default=Value(0)),
        "poor": Case(poor, default=F("poor_apart")),
    }
