"""The dictionary of the package as a rule book, with and without the checks that follow from its items."""

from dataclasses import replace
from functools import cache

from sidara.checks.core import RuleBook, derived, rule_book
from sidara.checks.formats import kinds_file
from sidara.dictionary.core import Dictionary, built
from sidara.dictionary.formats import classes_file, content_file


@cache
def dictionary() -> Dictionary:
    return built(content_file.read(content_file.packaged()).things, classes_file.load())


@cache
def book(*, with_derived: bool = True) -> RuleBook:
    own = rule_book(dictionary())
    return replace(own, rules=(*own.rules, *derived(own, kinds_file.load()))) if with_derived else own
