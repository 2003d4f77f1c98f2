"""Search: candidates for a name or code, each with its parents and status."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import KEMENDAGRI, Candidate, Level
from sidara.ui.figures import Mark
from sidara.ui.language import format_date, format_number, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query
from sidara.web.pages import index, places

MANY = 25
FEW = 6


@dataclass(frozen=True)
class Found:
    """One candidate: its name, kind and parents in words, where its page is, its status if a village."""

    name: str
    description: str
    href: str
    mark: Mark | None


@dataclass(frozen=True)
class SearchPage:
    """What was asked and what it may mean."""

    text: str
    found: Sequence[Found]
    is_simulated: bool = False
    is_code: bool = False

    @property
    def title(self) -> str:
        """Say how many there are, or that a code means more than one place."""
        if self.is_code and len(self.found) > 1:
            return say(
                "Kode {text} dapat berarti {found} wilayah",
                text=self.text,
                found=format_number(len(self.found)),
            )
        if self.found:
            return say("{found} wilayah yang mungkin Anda maksud", found=format_number(len(self.found)))
        return (
            say("Tidak ada wilayah yang cocok") if self.text else say("Cari desa, kelurahan, atau kecamatan")
        )


def build(actor: Actor, text: str, *, limit: int = MANY) -> SearchPage:
    """Rank what a text may mean; an empty text means nothing."""
    text = text.strip()
    candidates = regions.find(actor, text, limit=limit) if text else []
    marks, is_simulated = _marks(actor, candidates)
    is_code = any(one.meaning is not None for one in candidates)
    return SearchPage(
        text,
        tuple(
            Found(
                one.region.name,
                _description(one, is_asked=is_code and len(candidates) > 1),
                places.href(one.region),
                marks.get(one.region.code),
            )
            for one in candidates
        ),
        is_simulated,
        is_code,
    )


def _description(one: Candidate, *, is_asked: bool) -> str:
    """Say kind and parents, and by which code it was found where that is not its own, or is asked."""
    words = [places.kind(one.region), *(parent.name for parent in reversed(one.parents))]
    meaning = one.meaning
    if meaning is not None and (is_asked or meaning.scheme != KEMENDAGRI):
        words.append(f"{places.scheme(meaning.scheme)} {meaning.code}")
    elif meaning is not None and meaning.valid_to is not None:
        words.append(say("kode lama, sampai {valid_to}", valid_to=format_date(meaning.valid_to)))
    return ", ".join(words)


def _marks(actor: Actor, candidates: Sequence[Candidate]) -> tuple[dict[str, Mark], bool]:
    """Give the status of the candidates that are villages, and whether it is simulated."""
    villages = tuple(one.region.code for one in candidates if one.region.level is Level.VILLAGE)
    edition = index.main(actor) if villages else None
    if edition is None:
        return {}, False
    query = Query(edition.dataset, (edition.variable("STATUS"),), codes=villages, periods=(edition.period,))
    answer = warehouse.ask(actor, query)
    found = {figure.region: index.mark(edition.scale, figure.code, figure.kind) for figure in answer.figures}
    return found, answer.is_simulated
