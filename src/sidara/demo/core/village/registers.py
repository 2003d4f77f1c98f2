"""The five lists: apparatus, trainings, meetings, proposals, institutions; and the counts beside them."""

from datetime import date
from decimal import Decimal

from sidara.demo.core.village.draft import Draft, Value
from sidara.expressions import Row
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency

POSTS = ("SEKDES", "KAUR_UMUM", "KAUR_KEU", "KAUR_REN", "KASI_PEM", "KASI_KES", "KASI_PEL")
TOPICS = ("KEUANGAN", "PERENCANAAN", "ASET", "PROFIL", "HUKUM", "PELAYANAN", "BENCANA")
INSTITUTIONS = (("RT", "PERDES"), ("RW", "PERDES"), ("PKK", "PERDES"), ("KARANG_TARUNA", "SK_KADES"),
                ("POSYANDU", "PERDES"), ("LPM", "SK_KADES"), ("ADAT", "ADAT"), ("BUMDES", "BADAN_HUKUM"),
                ("KOPDES", "BADAN_HUKUM"))  # fmt: skip


def fill(draft: Draft, year: int) -> None:
    """Fill the lists of a year and what is counted beside them."""
    at = periods.year(year)
    draft.lists["lembaga", str(at)] = [*_institutions(draft, year)]
    if draft.kind != "desa":
        return
    hamlets = draft.once("hamlets", 1, 5)
    apparatus = draft.kept.setdefault("posts seed", draft.below(1000))
    draft.put("PEM_004", at, hamlets)
    for half in at.parts(Frequency.SEMESTER):
        draft.lists["aparatur", str(half)] = [*_apparatus(draft, year, hamlets, apparatus)]
    trainings, meetings, trained, complaints, cadres = [], [], 0, 0, 0
    for number, quarter in enumerate(at.parts(Frequency.QUARTER), 1):
        trainings += _trainings(draft, quarter.first_day)
        meetings += _meetings(draft, quarter.first_day, number)
        trained = min(3, trained + 1) if trainings else trained
        complaints += draft.below(3)
        cadres = min(6, cadres + draft.below(2))
        draft.lists["pelatihan", str(quarter)] = list(trainings)
        draft.lists["musyawarah", str(quarter)] = list(meetings)
        draft.put("PEM_019", quarter, trained)
        draft.put("PEM_037", quarter, complaints)
        draft.put("PEM_038", quarter, draft.below(complaints))
        draft.put("SOS_008", quarter, cadres)
    draft.put("PEM_024", at, draft.below(4))
    draft.put("PEM_032", at, draft.below(8, 2))
    draft.lists["usulan", str(at)] = [*_proposals(draft, year)]


def _apparatus(draft: Draft, year: int, hamlets: int, seed: int) -> list[Row]:
    """Posts stay as they are over the years; one may be empty."""
    posts = (*POSTS, *["KADUS"] * hamlets)
    empty = seed % (len(posts) * 2)
    rows = []
    for number, post in enumerate(posts):
        trained = TOPICS[(seed + number) % len(TOPICS)]
        rows.append(
            draft.row(
                {
                    "APR_001": post,
                    "APR_002": "KOSONG" if number == empty else "TERISI",
                    "APR_003": "LP"[(seed + number) % 2],
                    "APR_004": str(4 + (seed + 3 * number) % 4),
                    "APR_005": year - 1 - (seed + number) % 9,
                    "APR_006": trained,
                    "APR_007": (seed + number) % 3 == 0,
                    "APR_008": TOPICS[(seed + number + 2) % len(TOPICS)],
                }
            )
        )
    return rows


