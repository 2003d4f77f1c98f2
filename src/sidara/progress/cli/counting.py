"""`sidara progress`: how far and how good the collection is, by form, area or agency."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

import typer

from sidara.accounts.queries import region_fault
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.progress import queries, services
from sidara.progress.core import SUMMED, Sums
from sidara.progress.queries import Scope
from sidara.regions import queries as regions
from sidara.regions.core import Level, is_example
from sidara.ui import terminal


class By(StrEnum):
    """What the counts are given by."""

    FORM = "form"
    REGION = "region"
    AGENCY = "agency"


_BELOW = {Level.PROVINCE: "regency", Level.REGENCY: "district", Level.DISTRICT: "village"}


def progress(  # noqa: PLR0913 - the options of the command
    *,
    by: Annotated[By, typer.Option(help="Menurut formulir, wilayah, atau pemilik data.")] = By.FORM,
    under: Annotated[str, typer.Option(help="Kode wilayah; tanpa ini semua.")] = "",
    year: Annotated[int, typer.Option(help="Tahun; tanpa ini semua.")] = 0,
    period: Annotated[str, typer.Option(help="Periode; tanpa ini semua.")] = "",
    form: Annotated[str, typer.Option(help="Kode formulir; tanpa ini semua.")] = "",
    dataset: Annotated[str, typer.Option(help="Himpunan data; desa contoh: simulated:collection.")] = "",
    as_json: terminal.AsJson = False,
) -> None:
    """Lihat kemajuan pengumpulan: kelengkapan, ketepatan waktu, keraguan, umur data.

    Yang baru dihitung dahulu.

    Contoh: sidara progress --by region --under 62.01 --year 2025 --json
    """
    fault = region_fault(OPERATOR, under) if under else None
    if fault is not None:
        terminal.say_findings([fault])
        raise typer.Exit(Exit.REFUSED)
    _refresh()
    if not dataset and not is_example(under):
        dataset = COLLECTION if queries.is_expected(OPERATOR, COLLECTION) else EXAMPLES
    today = local_date(now())
    scope = Scope(dataset, under, year, period, form)
    counted = _counted(scope, by, today)
    if as_json:
        found = [_flat(code, name, sums, today) for (code, name), sums in counted.items()]
        terminal.write_json(
            {"dataset": scope.dataset, "by": by.value, "as_of": today.isoformat(), "rows": found}
        )
        return
    if scope.dataset == EXAMPLES:
        typer.echo("SIMULASI: desa contoh")
    typer.echo(f"{'':28} {'terisi':>8} {'tepat':>7} {'ragu':>7} {'umur':>6} {'terkirim':>17}")
    for (_, name), sums in counted.items():
        sent = f"{format_number(sums.sent)}/{format_number(sums.expected)}"
        typer.echo(
            f"{name[:28]:28} {_share(sums.completeness):>8} {_share(_timeliness(sums)):>7} "
            f"{_share(sums.doubt):>7} {_days(sums, today):>6} {sent:>17}"
        )


def _refresh() -> None:
    """Bring the tallies up to date while showing how far that is on standard error."""
    words = {"counted": "isian dihitung", "laid": "isian ditunggu disusun"}
    with terminal.watching("Kemajuan: membaca yang baru") as told:

        def tell(step: str, rows: int) -> None:
            told(f"Kemajuan: {format_number(rows)} {words[step]}")

        services.refresh(OPERATOR, tell=tell)


def _counted(scope: Scope, by: By, today: date) -> Mapping[tuple[str, str], Sums]:
    """Give the sums by code and name."""
    made = dictionary.dictionary(OPERATOR)
    if by is By.REGION:
        area = regions.resolve(OPERATOR, scope.under) if scope.under else None
        name = _BELOW.get(area.level, "village") if area else "regency"
        sums = queries.rolled(OPERATOR, scope, by=(name,), today=today)
        places = regions.regions(OPERATOR, [region for (region,) in sums])
        told = [((places[region].code, places[region].name), one) for (region,), one in sums.items()]
        return dict(sorted(told, key=lambda pair: pair[0]))
    forms = queries.rolled(OPERATOR, scope, by=("form",), today=today)
    if by is By.FORM:
        order = list(made.forms)
        told = [
            ((code, made.forms[code].name if code in made.forms else code), one)
            for (code,), one in forms.items()
        ]
        return dict(
            sorted(told, key=lambda pair: order.index(pair[0][0]) if pair[0][0] in order else len(order))
        )
    owners = {
        form: Counter(one.agency for one in made.variables.values() if one.form == form)
        for form in made.forms
    }
    agencies: dict[tuple[str, str], Sums] = {}
    for (form,), one in forms.items():
        owner = owners.get(form) or Counter()
        code = owner.most_common(1)[0][0] if owner else ""
        name = made.agencies[code].name if code in made.agencies else code or "tidak disebut"
        agencies[code, name] = agencies.get((code, name), Sums()) + one
    return dict(sorted(agencies.items()))


def _timeliness(sums: Sums) -> Fraction | None:
    return sums.timeliness(queries.days_to_zero(OPERATOR))


def _flat(code: str, name: str, sums: Sums, today: date) -> dict[str, object]:
    measures = {
        "completeness": sums.completeness,
        "timeliness": _timeliness(sums),
        "doubt": sums.doubt,
        "age_days": sums.age(today.toordinal()),
    }
    counts = {one: getattr(sums, one) for one in SUMMED if one not in {"recorded_days", "punctual"}}
    told = {key: None if value is None else round(float(value), 4) for key, value in measures.items()}
    return {"code": code, "name": name, **told, **counts}


def _share(value: Fraction | None) -> str:
    return format_number(None) if value is None else f"{format_number(value * 100, 1)} %"


def _days(sums: Sums, today: date) -> str:
    return format_number(sums.age(today.toordinal()))
