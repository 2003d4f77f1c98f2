"""The place: its government's state, environment and disasters, society and order."""

from datetime import date
from decimal import Decimal

from sidara.demo.core.village.draft import Draft
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency, Period


def fill(draft: Draft, year: int) -> None:
    """Fill what is left of PEM, LIN and SOS that rules tie together."""
    at = periods.year(year)
    draft.put("PEM_001", at, "1" if draft.kind == "desa" else "2")
    neighbourhoods = draft.once("rw", 0, 4)
    draft.put("PEM_005", at, neighbourhoods)
    draft.put("PEM_006", at, neighbourhoods * 3 + 2)
    _head(draft, at)
    _status(draft, at)
    _disasters(draft, year)
    _society(draft, at)


def _head(draft: Draft, at: Period) -> None:
    since = draft.once("head since", 2021, 2023)
    draft.put("PEM_008", at, "1")
    draft.put("PEM_010", at, draft.one_of(("5", "6", "7")))
    draft.put("PEM_042", at, date(since, 6, 15))
    draft.put("PEM_011", at, date(since + 8, 6, 14))
    draft.put("PEM_029", at, value=True)
    draft.put("PEM_043", at, since)
    draft.put("PEM_030", at, since + 8)
    draft.put("PEM_031", at, draft.day(at.year - 1, (9, 1), 28))


def _status(draft: Draft, at: Period) -> None:
    """The official score is an invented one that never falls; its status follows from the classes."""
    score = draft.kept["score"] = draft.kept.get("score", draft.below(7800, 5200)) + draft.below(80)
    classes = draft.dictionary.indices["ID"].classes
    value = Decimal(score) / 100
    status = next(name for name, low, _ in reversed(classes) if low is None or value >= low)
    draft.put("PEM_039", at, value)
    draft.put("PEM_040", at, status)


def _disasters(draft: Draft, year: int) -> None:
    for month in periods.year(year).parts(Frequency.MONTH):
        count = 1 if draft.likely(10) else 0
        draft.parts("LIN_004", month, count)
        draft.put("LIN_005", month, 0)
        draft.put("LIN_006", month, count * draft.below(60))
    at = periods.year(year)
    for code in ("LIN_009", "LIN_010"):
        draft.put(code, at, draft.below(draft.kept["families"] // 4))
    if draft.is_clear:
        draft.put(
            "LIN_013", at, draft.one_of(("sebagian_besar_individu", "sebagian_kecil_individu", "komunal"))
        )


def _society(draft: Draft, at: Period) -> None:
    together = draft.one_of(("1", "2"))
    draft.put("SOS_009", at, together)
    draft.put("SOS_010", at, draft.below(50, 6))
    guarded = draft.likely(70)
    draft.put("SOS_022", at, guarded)
    draft.put("SOS_013", at, guarded and draft.likely(60))
    draft.put("SOS_024", at, draft.below(12))
    conflicts = 0
    for quarter in at.parts(Frequency.QUARTER):
        conflicts += draft.below(1)
        draft.put("SOS_014", quarter, conflicts)
        draft.put("SOS_015", quarter, conflicts)
        for code, low, high in (("SOS_016", 0.2, 0.45), ("SOS_017", 0.05, 0.2), ("SOS_018", 0.05, 0.25)):
            draft.put(code, quarter, draft.share(draft.kept["families"], low, high))
    if draft.is_clear:
        draft.put("SOS_032", at, draft.one_of(("tuntas", "tidak_tuntas", "tidak_ada")))
