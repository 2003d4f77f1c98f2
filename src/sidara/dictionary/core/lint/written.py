"""Faults of expressions: what cannot be read, wrong kinds, circles, inputs of feeds."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from sidara.dictionary.core.expressions import Role, Written, variables_read, written
from sidara.dictionary.core.lint.context import Context
from sidara.dictionary.core.things import Feed, FeedInput
from sidara.dictionary.core.words import Thing
from sidara.expressions import Kind
from sidara.kernel.finding import Finding, Place


def expressions(at: Context) -> Iterator[Finding]:
    """Say of every expression why it cannot be read, what kind it gives, what it reads that nobody asks."""
    for one in written(at.dictionary):
        place = at.place(one.kind, one.code, one.role.value)
        whose = f"{one.kind.words.capitalize()} {one.code}"
        part = f", {one.part}" if one.part not in {"", one.code} else ""
        for fault in at.readings.faults.get((one.text, one.own_list), ()):
            message = f"{whose}{part}: {fault.message} ({one.text})"
            yield Finding(fault.code, message, fault.remedy, fault.severity, place, fault.value)
        expression = at.readings.of(one.text, one.own_list)
        if expression is not None:
            yield from _kind(at, one, expression.kind, f"{whose}{part}", place)
            yield from _without_form(at, one, f"{whose}{part}", place)


def _kind(at: Context, one: Written, kind: Kind | None, whose: str, place: Place) -> Iterator[Finding]:
    wanted: Kind | None = None
    if one.role in {Role.RELEVANCE, Role.WHEN, Role.HOLDS}:
        wanted = Kind.BOOLEAN
    elif one.role is Role.FORMULA and one.kind is not Thing.INDICATOR:
        asked = at.dictionary.asked(one.part)
        wanted = asked.type.kind if asked else None
    elif one.role is Role.FORMULA:
        wanted = Kind.NUMBER
    if wanted is not None and kind not in {None, wanted}:
        say = f"{whose}: di sini perlu {wanted}, tetapi ungkapan memberi {kind} ({one.text})"
        yield Finding("EXPRESSION_KIND", say, "Betulkan ungkapannya.", place=place, value=one.text)


def _without_form(at: Context, one: Written, whose: str, place: Place) -> Iterator[Finding]:
    read = at.readings.of(one.text, one.own_list)
    for name in variables_read(read, at.dictionary.vocabulary, one.own_list) if read else ():
        variable = at.dictionary.variables[name]
        if variable.form not in at.dictionary.forms:
            say = f"{whose}: membaca {name}, yang tidak ada pada formulir mana pun."
            remedy = f"Beri {name} formulir yang ada, atau hapus dari ungkapan."
            yield Finding("READS_UNASKED", say, remedy, place=place, value=name)


def circles(at: Context) -> Iterator[Finding]:
    """Find formulas that need each other, and relevance that needs itself."""
    words = at.dictionary.vocabulary
    for role, column in ((Role.FORMULA, "formula"), (Role.RELEVANCE, "relevance")):
        needs: dict[str, set[str]] = {}
        for variable in at.dictionary.variables.values():
            text = variable.formula if role is Role.FORMULA else variable.relevance
            read = at.readings.of(text) if text else None
            needs[variable.code] = set(variables_read(read, words)) if read else set()
        for code in _in_circle(needs):
            say = "berputar: nilainya bergantung pada dirinya sendiri."
            yield at.say(
                "CIRCLE",
                Thing.VARIABLE,
                code,
                column,
                say,
                "Putuskan lingkarannya pada salah satu ungkapan.",
            )


def feed(at: Context, one: Feed) -> Iterator[Finding]:
    """Say what is wrong with the inputs of a feed."""
    for given in one.inputs:
        yield from _input(at, one.code, given)
    for name, count in Counter(given.input for given in one.inputs).items():
        if count > 1:
            say = f"masukan {name} tertulis dua kali."
            yield at.say("INPUT_TWICE", Thing.FEED, one.code, "inputs", say, "Hapus satu.", name)


def _input(at: Context, feed: str, given: FeedInput) -> Iterator[Finding]:
    for name in given.variables:
        yield from at.unknown(
            "VARIABLE_UNKNOWN", Thing.FEED, feed, "variables", name, at.dictionary.variables
        )
    read = at.readings.of(given.text) if given.text else None
    if read is None:
        if not given.text:
            say = f"masukan {given.input} tanpa ungkapan dan tanpa elemen."
            yield at.say("INPUT_EMPTY", Thing.FEED, feed, "inputs", say, "Tulis salah satunya.")
        return
    names = set(variables_read(read, at.dictionary.vocabulary))
    for name in sorted(names - set(given.variables)):
        say = f"masukan {given.input} membaca {name}, tetapi variables tidak menyebutnya."
        yield at.say("INPUT_VARIABLES", Thing.FEED, feed, "variables", say, "Tambahkan.", name)


def _in_circle(needs: Mapping[str, Collection[str]]) -> list[str]:
    """Give the names that need themselves, directly or through others."""
    left = {name: set(read) & set(needs) for name, read in needs.items()}
    while ready := [name for name, read in left.items() if not read]:
        for name in ready:
            del left[name]
        for read in left.values():
            read.difference_update(ready)
    return [name for name in left if name in _reached(name, left)]


def _reached(start: str, needs: Mapping[str, Collection[str]]) -> set[str]:
    seen: set[str] = set()
    open_names = list(needs[start])
    while open_names:
        name = open_names.pop()
        if name not in seen and name in needs:
            seen.add(name)
            open_names += needs[name]
    return seen
