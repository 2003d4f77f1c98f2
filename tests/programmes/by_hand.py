"""The registers counted in plain Python, from stored cells and levels: no table and no SQL of ours."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sidara.collection import models
from sidara.collection.core import EXAMPLES
from sidara.collection.core.answering import REMOVED
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State
from sidara.verification import queries as verification
from sidara.verification.core import Level

LISTS = {
    "aparatur": "PEM_SEMESTER",
    "pelatihan": "PEM_TRIWULAN",
    "musyawarah": "PEM_TRIWULAN",
    "usulan": "PEM_TAHUNAN",
    "lembaga": "SOS_TAHUNAN",
}
NEED = {
    "SEKDES": {"PELAYANAN", "PERENCANAAN", "HUKUM"},
    "KAUR_UMUM": {"PELAYANAN", "ASET"},
    "KAUR_KEU": {"KEUANGAN"},
    "KAUR_REN": {"PERENCANAAN"},
    "KASI_PEM": {"PROFIL", "HUKUM"},
    "KASI_KES": {"PENGADAAN", "EKONOMI", "KESEHATAN"},
    "KASI_PEL": {"PELAYANAN"},
    "KADUS": {"PROFIL", "PELAYANAN", "BENCANA", "KELEMBAGAAN"},
}


def read(villages: Collection[str], year: int) -> dict[tuple[str, str], dict[str, tuple[list[dict], int]]]:
    """Read the lists of a year of some villages: by village and list, of each period its rows and level.

    The rows as dicts; the level is the lowest one of the cells. A list that is not filled is not there.
    """
    lists = dictionary.dictionary(OPERATOR).lists
    columns = {one.code: code for code in LISTS for one in lists[code].columns} | {
        code: code for code in LISTS
    }
    stored = models.Cell.objects.filter(
        submission__dataset__code=EXAMPLES, variable__code__in=columns, period__startswith=str(year)
    ).exclude(state=State.EMPTY)
    found = defaultdict(list)
    named = ("region__code", "period", "variable__code", "row", "breakdown", "state", "value")
    for village, period, variable, *cell in stored.order_by("id").values_list(*named):
        if village in villages:
            found[village, columns[variable], period].append((variable, *cell))
    made = defaultdict(dict)
    for (village, code, period), cells in found.items():
        key = SubmissionKey(LISTS[code], village, period, EXAMPLES)
        told = _list(code, cells, verification.standing(OPERATOR, key))
        if told is not None:
            made[village, code][period] = told
    return made


def _list(code, cells, stood):
    held, levels, gone, is_declared = defaultdict(dict), [], set(), False
    for variable, row, breakdown, state, value in cells:
        at = stood.cells.get(Key(row, variable, breakdown), stood.whole)
        levels.append((row, at.level if at else Level.DRAFT))
        if variable == code and not row:
            is_declared = state == State.NONE
        elif variable == code and value == REMOVED:
            gone.add(row)
        elif variable == code:
            held[row] = held[row]
        else:
            held[row][variable] = value if state == State.VALUE else f"<{state}>"
    rows = [row for id_, row in held.items() if id_ not in gone]
    if not rows and not is_declared:
        return None
    return rows, min(level for row, level in levels if row not in gone)


def newest(periods, least: int):
    """Give the rows of the last period whose list came far enough, `None` where none did."""
    far = [period for period, (_, level) in periods.items() if level >= least]
    return periods[max(far)][0] if far else None


def whole(row, code):
    text = row.get(code) or "0"
    return 0 if text.startswith("<") else int(text)


COUNTING = {}
"""What counts the rows of each list."""


def count(lists, village: str, year: int, least: int) -> dict[str, Counter]:
    """Count the five lists of a village, as `read` gives them, under the names that the queries use."""
    made = {}
    for code, counting in COUNTING.items():
        rows = newest(lists.get((village, code), {}), least)
        if rows is not None:
            made[code] = counting(rows, year)
    return made


def _apparatus(rows, year):
    c = Counter(posts=len(rows))
    for row in rows:
        post, state = row["APR_001"], row["APR_002"]
        c[f"post:{post}"] += 1
        if state == "PLT":
            c["acting"] += 1
        if state == "KOSONG":
            c["vacant"] += 1
        if state != "TERISI":
            continue
        c["filled"] += 1
        c[f"filled:{post}"] += 1
        c[f"sex:{row['APR_003']}"] += 1
        c[f"education:{row['APR_004']}"] += 1
        c["upper_secondary"] += row["APR_004"] in "56789"
        years = year - int(row["APR_005"])
        c["tenure:10" if years >= 10 else "tenure:5" if years >= 5 else "tenure:0"] += 1
        c["trained_this_year"] += row["APR_007"] == "true"
        topics = row.get("APR_006", "")
        had = set() if topics.startswith("<") else set(topics.split())
        c["never_trained"] += "TIDAK_ADA" in had
        for topic in had - {"TIDAK_ADA"}:
            c[f"trained:{topic}"] += 1
        wanted = row.get("APR_008", "")
        for topic in set() if wanted.startswith("<") else set(wanted.split()) - {"TIDAK_ADA"}:
            c[f"wanted:{topic}"] += 1
        if not topics or topics == "<tidak_tahu>":
            c["need_unknown"] += 1
        elif not had & NEED[post]:
            c["need"] += 1
            c[f"need_post:{post}"] += 1
    return c


def _trainings(rows, _year):
    c = Counter(trainings=len(rows))
    for row in rows:
        c[f"training:{row['PLT_002']}"] += 1
        c[f"seats:{row['PLT_002']}"] += whole(row, "PLT_009")
        c[f"organiser:{row['PLT_005']}"] += 1
        c[f"month:{int(row['PLT_003'][5:7])}"] += 1
        c["officials"] += whole(row, "PLT_009")
        c["person_days"] += whole(row, "PLT_009") * whole(row, "PLT_004")
        c["heads"] += row["PLT_008"] == "true"
        c["board"] += whole(row, "PLT_010")
        c["institutions"] += whole(row, "PLT_011")
        c["people"] += whole(row, "PLT_012")
        c["women"] += whole(row, "PLT_013")
        c["cost"] += whole(row, "PLT_006")
    return c


def _meetings(rows, _year):
    c = Counter(all_meetings=len(rows))
    groups = {"men": 4, "women": 5, "poor": 6, "youth": 7, "disabled": 8, "elderly": 9, "elements": 10}
    for row in rows:
        c[f"kind:{row['MSY_001']}"] += 1
        if row["MSY_001"] in {"MUSDES", "MUSDESUS", "MUSRENBANGDES"}:
            c["meetings"] += 1
            c["minutes"] += row["MSY_011"] == "true"
            c["announced"] += row["MSY_013"] == "true"
            c[f"month:{int(row['MSY_002'][5:7])}"] += 1
            c["attendance"] += whole(row, "MSY_004") + whole(row, "MSY_005")
            for group, number in groups.items():
                c[group] += whole(row, f"MSY_{number:03d}")
                c[f"{group}:met"] += whole(row, f"MSY_{number:03d}") > 0
    return c


def _proposals(rows, _year):
    c = Counter(proposals=len(rows))
    steps = ["DICATAT", "MASUK_RKP", "DIANGGARKAN", "TERLAKSANA"]
    levels = {
        "DESA": "desa",
        "KABUPATEN": "kabupaten",
        "PROVINSI": "provinsi",
        "PUSAT": "pusat",
        "CSR": "perusahaan",
    }
    for row in rows:
        fate, origin, level = row["USL_013"], row["USL_011"], levels[row["USL_012"]]
        c["value"] += whole(row, "USL_008")
        c[f"fate:{fate}"] += 1
        for step in steps[: steps.index(fate) + 1] if fate in steps else steps[:1]:
            c[f"reached:{step}"] += 1
        if fate in {"DITUNDA", "DITOLAK"}:
            c["ended"] += 1
            c["unexplained"] += not row.get("USL_014")
        c[f"origin:{origin}"] += 1
        c[f"taken:{origin}"] += fate in steps[1:]
        c[f"level:{level}"] += 1
        c["answered"] += fate != "DICATAT"
        c[f"answered_level:{level}"] += fate != "DICATAT"
    return c


def _institutions(rows, _year):
    c = Counter()
    for row in rows:
        kind, ground = row["LBG_001"], row["LBG_003"]
        is_active = whole(row, "LBG_005") > 0 and whole(row, "LBG_008") >= 1 and whole(row, "LBG_009") >= 2
        told = {
            "institutions": 1,
            "grounded": ground != "BELUM_ADA",
            "active": is_active,
            "planned": row["LBG_012"] == "true",
            "board": whole(row, "LBG_005"),
            "women": whole(row, "LBG_006"),
            "members": whole(row, "LBG_007"),
            "activities": whole(row, "LBG_008"),
            "served": whole(row, "LBG_014"),
            "funds": whole(row, "LBG_013"),
        }
        for key, number in told.items():
            c[key] += number
            c[f"{key}:{kind}"] += number
        c[f"ground:{ground}"] += 1
        c["villages"] = c[f"villages:{kind}"] = 1
    return c


COUNTING |= {
    "aparatur": _apparatus,
    "pelatihan": _trainings,
    "musyawarah": _meetings,
    "usulan": _proposals,
    "lembaga": _institutions,
}
