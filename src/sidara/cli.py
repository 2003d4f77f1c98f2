"""The command `sidara`: collects the commands of each room and gives exit codes their meaning.

Data go to standard output, progress and faults to standard error. Exit codes: `kernel.exits`.
"""

import copy
import importlib
import importlib.util
import os
import sys

import django
import typer
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError

from sidara.kernel.actor import NotAllowed
from sidara.kernel.exits import Exit
from sidara.rooms import FRONT, ROOMS
from sidara.ui import usage
from sidara.ui.help import in_indonesian

ROOT_HELP = """SIDARA, sistem data desa. Setiap perintah: sidara NOUN VERB; `--help` memberi contoh.

Kode keluar: 0 baik, 2 sebagian ditolak atau berselisih, 1 ditolak atau kesalahan kami, 64 salah pakai.
"""


USAGE_FAULT = 2
"""The exit code that Typer gives its own usage faults; ours is `Exit.USAGE`."""


def build() -> typer.Typer:
    """Put the `APPS` of each room's `cli` under one command; needs Django to be set up.

    Where two rooms speak under one noun, the commands of the higher room join those of the lower.
    """
    nouns: dict[str, typer.Typer] = {}
    root = typer.Typer(name="sidara", help=ROOT_HELP, no_args_is_help=True, add_completion=False)
    root.callback(help=ROOT_HELP)(prepare)
    for room in (*ROOMS, *FRONT[:-1]):
        name = f"sidara.{room}.cli"
        if importlib.util.find_spec(name) is None:
            continue
        for noun, app in importlib.import_module(name).APPS.items():
            if not isinstance(app, typer.Typer):
                root.command(name=noun)(app)
            elif noun in nouns:
                nouns[noun].registered_commands += app.registered_commands
            else:
                nouns[noun] = copy.copy(app)
                nouns[noun].registered_commands = [*app.registered_commands]
                root.add_typer(nouns[noun], name=noun)
    return in_indonesian(root)


def prepare() -> None:
    """Bring the records up to date before any command."""
    call_command("migrate", verbosity=0, interactive=False)


def main() -> None:
    """Run the command line and leave with a code from `kernel.exits`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
    try:
        django.setup()
        code = build()(standalone_mode=False)
    except typer.TyperException as fault:
        usage.say(fault)
        code = Exit.USAGE if fault.exit_code == USAGE_FAULT else Exit.REFUSED
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Dibatalkan. Tidak ada yang berubah.", err=True)
        code = Exit.REFUSED
    except ImproperlyConfigured as fault:
        typer.echo(str(fault), err=True)
        code = Exit.REFUSED
    except DatabaseError as fault:
        typer.echo(
            f"Catatan SIDARA tidak dapat dibaca atau ditulis ({fault}). Periksa ruang simpan dan hak tulis "
            "SIDARA_HOME; bila berkasnya rusak, pulihkan dari cadangan.",
            err=True,
        )
        code = Exit.REFUSED
    except NotAllowed as fault:
        typer.echo(str(fault), err=True)
        code = Exit.REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.GOOD
    sys.exit(int(code or 0))
