"""The five lists: apparatus, trainings, meetings, proposals, institutions; and the counts beside them."""

from datetime import date, timedelta
from decimal import Decimal

from sidara.demo.core.village.draft import Draft, Value
from sidara.demo.core.village.proposals import proposals
from sidara.expressions import Row
from sidara.kernel import period as periods
from sidara.kernel.period import Frequency

POSTS = ("SEKDES", "KAUR_UMUM", "KAUR_KEU", "KAUR_REN", "KASI_PEM", "KASI_KES", "KASI_PEL")
TOPICS = ("KEUANGAN", "PERENCANAAN", "ASET", "PROFIL", "HUKUM", "PELAYANAN", "BENCANA")
OWN_TOPICS = {
    "SEKDES": "PELAYANAN",
    "KAUR_UMUM": "PELAYANAN",
    "KAUR_KEU": "KEUANGAN",
    "KAUR_REN": "PERENCANAAN",
    "KASI_PEM": "PROFIL",
    "KASI_KES": "KESEHATAN",
    "KASI_PEL": "PELAYANAN",
}
"""In what an official of a post may have been trained."""
TRAININGS = {
    "KEUANGAN": "Bimtek Siskeudes",
    "PERENCANAAN": "Pelatihan penyusunan RKP Desa",
    "ASET": "Pelatihan pencatatan aset desa",
    "PROFIL": "Pelatihan profil desa",
    "HUKUM": "Pelatihan penyusunan peraturan desa",
    "PELAYANAN": "Pelatihan pelayanan administrasi",
    "BENCANA": "Pelatihan siaga kebakaran lahan",
}
TOPICS_OF_MEETINGS = ("PERENCANAAN", "PERENCANAAN", "APBDES", "BLT")
"""What is talked about in each quarter."""
PLANNING = 2
"""The quarter in which proposals of the next year are agreed on."""
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
        trained = min(3, trained + 1, _attended(trainings))
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
    meeting = date.fromordinal(draft.kept["meeting"])
    draft.lists["usulan", str(at)] = [*proposals(draft, year, meeting)]


def _attended(trainings: list[Row]) -> int:
    """Count how many officials came to trainings; never fewer than were trained."""
    came = [one["PLT_009"].value for one in trainings]
    return int(sum(one for one in came if isinstance(one, Decimal)))


def _apparatus(draft: Draft, year: int, hamlets: int, seed: int) -> list[Row]:
    """Posts stay as they are over the years; one may be empty, one in some villages is held by another."""
    posts = (*POSTS, *["KADUS"] * hamlets)
    empty, acting = seed % (len(posts) * 2), (seed // 7) % (len(posts) * 3)
    rows = []
    for number, post in enumerate(posts):
        luck = (seed * 7 + number * 13) % 100
        own = OWN_TOPICS.get(post, "PROFIL")
        had = {0: "TIDAK_ADA", 1: own}.get(luck // 30, TOPICS[(seed + number) % len(TOPICS)])
        wanted = TOPICS[(seed + number + 2) % len(TOPICS)] if own in had.split() else own
        rows.append(
            draft.row(
                {
                    "APR_001": post,
                    "APR_002": "KOSONG" if number == empty else "PLT" if number == acting else "TERISI",
                    "APR_003": "P" if (seed + 3 * number) % 4 == 0 else "L",
                    "APR_004": "4555556777"[(seed + 3 * number) % 10],
                    "APR_005": year - 1 - (seed + number) % 14,
                    "APR_006": had,
                    "APR_007": had != "TIDAK_ADA" and luck % 3 == 0,
                    "APR_008": wanted,
                }
            )
        )
    return rows


def _trainings(draft: Draft, first: date) -> list[Row]:
    rows = []
    for _ in range(draft.below(2)):
        posts, board, others, people = draft.below(4, 1), draft.below(3), draft.below(5), draft.below(9)
        topic = draft.one_of(TOPICS)
        rows.append(
            draft.row(
                {
                    "PLT_001": f"{TRAININGS[topic]} (SIMULASI)",
                    "PLT_002": topic,
                    "PLT_003": draft.day(first.year, (first.month, 1), 80),
                    "PLT_004": draft.below(5, 1),
                    "PLT_005": draft.one_of(("DESA", "KECAMATAN", "KABUPATEN", "KABUPATEN", "PROVINSI")),
                    "PLT_006": draft.below(12) * 1_000_000,
                    "PLT_007": draft.one_of(("TATAP_MUKA", "TATAP_MUKA", "DARING", "CAMPURAN")),
                    "PLT_008": draft.likely(40),
                    "PLT_009": posts,
                    "PLT_010": board,
                    "PLT_011": others,
                    "PLT_012": people,
                    "PLT_013": draft.below((posts + board + others + people) // 2),
                }
            )
        )
    return rows


def _meetings(draft: Draft, first: date, quarter: int) -> list[Row]:
    """Give the meetings of a quarter; that of the second one agrees on proposals."""
    day = draft.day(first.year, (first.month, 1), 80)
    if quarter == PLANNING:
        draft.kept["meeting"] = day.toordinal()
    kind = "MUSDES" if quarter != len(TOPICS_OF_MEETINGS) else "MUSRENBANGDES"
    rows = [_meeting(draft, kind, day, TOPICS_OF_MEETINGS[quarter - 1])]
    if quarter == PLANNING and draft.likely(60):
        earlier = first + timedelta(days=draft.below(20))
        rows.append(_meeting(draft, "MUSDUS", earlier, "PERENCANAAN"))
    return rows


def _meeting(draft: Draft, kind: str, day: date, topic: str) -> Row:
    men, women = draft.below(40, 15), draft.below(28, 5)
    every = men + women
    values: dict[str, Value] = {
        "MSY_001": kind,
        "MSY_002": day,
        "MSY_003": topic,
        "MSY_004": men,
        "MSY_005": women,
        "MSY_006": draft.below(every // 4, 1),
        "MSY_007": draft.below(every // 5, 1),
        "MSY_008": draft.below(2),
        "MSY_009": draft.below(every // 6, 1),
        "MSY_010": draft.below(every // 3, 2),
        "MSY_011": kind.startswith("MUSDES") or draft.likely(80),
        "MSY_013": draft.likely(70),
    }
    return draft.row(values)


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
                    "LBG_003": ground if kind == "BPD" or draft.likely(85) else "BELUM_ADA",
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
