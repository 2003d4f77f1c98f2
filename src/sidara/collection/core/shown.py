"""A cell as people read and type it in a sheet, and back: labels instead of codes, states as words.

`tidak ada`, `tidak tahu`, `tidak berlaku` and `hapus` are typed as such. Where an option has the same words
(`Tidak ada`), the words mean the option, and the state is written `keadaan: tidak ada`; a text that is a
state's word is written `nilai: tidak ada`, and one that is the word of copying `nilai: salin`. `shown` then
`understood` give the same content.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sidara.collection.core.answering import CLEARED
from sidara.collection.core.submission import Content
from sidara.dictionary.core import Column, Dictionary, Option, Type, Variable
from sidara.kernel.cell import State

STATE_MARK, VALUE_MARK = "keadaan:", "nilai:"
BETWEEN = "; "
"""Between several options of one cell."""
YES, NO = "ya", "tidak"
WORDS: Mapping[str, State] = {one.words: one for one in (State.NONE, State.UNKNOWN, State.NOT_APPLICABLE)} | {
    CLEARED: State.EMPTY
}
"""What may be typed instead of a value, in the order in which it is offered."""
COPY = "salin"
"""Typed instead of a value: what is offered beside the box is taken over; `salin 2`: from the second one."""
_COPY = re.compile(rf"{COPY}(?: ?([1-9][0-9]?))?")


def shown(dictionary: Dictionary, asked: Variable | Column, content: Content) -> str:
    """Write the content of a cell as a sheet shows it; empty where there is none."""
    if content.state is State.EMPTY:
        return ""
    labels = labels_of(asked.type, options_of(dictionary, asked))
    if content.value is None:
        words = content.state.words
        return f"{STATE_MARK} {words}" if words in _folded(labels) else words
    return _value(asked, labels, content.value)


def _value(asked: Variable | Column, labels: Mapping[str, str], value: str) -> str:
    if asked.type is Type.YES_NO:
        return YES if value == "true" else NO
    if asked.type is Type.CHOICE:
        return labels.get(value, value)
    if asked.type is Type.CHOICES:
        return BETWEEN.join(labels.get(code, code) for code in value.split(" "))
    word = _fold(value)
    is_word = word in _STATES or _COPY.fullmatch(word) is not None
    is_read_otherwise = is_word or word.startswith((VALUE_MARK, STATE_MARK))
    return f"{VALUE_MARK} {value}" if is_read_otherwise else value


def copy_of(text: str) -> int | None:
    """Read the word that takes over what is offered: number of the source, 0 where none is named."""
    found = _COPY.fullmatch(_fold(text))
    return None if found is None else int(found[1] or 0)


def understood(dictionary: Dictionary, asked: Variable | Column | None, text: str) -> tuple[str, str]:
    """Read what stands in a cell of a sheet: state (empty = as the value says) and value, as in `Given`.

    What is not understood is given as it stands, so that the form refuses it with its own finding.
    """
    said = " ".join(text.split()).casefold()
    if said.startswith(VALUE_MARK):
        return State.VALUE.value, text.strip()[len(VALUE_MARK) :].strip()
    if said.startswith(STATE_MARK):
        return said.removeprefix(STATE_MARK).strip(), ""
    if asked is not None and (asked.is_choice or asked.type is Type.YES_NO):
        found = _codes(asked, options_of(dictionary, asked), said)
        if found is not None:
            return State.VALUE.value, found
    state = _STATES.get(said)
    if state is not None:
        return (CLEARED if state is State.EMPTY else state.value), ""
    return "", text


def _codes(asked: Variable | Column, options: tuple[Option, ...], said: str) -> str | None:
    """Find the code of one option, or the codes of several."""
    if asked.type is Type.YES_NO:
        return {YES: "true", "true": "true", NO: "false", "false": "false"}.get(said)
    codes = _folded_codes(options)
    if asked.type is Type.CHOICE:
        return codes.get(said)
    parts = [codes.get(part.strip()) for part in said.split(BETWEEN.strip()) if part.strip()]
    if None in parts or not parts:
        return None
    return " ".join(part for part in parts if part is not None)


def offered(dictionary: Dictionary, asked: Variable | Column) -> tuple[str, ...]:
    """Give what a drop-down of a cell offers: its options, then the states that no option says already."""
    labels = labels_of(asked.type, options_of(dictionary, asked))
    options: tuple[str, ...] = ()
    if asked.type is Type.YES_NO:
        options = (YES, NO)
    elif asked.type is Type.CHOICE:
        options = tuple(labels.values())
    return (*options, *(word for word in WORDS if word not in _folded(labels)))


def options_of(dictionary: Dictionary, asked: Variable | Column) -> tuple[Option, ...]:
    """Give the options of a choice; none for other types."""
    return dictionary.options_of(asked) if asked.is_choice else ()


@lru_cache(maxsize=1024)
def labels_of(kind: Type, options: tuple[Option, ...]) -> Mapping[str, str]:
    """Give code -> label as a sheet shows it: labels that cannot be told apart carry their code."""
    seen: dict[str, int] = {}
    for one in options:
        for word in {_fold(one.label), _fold(one.code)}:
            seen[word] = seen.get(word, 0) + 1
    made: dict[str, str] = {}
    for one in options:
        is_plain = seen[_fold(one.label)] == 1 and not (kind is Type.CHOICES and ";" in one.label)
        made[one.code] = (
            one.label if is_plain else one.code if kind is Type.CHOICES else f"{one.label} [{one.code}]"
        )
    return made


@lru_cache(maxsize=1024)
def _folded_codes(options: tuple[Option, ...]) -> Mapping[str, str]:
    """Give what people may type -> code: labels as shown, then labels and codes that mean one option only."""
    made: dict[str, str] = {}
    for kind in (Type.CHOICE, Type.CHOICES):
        made |= {_fold(label): code for code, label in labels_of(kind, options).items()}
    for words in ({one.code: one.code for one in options}, {one.code: one.label for one in options}):
        for code, word in words.items():
            made.setdefault(_fold(word), code)
    return made


def _folded(labels: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_fold(one) for one in labels.values())


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _typed() -> Iterator[tuple[str, State]]:
    for state in State:
        if state is not State.VALUE:
            yield state.words, state
            yield state.value, state
    yield CLEARED, State.EMPTY


_STATES: Mapping[str, State] = dict(_typed())
