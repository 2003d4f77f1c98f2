"""The cheapest path of one village: which items to raise, how far, by which activity, at what cost.

The search and its proof are the index's (`indices.queries.paths`); here it is put into words, a table that
can be taken away, and a picture. A link fills the form of the what-if with the same steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.translation import gettext_noop as noop

from sidara.indices import queries as indices
from sidara.indices.core import Depth, Version
from sidara.indices.core.fulfil import fulfil
from sidara.indices.core.path import Outcome, Path, Paths, Step
from sidara.indices.core.standing import linear
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import rounded
from sidara.regions.core import Region
from sidara.ui.charts import Threshold
from sidara.ui.drawing import WIDE
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.ui.progress import Climb, climb
from sidara.web.pages import actors, asking, fields, ground, index, places
from sidara.web.pages.asking import Asked
from sidara.web.pages.codes.words import item_href
from sidara.web.pages.ground import Ground, Pairs
from sidara.web.pages.planning import Said, Searching
from sidara.web.pages.retold import retold

PAGE = "path"
PRICES = "COST_"
"""What the codes of findings about prices begin with; their lines are those of the prices."""
UNSURE = "PATH_NOT_SURE"
TIES = noop(
    "Bila beberapa pilihan sama murahnya, dipilih yang butirnya paling sedikit, lalu butir"
    " yang lebih awal dalam daftar; jadi pertanyaan yang sama selalu mendapat jawaban yang"
    " sama."
)


@dataclass(frozen=True, kw_only=True)
class PathPage(Searching):
    """All that the page shows; without `asked` its lead says why there is no form.

    `trial` is the address of the what-if that takes the steps, without the items in `left_out`.
    """

    found: Path | None = None
    trial: str = ""
    left_out: Sequence[str] = ()


def ask(actor: Actor, region: Region, pairs: Pairs) -> PathPage:
    """Read what the address of a desa asks."""
    where = ground.find(actor, region, dict(pairs), PAGE)
    title = say("Jalur termurah: {region_name}", region_name=region.name)
    trail = where.trail if where else places.trail(actor, region)
    if where is None:
        return PathPage(
            region=region, title=title, lead=say("Belum ada angka indeks yang dimuat."), trail=trail
        )
    if not places.is_assessed(region.kind):
        lead = say(
            "{region_name} adalah kelurahan, tidak dinilai dengan {index}.",
            region_name=region.name,
            index=where.edition.top.name,
        )
        return PathPage(region=region, title=title, lead=lead, trail=trail)
    page = PathPage(
        region=region,
        title=title,
        lead=say("Butir mana yang dinaikkan, sampai skor berapa, dengan biaya sekecil mungkin."),
        trail=trail,
        links=(*where.others, *where.indices),
        ground=where,
    )
    if where.table is None:
        lead = say(
            "Jawaban dan skor butir {definition_name} untuk {region_name} belum ada dalam {title},"
            " jadi jalurnya belum dapat dicari.",
            definition_name=where.definition.name,
            region_name=region.name,
            title=where.dataset.title,
        )
        return replace(page, lead=lead)
    asked = asking.read(where.definition, where.scale, pairs)
    whatif = places.planning("whatif", region.code)
    return replace(
        page,
        asked=asked,
        whatif=f"{whatif}?{urlencode(where.chosen)}",
        pairs=(*where.chosen, *asked.pairs),
    )


def answer(actor: Actor, page: PathPage) -> PathPage:
    """Add the cheapest path, or why there is none."""
    where, asked = page.ground, page.asked
    if where is None or where.table is None or asked is None or asked.wish is None:
        return page
    found = indices.paths(actor, where.table, asked.wish)
    said, is_refused = told(found, where.scale, UNSURE)
    page = replace(page, findings=() if asked.faults else said, is_refused=is_refused)
    path = found.paths[0] if isinstance(found, Paths) and found.paths else None
    if path is None:
        return page
    changes, left_out = trial(where, path) if path.steps else ((), ())
    figures = _figures(where, asked, path) if path.steps else ()
    return replace(
        page,
        title=_title(page.region, path, asked),
        lead=_lead(path),
        found=path,
        proof=_proof(path),
        trial=f"{page.whatif}&{urlencode(changes)}" if changes else "",
        left_out=left_out,
        figures={one.key: one for one in figures},
    )


def told(found: Paths | tuple[Finding, ...], scale: Version, *codes: str) -> tuple[tuple[Said, ...], bool]:
    """Give what is to be said of a search, and whether there is no answer because of it.

    Errors, what concerns prices, and findings of `codes`; remedies speak of this page where it has its own.
    """
    remedies = {
        "COST_ITEM": say("Isi kode butir, misalnya {code}, atau *.", code=scale.items[0].code),
        UNSURE: say(
            "Isi kelas resmi bila hasilnya ada, atau centang butirnya sebagai yang tidak dapat diubah."
        ),
    }
    findings = found.findings if isinstance(found, Paths) else found
    is_refused = not isinstance(found, Paths) or not found.paths
    shown = [
        one
        for one in findings
        if one.severity is Severity.ERROR or one.code.startswith(PRICES) or one.code in codes
    ]
    said = tuple(
        Said(
            f"{retold(one.message)} {remedies.get(one.code) or retold(one.remedy)}".strip(),
            one.place.line if one.code.startswith(PRICES) else None,
        )
        for one in shown[:10]
    )
    return said, is_refused


def _title(region: Region, path: Path, asked: Asked) -> str:
    """Say the answer."""
    goal = _goal_word(path).lower()
    match path.outcome:
        case Outcome.REACHED:
            return f"{region.name} {_reached(path, asked)}"
        case Outcome.UNREACHABLE:
            return say("{region_name} belum dapat mencapai {goal}", region_name=region.name, goal=goal)
        case _:
            cost = asking.amount_text(path.cost, asked.cost_unit)
            most = "" if path.is_complete else say("paling banyak ")
            sure = say("mencapai") if path.is_enough else say("belum pasti mencapai")
            return say(
                "{region_name} {sure} {goal} dengan menaikkan {most}{steps} butir, biaya {most}{cost}",
                region_name=region.name,
                sure=sure,
                goal=goal,
                most=most,
                steps=len(path.steps),
                cost=cost,
            )


def _reached(path: Path, asked: Asked) -> str:
    """Say what a village whose goal is met has behind it."""
    goal = asked.wish.goal if asked.wish else None
    if goal is not None and goal.score is not None:
        return say("sudah mencapai skor {goal}", goal=path.goal)
    if goal is None or goal.status is None:
        return say("sudah pada status tertinggi")
    if path.status == path.goal:
        return say("sudah mencapai status {goal}", goal=_goal_word(path))
    return say("sudah melewati status {goal}", goal=_goal_word(path))


def _goal_word(path: Path) -> str:
    """Name the goal: a status by its word, a score as it is."""
    return index.word_of(path.goal)


def _lead(path: Path) -> str:
    match path.outcome:
        case Outcome.REACHED:
            return say(
                "Statusnya {word} {status}.",
                word=say("sekarang") if path.is_complete else say("paling rendah"),
                status=index.word_of(path.status),
            )
        case Outcome.UNREACHABLE:
            return retold(path.note)
    if path.is_complete:
        return ""
    perhaps = (
        ""
        if path.is_forward
        else say(" Desa ini mungkin sudah mencapai {goal}.", goal=_goal_word(path).lower())
    )
    return say("Skor yang belum diketahui dianggap yang terendah.{perhaps}", perhaps=perhaps)


def _proof(path: Path) -> tuple[str, ...]:
    """Say in plain words how sure it is that nothing is cheaper."""
    if path.outcome is not Outcome.REACHABLE:
        return ()
    first = (
        say(
            "Tidak ada pilihan yang lebih murah; dibuktikan dengan program bilangan bulat, lalu"
            " dihitung ulang dengan aturan indeks."
        )
        if path.is_optimal
        else say("Jalur ini belum terbukti yang termurah.")
    )
    if not path.is_enough:
        second = say(
            "Jalur ini belum pasti cukup untuk sampai: sebagian skor barunya tidak dapat ditunjukkan"
            " oleh jawaban mana pun. Hitungannya berlaku bila semua skor baru itu tercapai."
        )
        return first, second, say(TIES)
    if path.is_complete:
        return first, say(TIES)
    second = say(
        "Skor desa belum lengkap. Jalur dihitung dari kemungkinan terendah: cukup untuk sampai,"
        " tetapi mungkin lebih mahal daripada yang perlu."
    )
    return first, second, say(TIES)


def gains(version: Version, steps: Sequence[Step]) -> dict[str, Fraction]:
    """Give what each step adds to the index, by item; nothing where the index is not a sum."""
    made = linear(version)
    if made is None:
        return {}
    factors = dict(zip(version.by_code, made.factors, strict=True))
    return {one.item: Fraction(factors[one.item] * (one.to - one.start), made.denominator) for one in steps}


def trial(where: Ground, path: Path) -> tuple[Pairs, tuple[str, ...]]:
    """Give the changes of a what-if that take the steps, and the items for which no answer was found."""
    if where.table is None:
        return (), ()
    if where.table.depth is Depth.ITEMS:
        return tuple((one.item, str(one.to)) for one in path.steps), ()
    row = where.table.frame.row(0, named=True)
    found = fulfil(where.scale, row, path.year, {one.item: one.to for one in path.steps})
    changes = {name: text for one in found.values() for name, text in (one or {}).items()}
    shown = tuple((name, text.replace(".", ",")) for name, text in changes.items())
    return shown, tuple(code for code, one in found.items() if one is None)


def _figures(where: Ground, asked: Asked, path: Path) -> Iterator[Figure]:
    """Give the table of the steps, and the climb."""
    scale = where.scale
    decimals = scale.thresholds.decimals
    gained = gains(scale, path.steps)
    reached = path.index
    sums = []
    for step in path.steps:
        reached += gained.get(step.item, Fraction(0))
        sums.append(reached)
    name = scale.top.name
    rows = tuple(
        (
            *cells(where, step, path.year, asked.cost_unit),
            number_cell(gained.get(step.item), decimals),
            number_cell(total, decimals),
        )
        for step, total in zip(path.steps, sums, strict=True)
    )
    columns = (
        *step_columns(),
        Column("tambahan", say("Tambah"), is_number=True),
        Column("nilai_sesudah", say("Menjadi"), is_number=True),
    )
    empty = Cell(None, "")
    filled = {"butir": text_cell(say("Semua")), "biaya": _cost_cell(path.cost or Fraction(0))}
    filled |= {
        "tambahan": number_cell(path.index_after - path.index, decimals),
        "nilai_sesudah": number_cell(path.index_after, decimals),
    }
    footer = tuple(filled.get(column.key, empty) for column in columns)
    yield Figure(
        "langkah",
        say(
            "{steps} butir, {name} dari {index} menjadi {index_after}",
            steps=format_number(len(path.steps)),
            name=name,
            index=format_number(path.index, decimals),
            index_after=format_number(path.index_after, decimals),
        ),
        say(
            "Skor {year}. Biaya dalam {cost_unit}{unit_note}. Kegiatan menurut tabel yang terbit"
            " untuk skor sekarang.",
            year=path.year,
            cost_unit=asked.cost_unit,
            unit_note=asked.unit_note,
        ),
        Table(columns, rows, footer),
        where.sources,
    )
    start, *after = (rounded(one, decimals) for one in (path.index, *sums))
    steps = [Climb(say(one.label), value) for one, value in zip(path.steps, after, strict=True)]
    line = next(
        (
            Threshold(say("batas {goal}", goal=_goal_word(path)), line.value)
            for line in index.thresholds(scale)
            if line.label == say("batas {goal}", goal=_goal_word(path))
        ),
        None,
    )
    first, last = (format_number(one, decimals) for one in (start, after[-1]))
    mark = "SIMULASI: " if where.is_simulated else ""
    label = say(
        "{mark}{name} naik dari {first} menjadi {last} dengan menaikkan {steps} butir",
        mark=mark,
        name=name,
        first=first,
        last=last,
        steps=len(steps),
    )
    drawing = climb(start, steps, line, label=label, decimals=decimals, width=WIDE)
    subtitle = say("{name} sesudah tiap butir. Sumbu dipotong di dekat angka sekarang.", name=name)
    yield Figure(
        "tangga",
        say("Butir demi butir menuju {goal}", goal=_goal_word(path).lower()),
        subtitle,
        None,
        where.sources,
        drawing,
    )


def step_columns() -> tuple[Column, ...]:
    """Give the columns of a step: item, scores, meaning, activity, actors, cost."""
    return (
        Column("butir", say("Butir")),
        Column("kode_butir", say("Kode"), is_file_only=True),
        Column("skor_kini", say("Skor kini"), is_number=True),
        Column("skor_menjadi", say("Skor baru"), is_number=True),
        Column("arti_baru", say("Arti skor baru")),
        Column("kegiatan", say("Kegiatan")),
        Column("pelaksana", say("Pelaksana")),
        *actors.columns(prefix="pelaksana_"),
        Column("pasti", say("Skor kini diketahui dan skor baru dapat ditunjukkan"), is_file_only=True),
        Column("biaya", say("Biaya"), is_number=True),
        Column("satuan_biaya", say("Satuan biaya"), is_file_only=True),
    )


def cells(where: Ground, step: Step, year: int, unit: str) -> tuple[Cell, ...]:
    """Give the cells of a step in the order of `step_columns`; the item leads to what answers it."""
    item = where.scale.by_code[step.item]
    meaning = dict(fields.score_options(item, year)).get(str(step.to), "").partition(": ")[2]
    return (
        text_cell(say(step.label), href=item_href(where.definition.slug, step.item)),
        text_cell(step.item),
        number_cell(step.start),
        number_cell(step.to),
        text_cell(meaning or None),
        text_cell(say((step.activity or "").strip()) or None),
        actors.cell(step.actors),
        *actors.cells(step.actors),
        text_cell(say("ya") if step.is_sure else say("tidak")),
        _cost_cell(step.cost),
        text_cell(unit or None),
    )


def _cost_cell(cost: Fraction) -> Cell:
    return number_cell(cost, 0 if cost.denominator == 1 else 2)
