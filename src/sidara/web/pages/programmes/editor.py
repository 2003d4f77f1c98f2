"""`/program/baru` and `/program/<uid>/ubah`: an activity written step by step; nothing needs script.

All that was written travels in the form; a button that only looks something up (`pakai`, `aksi`)
gives the same page again with what it found. Only *simpan* writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core import GOVERNMENT_OF, Government, Level
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.codes.refusal import check
from sidara.programmes.queries import ActivityQuery
from sidara.regions import queries as regions
from sidara.regions.core import Level as Depth
from sidara.regions.core import Region
from sidara.ui import hexmap
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Option
from sidara.web.pages.programmes import form, words, world
from sidara.web.pages.programmes.choosing import Found, found_of
from sidara.web.pages.programmes.form import Fields

ROWS = 3
MOST_OFFERED = 8
MOST_GOALS = 60


@dataclass(frozen=True)
class Chosen:
    """A chosen village with the place below it; `is_drawn`: its box is on the map."""

    code: str
    name: str
    place: str
    is_drawn: bool


@dataclass(frozen=True)
class Page:
    """The editor: every field as it stands, what is offered, the map, what is wrong by field."""

    uid: UUID | None
    revision: int
    message: str
    simulated: bool
    fields: Mapping[str, str]
    owners: Sequence[Option]
    sectors: Sequence[Option]
    funds: Sequence[Option]
    phases: Sequence[Option]
    goals: Sequence[Option]
    gaps: Sequence[str]
    lists: Sequence[Option]
    kind: Kind | None
    kinds: Sequence[Option]
    codes: Sequence[Entry]
    instead: Sequence[Entry]
    outputs: Sequence[Mapping[str, str]]
    areas: Sequence[Option]
    drawing: str
    chosen: Sequence[Chosen]
    found: Found
    findings: Sequence[Finding] = ()
    by_field: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    @property
    def world(self) -> str:
        """Give the word of its world in addresses."""
        return world.word(simulated=self.simulated)

    @property
    def is_village(self) -> bool:
        """Whether a village plans for itself: then there is nothing to choose on a map."""
        return self.fields["pemilik"].startswith(Level.VILLAGE.value)

    @property
    def village(self) -> str:
        """Give the code of the village that plans for itself."""
        return self.fields["pemilik"].partition("|")[2]

    @property
    def off_map(self) -> Sequence[Chosen]:
        """Give the chosen villages whose box is not on the map."""
        return [one for one in self.chosen if not one.is_drawn]


def begun(actor: Actor, fields: Fields, *, this_year: int) -> dict[str, list[str]]:
    """Give the fields of a new activity: of next year, and named as its kind until somebody names it."""
    code = form.one(fields, "jenis")
    kind = queries.catalogue(actor).kinds.find(code) if code else None
    own = {name: list(texts) for name, texts in fields.items() if any(texts)}
    own.setdefault("tahun", [str(this_year + 1)])
    if kind is not None:
        own.setdefault("nama", [kind.name])
    return own


def build(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    fields: Fields,
    *,
    simulated: bool,
    message: str,
    uid: UUID | None = None,
    revision: int = 0,
    findings: Sequence[Finding] = (),
) -> Page:
    """Build the editor from the fields as they stand."""
    owners = owners_of(actor, fields)
    owner = next((one.value for one in owners if one.is_chosen), "")
    level, _, area = owner.partition("|")
    government = GOVERNMENT_OF.get(Level(level)) if level else None
    catalogue = queries.catalogue(actor)
    kind = catalogue.kinds.find(form.one(fields, "jenis")) if form.one(fields, "jenis") else None
    year = form.whole(form.one(fields, "tahun")) or 0
    found = found_of(actor, fields, area=area, simulated=simulated)
    codes = tuple(dict.fromkeys([*fields.get("desa", ()), *found.added]))
    drawing, drawn = _map(actor, fields, area, codes, year, simulated=simulated)
    by_field: dict[str, list[Finding]] = {}
    for one in findings:
        name = form.COLUMNS.get(one.place.column or "", one.place.column or "")
        by_field.setdefault(name, []).append(one)
    return Page(
        uid,
        revision,
        message,
        simulated,
        {name: form.one(fields, name) for name in (*_PLAIN, *form.TEXTS.values())} | {"pemilik": owner},
        owners,
        sectors_of(actor, fields, owner),
        [
            Option(one.code, one.name, one.code == form.one(fields, "dana"), is_cited=True)
            for one in catalogue.funds.sources
        ],
        [
            Option(one, one.replace("_", " "), one in fields.get("tahap", ()))
            for one in (kind.stages if kind else catalogue.kinds.phase_of)
        ],
        _goals(actor, fields, simulated=simulated),
        [text for text in fields.get("butir", ()) if text],
        [
            Option(
                str(one.uid),
                one.name,
                str(one.uid) == form.one(fields, "daftar"),
                one.area_name,
                is_cited=True,
            )
            for one in queries.target_lists(actor, is_simulated=simulated)
        ],
        kind,
        _kinds(actor, form.one(fields, "kata"), kind),
        catalogue.codes_of(kind, government, year or None) if kind and government else (),
        _instead(actor, government, form.one(fields, "kode"), year, findings),
        _outputs(fields),
        _areas(actor, area, form.one(fields, "peta")),
        drawing,
        _chosen(actor, fields, codes, drawn),
        found,
        findings,
        by_field,
    )


_PLAIN = (
    *("tahun", "anggaran", "jumlah_penerima", "mulai", "selesai", "penanda", "seluruh", "kata", "peta"),
    *("aturan", "senarai", "daftar", "baris"),
)


def owners_of(actor: Actor, fields: Fields) -> list[Option]:
    """Give for whom the actor plans; the first one stands where none was chosen."""
    asked = form.one(fields, "pemilik")
    places = {(level, code): level for level, code, _ in queries.own_places(actor)}
    values = [f"{level.value}|{code}" for level, code in places]
    if asked and asked not in values and "*" in actor.operations:
        values.append(asked)
    chosen = asked if asked in values else (values[0] if values else "")
    made = []
    for value in values:
        level, _, code = value.partition("|")
        place = regions.resolve(actor, code) if code else None
        name = place.full_name if place else ""
        made.append(Option(value, f"{words.level(Level(level))}: {name}", value == chosen))
    return made


def sectors_of(actor: Actor, fields: Fields, owner: str) -> list[Option]:
    """Give the sectors in which the actor plans for an owner; empty = for all of them."""
    known = dictionary.dictionary(actor).sectors
    held = [sectors for level, code, sectors in queries.own_places(actor) if f"{level.value}|{code}" == owner]
    asked = form.one(fields, "bidang")
    is_bounded = bool(held) and all(held)
    codes = sorted({code for some in held for code in some}) if is_bounded else list(known)
    made = [] if is_bounded else [Option("", say("semua bidang"), not asked)]
    return made + [
        Option(code, known[code].name, code == asked, is_cited=True) for code in codes if code in known
    ]


def _kinds(actor: Actor, text: str, kind: Kind | None) -> list[Option]:
    """Give kinds that words mean, best first."""
    if not text:
        return []
    hits = queries.find_codes(actor, text, limit=60)
    found: dict[str, Kind] = {}
    for hit in hits:
        if isinstance(hit.found, Kind):
            found.setdefault(hit.found.code, hit.found)
        else:
            for one in queries.catalogue(actor).kinds_of(hit.found.government, hit.found.code):
                found.setdefault(one.code, one)
    return [
        Option(one.code, one.name, kind is not None and one.code == kind.code, one.definition)
        for one in list(found.values())[:MOST_OFFERED]
    ]


def _instead(
    actor: Actor, government: Government | None, code: str, year: int, findings: Sequence[Finding]
) -> Sequence[Entry]:
    """Give the right codes for a wrong one that was refused."""
    if government is None or not code or not any(one.place.column == "code" for one in findings):
        return ()
    return check(queries.catalogue(actor), government, code, year).instead


def _goals(actor: Actor, fields: Fields, *, simulated: bool) -> list[Option]:
    chosen = set(fields.get("tujuan", ()))
    goals = queries.linkable_goals(actor, is_simulated=simulated, plan=None)
    made = [
        Option(
            str(one.uid),
            one.name,
            str(one.uid) in chosen,
            f"{words.level(one.level)}, {one.plan_title}",
        )
        for one in goals
    ]
    return sorted(made, key=lambda one: not one.is_chosen)[:MOST_GOALS]


def _outputs(fields: Fields) -> list[dict[str, str]]:
    used = [n for n in range(form.MOST_OUTPUTS) if form.one(fields, f"keluaran-{n}")]
    rows = min(max(ROWS, len(used) + 1), form.MOST_OUTPUTS)
    names = ("keluaran", "satuan", "target", "tw1", "tw2", "tw3", "tw4")
    return [{name: form.one(fields, f"{name}-{n}") for name in names} | {"n": str(n)} for n in range(rows)]


def _areas(actor: Actor, area: str, shown: str) -> list[Option]:
    """Give the parts of the owner's area that the map can show."""
    place = regions.resolve(actor, area) if area else None
    if place is None or place.level is Depth.VILLAGE:
        return []
    parts = regions.children(actor, place.id)
    view = regions.resolve(actor, shown) if shown else None
    made = []
    if place.level is not Depth.PROVINCE:
        made.append(Option(place.code, say("seluruh wilayah"), not shown or shown == place.code))
    made += [Option(one.code, one.name, one.code == shown) for one in parts]
    if place.level is Depth.PROVINCE and view is not None and view.level is Depth.REGENCY:
        made += [Option(one.code, one.full_name) for one in regions.children(actor, view.id)]
    return made


