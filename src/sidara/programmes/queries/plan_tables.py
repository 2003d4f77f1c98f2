"""Tables of plans that can be brought in: what they are, what a file holds, who may bring it for whom."""

from functools import cached_property

from sidara.kernel.actor import PUBLIC, Actor, NotAllowed, Right, require
from sidara.kernel.finding import Finding, Severity
from sidara.programmes import models
from sidara.programmes.core import Level, PlanKind
from sidara.programmes.core.importing import Ask, PlanFile, PlanTables, plain, read_plan, refuse
from sidara.programmes.core.plan_drafts import EARLIEST, LATEST
from sidara.programmes.core.plan_kinds import Document, owns
from sidara.programmes.formats import plan_book
from sidara.programmes.formats import plan_kinds as kinds_content
from sidara.programmes.formats import plan_tables as content
from sidara.programmes.queries.owning import (
    company_fault,
    is_of_own_company,
    sector_of,
    sectors_of_agency,
)
from sidara.programmes.queries.rights import IMPORT_PLANS, READ
from sidara.regions import queries as regions
from sidara.regions.core import Level as Height
from sidara.regions.core import Region, is_example


def plan_tables(actor: Actor) -> PlanTables:
    """Give the tables that can be brought in, as content has them."""
    require(actor, READ)
    return content.plan_tables()


def may_import(
    actor: Actor, level: Level, area: str, sector: str = "", *, company: str | None = None
) -> bool:
    """Whether the actor brings in files for a level of an area: the own one; of a company (`core.owns`).

    A kecamatan also brings what its villages hand in; lists of the centre are brought in by who keeps the
    area that they are for, since the centre itself has no account here.
    """
    kinds = kinds_content.plan_kinds()
    if owns(actor, IMPORT_PLANS, kinds, level=level, area=area, sector=sector, company=company):
        return True
    right = Right(IMPORT_PLANS, region=area, sector=sector or None)
    only = {role for one in kinds.levels.values() for role in one.roles}
    for grant in actor.holding(IMPORT_PLANS):
        if grant.role in only or not grant.gives(right):
            continue
        if level is Level.CENTRE and (grant.area.is_everywhere or area in grant.area.under):
            return True
        if level is Level.VILLAGE and any(_is_district(one) for one in grant.area.under):
            return True
    return False


def require_import(actor: Actor, level: Level, area: str, sector: str = "") -> None:
    """Refuse (`NotAllowed`) who does not bring in files for that level of the area."""
    if not may_import(actor, level, area, sector):
        raise NotAllowed(actor, IMPORT_PLANS)


def _is_district(code: str) -> bool:
    region = regions.resolve(PUBLIC, code)
    return region is not None and region.level is Height.DISTRICT


def read_plan_file(actor: Actor, content_: bytes, *, name: str, ask: Ask) -> PlanFile:
    """Read a file as a table; a file that cannot be used comes back refused, with the reasons."""
    require(actor, READ)
    sheets, problem = plan_book.read_sheets(content_, name)
    return refuse(problem) if problem is not None else read_plan(sheets, content.plan_tables(), ask.reading)


def ask_faults(actor: Actor, ask: Ask, file: PlanFile) -> tuple[Finding, ...]:
    """Say what is wrong with whose plan a file is said to be: level, area, agency, years, real or made up."""
    require(actor, READ)
    assert file.table is not None  # noqa: S101 - asked of a file that was read
    found: list[Finding] = []
    if ask.level not in file.table.owners:
        owners = " atau ".join(one.value for one in file.table.owners)
        found.append(
            _fault(
                "PLAN_OWNER_LEVEL",
                f"{file.table.name} bukan tabel {ask.level.value}.",
                f"Tabel ini milik {owners}; pilih tabel atau tingkat yang sesuai.",
            )
        )
    region = regions.resolve(actor, ask.area)
    if region is None or not _fits(region, ask.level):
        found.append(
            _fault(
                "PLAN_AREA_UNKNOWN",
                f"{ask.area or 'Wilayah kosong'} bukan wilayah {ask.level.value}.",
                "Isi kode wilayah pemilik rencana, misalnya 62.01 untuk kabupaten.",
            )
        )
    elif ask.level is Level.VILLAGE and is_example(region.code) != ask.is_simulated:
        found.append(
            _fault(
                "REAL_AND_SIMULATED",
                "Rencana desa contoh adalah SIMULASI, rencana desa lain nyata; keduanya tidak dicampur.",
                "Pilih wilayah yang sesuai, atau nyatakan berkas sebagai SIMULASI.",
            )
        )
    if ask.agency and not is_of_own_company(actor, IMPORT_PLANS, ask.level, ask.agency):
        found.append(company_fault(actor, IMPORT_PLANS, ask.agency, "agency"))
    document = kinds_content.plan_kinds().documents.get(file.table.plan) if file.table.plan else None
    if document is not None and region is not None and _is_of_others(actor, ask, document, region):
        found.append(
            _fault(
                "AGENCY_OTHER_SECTOR",
                f"{file.table.name} pemilik ini disusun oleh bidang lain.",
                "Periksa nama perangkat daerahnya, atau minta penyusun dokumen itu memasukkan berkasnya.",
            )
        )
    if document is not None and document.has_agency and not ask.agency and not _names_agency(file):
        found.append(
            _fault(
                "PLAN_AGENCY_MISSING",
                f"{file.table.name} adalah dokumen sebuah perangkat daerah.",
                "Isi nama perangkat daerahnya.",
            )
        )
    if not EARLIEST <= ask.year <= ask.last_year <= LATEST:
        say = f"Tahun {ask.year} tidak dapat dipakai."
        found.append(_fault("PLAN_YEAR_UNREADABLE", say, f"Isi {EARLIEST}-{LATEST}."))
    return tuple(found)


