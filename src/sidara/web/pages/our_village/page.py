"""The page *Untuk desa kami*: where a village stands, what it may do, what others plan, its usulan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.programmes import queries as programmes
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.figures import Figure
from sidara.ui.language import say
from sidara.web.pages import places
from sidara.web.pages.dictionary import readiness
from sidara.web.pages.our_village import basis as chosen
from sidara.web.pages.our_village import compare, data, draft, fates, planned
from sidara.web.pages.our_village import gaps as lacking
from sidara.web.pages.our_village.basis import Basis
from sidara.web.pages.our_village.compare import Compared
from sidara.web.pages.our_village.fates import Fates
from sidara.web.pages.our_village.gaps import Gaps
from sidara.web.pages.our_village.planned import Planned
from sidara.web.pages.places import Link

PAGE = "our-village"
DECIDED = "RKP_DESA_DITETAPKAN"
"""The milestone after which the next plan of a village is that of the year after."""


@dataclass(frozen=True)
class OurVillage:
    """All that a village gets back; `figures` can be taken away. `year` is that of the next RKP Desa."""

    region: Region
    district: Region
    trail: Sequence[Link]
    today: date
    year: int
    lead: str
    basis: Basis | None = None
    compared: Compared | None = None
    gaps: Gaps = field(default_factory=Gaps)
    doing: Sequence[Figure] = ()
    planned: Planned | None = None
    fates: Fates | None = None
    draft: Figure | None = None
    ready: Sequence[readiness.Ready] = ()
    has_data: bool = False
    may_import: bool = False
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def is_simulated(self) -> bool:
        """Whether figures of the page are made up."""
        return self.region.is_example or (self.basis is not None and self.basis.is_simulated)

    @property
    def is_assessed(self) -> bool:
        """Whether the village is a desa: a kelurahan has neither index nor RKP Desa."""
        return places.is_assessed(self.region.kind)


def build(actor: Actor, region: Region, *, today: date) -> OurVillage:
    """Build the page of a village as of a day."""
    above = regions.ancestors(actor, region.id)
    basis = chosen.of_village(actor, region)
    gaps = lacking.of_basis(actor, basis)
    doing = lacking.figures(basis, gaps)
    year = plan_year(actor, today)
    drafted = draft.figure(region, gaps, basis.sources, year=year) if basis else None
    own_plans = _plans(actor, region, today)
    own_fates = _fates(actor, region, today)
    compared = compare.of_village(actor, region, basis) if basis else None
    told = (
        *((compared.parts, compared.neighbours) if compared else ()),
        *doing,
        drafted,
        own_plans.figure if own_plans else None,
        own_fates.figure if own_fates else None,
    )
    return OurVillage(
        region,
        above[-1],
        (
            *places.trail(actor, region)[:-1],
            Link(region.name, places.href(region)),
            Link(say("Untuk desa kami")),
        ),
        today,
        year,
        _lead(region, basis, compared),
        basis,
        compared,
        gaps,
        doing,
        own_plans,
        own_fates,
        drafted,
        readiness.build(actor, region, year=today.year, today=today),
        data.may_have(actor, region),
        drafted is not None and actor.may_somewhere(programmes.IMPORT_PLANS),
        {one.key: one for one in told if one is not None},
    )


def plan_year(actor: Actor, today: date) -> int:
    """Give the year of the next RKP Desa: once this year's is set, that of the year after next."""
    found = dictionary.dictionary(actor).milestones.get(DECIDED)
    days = found.days if found else ()
    is_set = any(one.ends.in_year(today.year) < today for one in days)
    return today.year + (2 if is_set else 1)


def _plans(actor: Actor, region: Region, today: date) -> Planned | None:
    """Read the plans of this year and the next, where the actor may."""
    if not actor.may_somewhere(programmes.READ):
        return None
    found = programmes.village_plans(actor, region, (today.year, today.year + 1))
    return planned.of_village(region, found, today=today)


def _fates(actor: Actor, region: Region, today: date) -> Fates | None:
    if not actor.may_somewhere(programmes.READ):
        return None
    found = programmes.village_proposals(actor, region.code, today=today)
    return fates.of_village(actor, region, found, today=today)


def _lead(region: Region, basis: Basis | None, compared: Compared | None) -> str:
    """Say where the village stands, or why that cannot be said yet."""
    if not places.is_assessed(region.kind):
        return say("Kelurahan tidak dinilai dengan indeks desa dan tidak menyusun RKP Desa.")
    if basis is None or compared is None:
        return say(
            "Belum ada angka tentang {name}: belum ada isian yang final dan belum ada angka yang terbit."
            " Mulailah dari Tugas saya.",
            name=region.name,
        )
    return f"{compared.title}."
