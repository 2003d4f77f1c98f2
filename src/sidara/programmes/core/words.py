"""The words of plans: who owns them, which document they are, how goals and activities stand.

Values are what records, files and addresses say; Indonesian words of screens are content (`plan_kinds.yaml`)
or in the pages.
"""

from enum import StrEnum


class Level(StrEnum):
    """The government (or company) that plans and pays."""

    CENTRE = "pusat"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    VILLAGE = "desa"
    COMPANY = "perusahaan"


class Government(StrEnum):
    """Whose nomenclature a code belongs to: part of the key (government, code, year)."""

    CENTRE = "pusat"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten_kota"
    VILLAGE = "desa"


GOVERNMENT_OF: dict[Level, Government] = {
    Level.CENTRE: Government.CENTRE,
    Level.PROVINCE: Government.PROVINCE,
    Level.REGENCY: Government.REGENCY,
    Level.VILLAGE: Government.VILLAGE,
}
"""Which nomenclature a level plans by; a company has none."""


class PlanKind(StrEnum):
    """The document; what each is called, who owns it and which follows from which is `plan_kinds.yaml`."""

    RPJMN = "RPJMN"
    RPJMD = "RPJMD"
    RENSTRA = "Renstra"
    RKPD = "RKPD"
    RENJA = "Renja"
    DPA = "DPA"
    RPJM_DESA = "RPJM Desa"
    RKP_DESA = "RKP Desa"
    APBDES = "APBDes"
    DPA_DESA = "DPA Desa"
    CENTRAL = "Program pusat"
    CSR = "Komitmen CSR"


class Edition(StrEnum):
    """Which text of a document: the original one or a later change of it."""

    ORIGINAL = "murni"
    REVISED = "perubahan"


class GoalKind(StrEnum):
    """A step of the goal tree, highest first."""

    VISION = "visi"
    MISSION = "misi"
    AIM = "tujuan"
    OBJECTIVE = "sasaran"
    STRATEGY = "strategi"
    PRIORITY_PROGRAMME = "program_prioritas"


class GoalTie(StrEnum):
    """How a goal of one plan follows a goal of another."""

    DERIVES = "diturunkan"
    SUPPORTS = "mendukung"


class Phase(StrEnum):
    """What an activity does in its year: two activities double each other only within one phase."""

    PLANNING = "perencanaan"
    BUILDING = "pembangunan"
    OPERATING = "pemeliharaan"


class Stage(StrEnum):
    """How far an activity is decided."""

    DRAFT = "rancangan"
    PLANNED = "direncanakan"
    BUDGETED = "dianggarkan"
    CANCELLED = "dibatalkan"


class Decision(StrEnum):
    """What the level that was asked says to a proposal."""

    OPEN = "belum"
    ACCEPTED = "diterima"
    REJECTED = "ditolak"
    POSTPONED = "ditunda"


class Fate(StrEnum):
    """What became of a proposal, from the meeting to done: the categories of USL_013."""

    NOTED = "DICATAT"
    IN_PLAN = "MASUK_RKP"
    BUDGETED = "DIANGGARKAN"
    DONE = "TERLAKSANA"
    POSTPONED = "DITUNDA"
    REJECTED = "DITOLAK"


class FateSource(StrEnum):
    """Where a fate was recorded: `FILE` on the day that the file says, `IMPORT` on that of the import."""

    LIST = "pendataan"
    DECISION = "keputusan"
    FILE = "berkas"
    IMPORT = "impor"


class State(StrEnum):
    """How a finding of the alignment stands."""

    OPEN = "terbuka"
    EXPLAINED = "dijelaskan"
    SOLVED = "selesai"


class Subject(StrEnum):
    """What an event is about."""

    PLAN = "plan"
    GOAL = "goal"
    LINE = "line"
    ACTIVITY = "activity"
    PROPOSAL = "proposal"
    FINDING = "finding"
    TARGET_LIST = "target_list"


class Act(StrEnum):
    """What an event says that was done; `IMPORT` by a file, `SOLVE` and `FOUND_AGAIN` by a run."""

    MAKE = "make"
    CHANGE = "change"
    ADD_EDITION = "add_edition"
    LINK = "link"
    UNLINK = "unlink"
    REMOVE = "remove"
    CANCEL = "cancel"
    KEEP = "keep"
    DECIDE = "decide"
    EXPLAIN = "explain"
    REOPEN = "reopen"
    SOLVE = "solve"
    FOUND_AGAIN = "found_again"
    IMPORT = "import"
