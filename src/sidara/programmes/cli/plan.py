"""The noun `plan`: look codes up, bring plans in."""

import typer

from sidara.programmes.cli import codes, plan_tables, plans

app = typer.Typer(
    no_args_is_help=True,
    help="""Rencana: kode, jenis kegiatan, siapa yang berwenang, dan tabel dari berkas.

    Contoh: sidara plan nomenclature "kapasitas aparatur" --government kabupaten_kota --year 2027""",
)
app.command("nomenclature")(codes.nomenclature)
app.command("kind")(codes.kind)
app.command("import")(plan_tables.import_)
app.command("tables")(plan_tables.tables)
app.command("list")(plans.list_)
app.command("show")(plans.show)
