"""Example villages: one for each real village, below the same kecamatan, about which everything is made up.

What could shame someone (what was filled in, sent, verified, planned or spent) is made up on them alone.
Their codes begin as no decree's do (`core.code`), and no list, count, search or map of the register has them.
"""

from collections import Counter
from itertools import batched

import polars as pl

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock
from sidara.records.writing import writing
from sidara.regions.core import EXAMPLE, Kind, Level, example_code, naming, uid
from sidara.regions.formats import content
from sidara.regions.models import Region, RegionCode, RegisterVersion

BATCH = 2_000


def add_examples(actor: Actor, *, province: str, clock: Clock) -> int:
    """Give a province (two digits) an example village for each desa and kelurahan that it has today.

    They are numbered within each kabupaten by the codes of their kecamatan, `Desa Contoh 017`, and stay what
    they are when villages are added later. One transaction; the same again adds none. Gives how many were
    added. Refuses (`NotAllowed`) who may not load the register.
    """
    require(actor, "regions.load", region=province)
    with writing():
        rows = _missing(province)
        for batch in batched(rows.iter_rows(named=True), BATCH):
            made = Region.objects.bulk_create(
                Region(
                    uid=uid("region", row["code"]),
                    scheme=EXAMPLE,
                    level=Level.VILLAGE,
                    kind=Kind.VILLAGE,
                    **row,
                )
                for row in batch
            )
            RegionCode.objects.bulk_create(
                RegionCode(region=region, scheme=EXAMPLE, code=region.code) for region in made
            )
        if not rows.is_empty():
            RegisterVersion.mark(clock(), EXAMPLE)
    return rows.height


def _missing(province: str) -> pl.DataFrame:
    """Lay out the example villages that are not there yet: code, name, parent_id and the keys of the name."""
    villages = Region.objects.filter(
        level=Level.VILLAGE, valid_to=None, parent__parent__parent__code=province
    ).order_by("parent__code", "code")
    fields = ("parent__parent__code", "parent__code", "parent_id")
    wanted = Counter(villages.real().values_list(*fields))
    wanted.subtract(villages.examples().values_list(*fields))
    last: dict[str, int] = {}
    for code, regency in villages.examples().values_list("code", "parent__parent__code"):
        last[regency] = max(last.get(regency, 0), int(code[-3:]))
    made = []
    for (regency, district, parent), count in sorted(wanted.items()):
        for _ in range(count):
            number = last[regency] = last.get(regency, 0) + 1
            made.append((example_code(district, number), f"Contoh {number:03d}", parent))
    frame = pl.DataFrame(
        made, schema={"code": pl.String, "name": pl.String, "parent_id": pl.Int64}, orient="row"
    )
    reading = content.reading()
    return frame.with_columns(
        naming.sort_key(pl.col("name"), reading).alias("sort_key"),
        naming.search_key(pl.col("name"), reading).alias("search_key"),
    )