def _shown(actor: Actor, area: str, asked: str) -> Region | None:
    """Give what the map shows: a part of the owner's area; a whole province is too much to tap on."""
    place = regions.resolve(actor, area) if area else None
    if place is None or place.level is Depth.VILLAGE:
        return None
    view = regions.resolve(actor, asked) if asked else place
    if view is None or view.code not in regions.within(actor, place.id):
        view = place
    return view if view.level in {Depth.REGENCY, Depth.DISTRICT} else None


def _map(  # noqa: PLR0913 - keyword-only but the parts of the page
    actor: Actor, fields: Fields, area: str, chosen: Sequence[str], year: int, *, simulated: bool
) -> tuple[str, frozenset[str]]:
    """Draw the villages to be tapped; those with an activity of the same kind that year are hatched."""
    view = _shown(actor, area, form.one(fields, "peta"))
    if view is None:
        return "", frozenset()
    laid = world.cells(actor, view.code, simulated=simulated)
    if not laid:
        return "", frozenset()
    names = {one.code: one for one in world.villages(actor, view.code, simulated=simulated)}
    kind = form.one(fields, "jenis")
    asked = ActivityQuery(is_simulated=simulated, year=year or None, activity_kind=kind)
    there = queries.villages_served(actor, asked) if kind else {}
    above = {one.id: one.name for one in regions.children(actor, view.id)}
    options = []
    for code, (column, row) in sorted(laid.items(), key=lambda pair: (pair[1][1], pair[1][0])):
        if code not in names:
            continue
        one = names[code]
        where = above.get(one.parent_id or 0, view.name)
        title = say("{name}, {district}", name=one.full_name, district=where)
        if code in there:
            title += say(" (sudah ada {n} kegiatan sejenis)", n=format_number(there[code][0]))
        cell = hexmap.Cell(column, row, "heks--ada" if code in there else "", one.name, title)
        options.append(hexmap.Choice(cell, code, code in chosen))
    label = say("Pilih desa di {name}", name=view.full_name)
    return hexmap.choices(options, name="desa", label=label), frozenset(one.value for one in options)


def _chosen(actor: Actor, fields: Fields, codes: Sequence[str], drawn: frozenset[str]) -> list[Chosen]:
    named = regions.named(actor, codes)
    return [
        Chosen(
            code,
            named[code].full_name if code in named else code,
            form.one(fields, f"tempat-{code}"),
            code in drawn,
        )
        for code in codes
    ]
