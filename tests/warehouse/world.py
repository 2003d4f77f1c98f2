"""A small province for the warehouse's tests, as the register's dimension.

    62 Kalimantan Kecil
      62.01 Barat        62.01.01 Hulu     2001 Satu, 2002 Dua, 1003 Tiga (kelurahan)
                         62.01.02 Hilir    2001 Empat
      62.02 Timur        62.02.01 Tengah   2001 Lima, 2002 Enam
      62.71 Kota         62.71.01 Pusat    1001 Tujuh (kelurahan)

The id of a region is the number of its place in this list, from 1.
"""

import polars as pl

PLACES = [
    ("62", "Kalimantan Kecil", "provinsi"),
    ("62.01", "Barat", "kabupaten"),
    ("62.01.01", "Hulu", "kecamatan"),
    ("62.01.01.2001", "Satu", "desa"),
    ("62.01.01.2002", "Dua", "desa"),
    ("62.01.01.1003", "Tiga", "kelurahan"),
    ("62.01.02", "Hilir", "kecamatan"),
    ("62.01.02.2001", "Empat", "desa"),
    ("62.02", "Timur", "kabupaten"),
    ("62.02.01", "Tengah", "kecamatan"),
    ("62.02.01.2001", "Lima", "desa"),
    ("62.02.01.2002", "Enam", "desa"),
    ("62.71", "Kota", "kota"),
    ("62.71.01", "Pusat", "kecamatan"),
    ("62.71.01.1001", "Tujuh", "kelurahan"),
]
IDS = {code: number for number, (code, _, _) in enumerate(PLACES, 1)}
BY_NAME = {name: IDS[code] for code, name, _ in PLACES}


def dimension() -> pl.DataFrame:
    def above(code: str, level: int) -> int | None:
        return IDS[code[: [2, 5, 8][level - 1]]] if code.count(".") >= level - 1 else None

    return pl.DataFrame(
        [
            (IDS[code], code, name, kind, code.count(".") + 1, above(code, 1), above(code, 2), above(code, 3))
            for code, name, kind in PLACES
        ],
        schema={
            "region_id": pl.Int64,
            "code": pl.String,
            "name": pl.String,
            "kind": pl.String,
            "level": pl.Int8,
            "province_id": pl.Int64,
            "regency_id": pl.Int64,
            "district_id": pl.Int64,
        },
        orient="row",
    )
