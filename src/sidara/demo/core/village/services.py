"""Services: schools, health, distance and time to what is not there, roads, light, water, signal."""

from decimal import Decimal

from sidara.demo.core.village.draft import Draft
from sidara.kernel import period as periods
from sidara.kernel.cell import State
from sidara.kernel.period import Frequency, Period

ACCESS = (("LAYANAN_DIK", "DIK_016", "DIK_017", "DIK_018", "DIK_019"),
          ("LAYANAN_KES", "KES_021", "KES_022", "KES_023", "KES_024"),
          ("LAYANAN_EKO", "EKO_021", "EKO_022", "EKO_023", "EKO_024"))  # fmt: skip
"""Classification, distance, time, transport and class of access to the nearest one."""
STAFF = "TENAGA_KES"


def fill(draft: Draft, year: int) -> None:
    """Fill schools, health, access, roads, energy and housing."""
    at = periods.year(year)
    for code, most in (("DIK_001", 3), ("DIK_002", 3), ("DIK_003", 1), ("DIK_004", 1)):
        draft.parts(code, at, draft.once(code, 0, most))
    draft.put("DIK_014", at, reading := draft.one_of(("1", "2", "3")))
    draft.put("DIK_021", at, draft.below(6, 1) if reading == "1" else 0)
    for code, most in (("DIK_020", 1), ("DIK_022", 2), ("DIK_024", 0), ("KES_001", 1), ("KES_002", 1)):
        draft.put(code, at, draft.once(code, 0, most))
    draft.put("KES_026", at, draft.below(12, 6))
    for classification, *codes in ACCESS:
        for category in draft.dictionary.classifications[classification].codes:
            _access(draft, at, f"{classification}:{category}", codes)
    _access(draft, at, "", ("LIN_029", "LIN_030", "LIN_031", "LIN_032"))
    draft.put("KES_025", at, Decimal(draft.below(90)) / 10)
    draft.put("EKO_025", at, Decimal(draft.below(200)) / 10)
    for category in draft.dictionary.classifications[STAFF].codes:
        draft.put("KES_027", at, draft.is_clear or draft.likely(70), f"{STAFF}:{category}")
    _roads(draft, at)
    _houses(draft, at)


def _access(draft: Draft, at: Period, breakdown: str, codes: tuple[str, ...] | list[str]) -> None:
    """Distance and time go together; the class of access is not public."""
    distance, time, transport, access_class = codes
    where = {"breakdown": breakdown} if breakdown else {}
    far = draft.below(250)
    draft.put(distance, at, Decimal(far) / 10, **where)
    draft.put(time, at, far // 3 + draft.below(8, 1), **where)
    draft.put(transport, at, draft.likely(60), **where)
    draft.put(access_class, at, State.UNKNOWN, **where)


def _roads(draft: Draft, at: Period) -> None:
    lengths = [Decimal(draft.below(120)) / 10 for _ in range(3)]
    for code, length in zip(("INF_002", "INF_003", "INF_004"), lengths, strict=True):
        draft.put(code, at, length)
    draft.put("INF_001", at, sum(lengths, Decimal(0)))
    draft.parts("INF_007", at, draft.below(6))
    draft.put("INF_031", at, "1")
    draft.put("INF_025", at, draft.one_of(("aspal_beton", "diperkeras", "tanah")))


def _houses(draft: Draft, at: Period) -> None:
    families = draft.kept["families"]
    without = draft.below(families // 10)
    other = draft.below(families // 6)
    draft.put("INF_010", at, without)
    draft.put("INF_009", at, other)
    draft.put("INF_008", at, families - without - other)
    draft.put("INF_015", at, families)
    draft.put("INF_016", at, draft.share(families, 0.08, 0.25) + 5)
    for code in ("INF_018", "INF_019"):
        draft.put(code, at, draft.share(families, 0.4, 0.95))
    repaired = 0
    for quarter in at.parts(Frequency.QUARTER):
        repaired += draft.below(1)
        draft.parts("INF_017", quarter, repaired)
