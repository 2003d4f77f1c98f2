"""How far a cell has come, who stands for it next, and the acts by which it gets there."""

from enum import IntEnum, StrEnum

from sidara.checks.core import Stage


class Level(IntEnum):
    """How far a cell has come: how many governments stand for it. A submission has its lowest cell's level.

    4 is the level of what others published (`collection.core.PUBLISHED_LEVEL`).
    """

    DRAFT = -1
    SENT = 0
    ENDORSED = 1
    DISTRICT = 2
    REGENCY = 3
    PROVINCE = 4

    @property
    def words(self) -> str:
        """The level in Indonesian."""
        return _LEVELS[self]

    @property
    def stage(self) -> Stage:
        """How far that is for checks between submissions."""
        if self is Level.DRAFT:
            return Stage.DRAFT
        return Stage.FINAL if self is Level.PROVINCE else Stage.SENT


_LEVELS = {
    Level.DRAFT: "draf",
    Level.SENT: "terkirim, menunggu pengesahan kepala desa",
    Level.ENDORSED: "disahkan kepala desa",
    Level.DISTRICT: "diperiksa kecamatan",
    Level.REGENCY: "diperiksa kabupaten",
    Level.PROVINCE: "final",
}


class Step(StrEnum):
    """Who has to stand for a cell: a step of a chain. PMD and OPD of a kabupaten are two, side by side."""

    VILLAGE = "village"
    DISTRICT = "district"
    COMMUNITY = "community"
    SECTOR = "sector"
    PROVINCE = "province"

    @property
    def words(self) -> str:
        """Who that is, in Indonesian."""
        return _STEPS[self]

    @property
    def operation(self) -> str:
        """The right by which somebody takes the step."""
        return _OPERATIONS[self]


_STEPS = {
    Step.VILLAGE: "kepala desa",
    Step.DISTRICT: "kecamatan",
    Step.COMMUNITY: "Dinas PMD kabupaten",
    Step.SECTOR: "OPD kabupaten",
    Step.PROVINCE: "provinsi",
}


_OPERATIONS = {
    Step.VILLAGE: "verification.endorse",
    Step.DISTRICT: "verification.verify_district",
    Step.COMMUNITY: "verification.verify_community",
    Step.SECTOR: "verification.verify_sector",
    Step.PROVINCE: "verification.verify_province",
}


VERIFYING = tuple(step for step in Step if step is not Step.VILLAGE)
"""The steps above the village: those that accept and return."""


def verifying_step(text: str) -> Step | None:
    """Give the step above the village that a text names; `None` where it names none."""
    return next((step for step in VERIFYING if step.value == text), None)


class Act(StrEnum):
    """What somebody did with cells of a submission."""

    SEND = "send"
    WITHDRAW = "withdraw"
    ENDORSE = "endorse"
    ACCEPT = "accept"
    RETURN = "return"
    CORRECT = "correct"

    @property
    def words(self) -> str:
        """What was done, in Indonesian."""
        return _ACTS[self]


_ACTS = {
    Act.SEND: "dikirim",
    Act.WITHDRAW: "ditarik kembali",
    Act.ENDORSE: "disahkan kepala desa",
    Act.ACCEPT: "diterima",
    Act.RETURN: "dikembalikan",
    Act.CORRECT: "dibuka untuk koreksi",
}
