"""Commands of the indices: `sidara index VERB`, figures (`scores`) and what to do about them (the others)."""

import typer

from sidara.indices.cli import collected, path, scores, sensitivity, whatif

HELP = """Indeks desa: definisi, hitungan, dan penjelasan skor.

Contoh: `sidara index compute idm --input skor.csv --output hasil.csv`
"""

app = typer.Typer(help=HELP, no_args_is_help=True)
APPS: dict[str, typer.Typer] = {"index": app}

app.command("list")(scores.list_indices)
app.command("show")(scores.show)
app.command("compute")(scores.compute)
app.command("collected")(collected.collected)
app.command("explain")(scores.explain)
app.command("disagreements")(scores.disagreements)
app.command("whatif")(whatif.whatif)
app.command("path")(path.path)
app.command("sensitivity")(sensitivity.sensitivity)
