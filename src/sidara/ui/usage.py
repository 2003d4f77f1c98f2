"""Wrong usage of a command, told as everything else is: in Indonesian, what is wrong and the way out.

The library that reads the command line words its faults in English. What it says is known by pattern; a
sentence of a command of ours passes as it is.
"""

import re

import typer

from sidara.ui import terminal

HELP = "NoArgsIsHelpError"
"""What is raised where a noun stands without a verb: the help itself, which is no fault."""
_TOLD = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"No such option: (.+)", r"Pilihan \1 tidak dikenal."),
        (r"No such command '(.+)'\.", r"Perintah \1 tidak ada."),
        (r"Missing command\.", r"Sebutkan perintahnya."),
        (r"Got unexpected extra argument\(s\) \((.+)\)", r"Kata ini tidak dipakai perintahnya: \1."),
        (r"Option '(.+)' does not take a value\.", r"Pilihan \1 ditulis tanpa isi."),
        (r"Option '(.+)' requires an argument\.", r"Pilihan \1 perlu isi."),
        (r"Option '(.+)' requires (\d+) arguments\.", r"Pilihan \1 perlu \2 isi."),
        (r"Argument '(.+)' takes (\d+) values\.", r"\1 perlu \2 isi."),
        (r"Input should be a valid integer.*", r"tulis bilangan bulat."),
        (r"Input should be a valid number.*", r"tulis angka."),
        (r"Input should be a valid UUID.*", r"tulis sebuah UUID."),
        (r"Input should be greater than or equal to (\S+)", r"paling kecil \1."),
        (r"Input should be less than or equal to (\S+)", r"paling besar \1."),
        (r"(?:Value error, )?'(.+)' is not one of (.+)\.", r"\1 tidak dikenal; pilih \2."),
        (r"(?:file|dir|path) '(.+)' does not exist\.", r"\1 tidak ada."),
        (r"(?:file|dir|path) '(.+)' is a file\.", r"\1 berkas, bukan folder."),
        (r"(?:file|dir|path) '(.+)' is a directory\.", r"\1 folder, bukan berkas."),
        (r"(?:file|dir|path) '(.+)' is not readable\.", r"\1 tidak boleh dibaca."),
        (r"(?:file|dir|path) '(.+)' is not writable\.", r"\1 tidak boleh ditulis."),
    )
)


def say(fault: typer.TyperException) -> None:
    """Tell on standard error what is wrong with the words of a command, and how to see the right ones."""
    show = getattr(fault, "show", None)
    if type(fault).__name__ == HELP and show is not None:
        show()
        return
    terminal.say(words(fault))
    context = getattr(fault, "ctx", None)
    if context is not None:
        terminal.say(f"Pilihan dan contohnya: {context.command_path} --help")


def words(fault: typer.TyperException) -> str:
    """Give what is wrong as one sentence; the option or argument it is about stands first."""
    said = _translated(str(getattr(fault, "message", "") or ""))
    if hasattr(fault, "param_type"):
        return f"Isi {_name(fault)}."
    meant = ", ".join(sorted(getattr(fault, "possibilities", None) or ()))
    if meant:
        return f"{said} Mungkin yang dimaksud: {meant}."
    name = _name(fault)
    return f"{name}: {said}" if name else said or str(fault)


def _translated(said: str) -> str:
    for pattern, own in _TOLD:
        if match := pattern.fullmatch(said):
            return match.expand(own)
    return said


def _name(fault: typer.TyperException) -> str:
    """Name the option or argument; empty where the fault is of none."""
    hint, parameter = getattr(fault, "param_hint", None), getattr(fault, "param", None)
    if hint is None and parameter is not None:
        hint = parameter.get_error_hint()
    named = hint if isinstance(hint, str) else " / ".join(hint or ())
    return named.replace("'", "")
