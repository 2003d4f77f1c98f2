"""The noun `plan`: look codes up, bring plans in."""

import typer

from sidara.programmes.cli import codes

app = typer.Typer(
    no_args_is_help=True,
    help="""Rencana: kode yang dipakai, jenis kegiatan, dan siapa yang berwenang.

    Contoh: sidara plan nomenclature "kapasitas aparatur" --government kabupaten_kota --year 2027""",
)
app.command("nomenclature")(codes.nomenclature)
app.command("kind")(codes.kind)