def _trainings(draft: Draft, first: date) -> list[Row]:
    rows = []
    for _ in range(draft.below(2, 1)):
        posts, board, others, people = draft.below(4, 1), draft.below(3), draft.below(5), draft.below(9)
        rows.append(
            draft.row(
                {
                    "PLT_001": "Pelatihan simulasi",
                    "PLT_002": draft.one_of(TOPICS),
                    "PLT_003": draft.day(first.year, (first.month, 1), 80),
                    "PLT_004": draft.below(5, 1),
                    "PLT_005": draft.one_of(("DESA", "KECAMATAN", "KABUPATEN", "PROVINSI")),
                    "PLT_006": draft.below(12) * 1_000_000,
                    "PLT_007": draft.one_of(("TATAP_MUKA", "DARING", "CAMPURAN")),
                    "PLT_008": draft.likely(50),
                    "PLT_009": posts,
                    "PLT_010": board,
                    "PLT_011": others,
                    "PLT_012": people,
                    "PLT_013": draft.below(posts + board + others + people),
                }
            )
        )
    return rows


def _meetings(draft: Draft, first: date, quarter: int) -> list[Row]:
    men, women = draft.below(40, 15), draft.below(35, 8)
    groups = {f"MSY_{number:03d}": draft.below(8, 1) for number in range(6, 11)}
    values: dict[str, Value] = {
        "MSY_001": "MUSDES" if quarter != 4 else "MUSRENBANGDES",
        "MSY_002": draft.day(first.year, (first.month, 1), 80),
        "MSY_003": ("PERENCANAAN", "PERENCANAAN", "APBDES", "BLT")[quarter - 1],
        "MSY_004": men,
        "MSY_005": women,
        "MSY_011": True,
        "MSY_013": draft.likely(70),
    }
    return [draft.row(values | groups)]


def _proposals(draft: Draft, year: int) -> list[Row]:
    rows = []
    for number in range(1, draft.below(9, 4)):
        fate = draft.one_of(draft.options("USL_013"))
        rows.append(
            draft.row(
                {
                    "USL_001": f"Usulan simulasi {number}",
                    "USL_002": draft.one_of(draft.options("USL_002")),
                    "USL_003": f"0{draft.below(5, 1)}.0{draft.below(6, 1)}.0{draft.below(9, 1)}",
                    "USL_004": f"RT {draft.below(6, 1)}",
                    "USL_006": Decimal(draft.below(400, 1)),
                    "USL_007": draft.one_of(draft.options("USL_007")),
                    "USL_008": draft.below(300, 5) * 1_000_000,
                    "USL_009": number,
                    "USL_010": draft.below(400, 10),
                    "USL_011": draft.one_of(draft.options("USL_011")),
                    "USL_012": draft.one_of(draft.options("USL_012")),
                    "USL_013": fate,
                    "USL_014": "Menunggu anggaran tahun berikutnya",
                    "USL_015": draft.day(year, (1, 10), 120),
                }
            )
        )
    return rows


def _institutions(draft: Draft, year: int) -> list[Row]:
    kinds = list(INSTITUTIONS)
    if draft.kind == "desa":
        kinds.insert(0, ("BPD", "SK_BUPATI"))
    rows = []
    for kind, ground in kinds:
        board = (draft.once("board", 2, 4) * 2 + 1) if kind == "BPD" else draft.below(20, 5)
        women = draft.below(board, 1) if kind != "BPD" else draft.below(2, 1)
        rows.append(
            draft.row(
                {
                    "LBG_001": kind,
                    "LBG_002": f"{kind.replace('_', ' ').title()} simulasi",
                    "LBG_003": ground,
                    "LBG_004": f"{draft.below(40, 1)}/{year - 1}",
                    "LBG_005": board,
                    "LBG_006": women,
                    "LBG_007": draft.below(60),
                    "LBG_008": draft.below(8),
                    "LBG_009": draft.below(10),
                    "LBG_010": draft.day(year, (2, 1), 200),
                    "LBG_012": draft.likely(50),
                    "LBG_013": draft.below(30) * 1_000_000,
                    "LBG_014": draft.below(200),
                    "LBG_015": "Hasil simulasi",
                }
            )
        )
    return rows
