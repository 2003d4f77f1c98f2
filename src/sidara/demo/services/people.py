"""The made-up persons of the simulated collection: one of each role in each place, all named SIMULASI."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid5

from sidara.kernel.actor import Actor
from sidara.regions.core import regency_of
from sidara.verification.core import VERIFYING, Step

SPACE = UUID("6f0d6e0e-5b0a-5c5e-9b57-62d1a5a00062")
"""The name space of messages and people that are made up."""
LENGTH = {Step.DISTRICT: 8, Step.COMMUNITY: 5, Step.SECTOR: 5, Step.PROVINCE: 2}
WORDS = {
    "operator": "operator desa",
    "head": "kepala desa",
    Step.DISTRICT: "verifikator kecamatan",
    Step.COMMUNITY: "Dinas PMD kabupaten",
    Step.SECTOR: "OPD kabupaten",
    Step.PROVINCE: "Dinas PMD provinsi",
}


class People:
    """Gives persons with the rights of who runs the simulation."""

    def __init__(self, actor: Actor) -> None:
        """Act in the name of an actor."""
        self._actor = actor
        self._made: dict[tuple[str, str], Actor] = {}

    def operator(self, place: str) -> Actor:
        """Give the operator of a village (or of all villages of a kabupaten, as who saves their forms)."""
        return self._person("operator", place)

    def head(self, village: str) -> Actor:
        """Give the head of a village."""
        return self._person("head", village)

    def verifier(self, step: Step, village: str) -> Actor:
        """Give who takes a step over a village."""
        return self._person(step, village[: LENGTH[step]])

    def ids(self, villages: tuple[str, ...]) -> Iterator[UUID]:
        """Give the ids of all persons who fill in, take in or verify anything of some villages."""
        for one in villages:
            yield self.operator(one).id
            yield self.operator(regency_of(one)).id
            yield self.head(one).id
            yield from (self.verifier(step, one).id for step in VERIFYING)

    def _person(self, role: str, place: str) -> Actor:
        if (role, place) not in self._made:
            words = WORDS[role]
            self._made[role, place] = replace(
                self._actor,
                id=uuid5(SPACE, f"{role}|{place}"),
                name=f"SIMULASI {words}",
                function=f"{words} contoh {place}",
            )
        return self._made[role, place]