def _is_of_others(actor: Actor, ask: Ask, document: Document, region: Region) -> bool:
    """Whether a document belongs to people of other sectors: of an agency that has plans there, or of all."""
    sectors = {ask.sector if document.has_agency else ""}
    if document.has_agency:
        held = models.Plan.objects.filter(
            level=ask.level.value, area_id=region.id, is_simulated=ask.is_simulated
        )
        sectors |= {
            sector or sector_of(actor, ask.level, agency)
            for agency, sector in held.values_list("agency", "sector")
            if agency and plain(agency) == plain(ask.agency)
        }
        known = sectors_of_agency(actor, ask.level, ask.agency)
        if known and ask.sector not in known:
            sectors.add(known[0])
    return any(not may_import(actor, ask.level, ask.area, sector) for sector in sectors)


def _fits(region: Region, level: Level) -> bool:
    if level in (Level.CENTRE, Level.COMPANY):
        return region.level < Height.VILLAGE
    return region.level.label == level.value


def _names_agency(file: PlanFile) -> bool:
    return bool({"company", "ministry"} & file.keys)


def _fault(code: str, message: str, remedy: str) -> Finding:
    return Finding(code, message, remedy, Severity.ERROR)


def last_year(actor: Actor, table: PlanKind | None, first: int) -> int:
    """Give the last year of a plan that begins in a year, by the span of its document."""
    require(actor, READ)
    document = kinds_content.plan_kinds().documents.get(table) if table else None
    return first + (document.span if document else 1) - 1


class AreaPlaces:
    """The villages of an owner's area, real or example ones; each is asked for once."""

    def __init__(self, actor: Actor, area: str, *, is_simulated: bool) -> None:
        """Take the area by its code."""
        self._actor, self._area, self._is_simulated = actor, area, is_simulated
        self._codes: dict[str, str | None] = {}
        self._names: dict[str, tuple[tuple[str, str], ...]] = {}

    @cached_property
    def _within(self) -> frozenset[str]:
        region = regions.resolve(self._actor, self._area)
        return regions.within(self._actor, region.id) if region is not None else frozenset()

    @cached_property
    def _examples(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for one in regions.villages(self._actor, self._area, examples=True):
            if one.is_example:
                key = plain(one.name)
                found[key] = (*found.get(key, ()), (one.code, one.full_name))
        return found

    def village(self, code: str) -> str | None:
        """Give the standard code of a village of the area; `None` for any other code."""
        if code not in self._codes:
            region = regions.resolve(self._actor, code)
            is_ours = (
                region is not None
                and region.level is Height.VILLAGE
                and region.code in self._within
                and region.is_example == self._is_simulated
            )
            self._codes[code] = region.code if region is not None and is_ours else None
        return self._codes[code]

    def candidates(self, name: str) -> tuple[tuple[str, str], ...]:
        """Give villages of the area that a name may mean: code and full name, the likeliest first."""
        if name not in self._names:
            self._names[name] = self._found(name)
        return self._names[name]

    def _found(self, name: str) -> tuple[tuple[str, str], ...]:
        if self._is_simulated:
            words = plain(name)
            return next((found for key, found in self._examples.items() if key and key in words), ())
        held = content.plan_tables()
        found = regions.find(self._actor, name[:100], limit=held.most_villages, under=self._area)
        return tuple(
            (one.region.code, " / ".join((one.region.full_name, *(above.name for above in one.parents[2:]))))
            for one in found
            if one.region.level is Height.VILLAGE
            and one.score >= held.village_likeness
            and not one.region.is_ended
        )


def goals_by_name(actor: Actor, plan: models.Plan) -> dict[str, int]:
    """Give goals of a plan and of the plans that its document follows, by code and by name: their ids.

    Same owner's area and, where both have one, the same agency; the own plan wins.
    """
    require(actor, READ)
    kinds = kinds_content.plan_kinds().documents
    follows = {PlanKind(plan.kind)}
    step = set(follows)
    while step:
        step = {above for one in step for above in kinds[one].follows} - follows
        follows |= step
    rows = models.Goal.objects.filter(
        plan__kind__in=[one.value for one in follows],
        plan__is_simulated=plan.is_simulated,
        plan__year_from__lte=plan.year_to,
        plan__year_to__gte=plan.year_from,
    ).filter(plan__area_id=plan.area_id)
    found: dict[str, int] = {}
    own = [row for row in rows.select_related("plan") if row.plan_id == plan.pk]
    others = [row for row in rows.select_related("plan") if row.plan_id != plan.pk]
    for row in (*own, *others):
        if row.plan.agency and plan.agency and plain(row.plan.agency) != plain(plan.agency):
            continue
        for words in (row.code, row.name):
            if words:
                found.setdefault(plain(words), row.pk)
    return found
