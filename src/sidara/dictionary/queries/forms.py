"""Forms as they are asked, at their version of today or an earlier one; tasks of a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sidara.dictionary import models
from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.forms import (
    Questionnaire,
    Size,
    Task,
    joined,
    questionnaire,
    size,
    version_hash,
)
from sidara.dictionary.formats import content_file
from sidara.dictionary.formats import xlsform as xlsform_file
from sidara.dictionary.queries.revisions import READ, Saved, _saved, dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.kept import Kept
from sidara.records.prepared import Prepared, slot


@dataclass(frozen=True)
class FormAsked:
    """A form at a version, with the dictionary that its version was made in."""

    questionnaire: Questionnaire
    version: int
    digest: str
    size: Size
    dictionary: Dictionary


KEPT_FORMS = 256
"""How many forms are kept ready: their hash takes a tenth of a second, and every save asks for it."""
_asked: Kept[FormAsked | None] = Kept(KEPT_FORMS)
_VERSION = Prepared(
    lambda: (
        models.FormVersion.objects.filter(
            form=slot(models.FormVersion, "form"), number=slot(models.FormVersion, "number")
        )
        .order_by("pk")
        .values_list("revision_id")[:1]
    )
)


@dataclass(frozen=True)
class FormStated:
    """A form in a list: code, version, size."""

    code: str
    version: int
    size: Size


def forms(actor: Actor) -> tuple[FormStated, ...]:
    """List the forms in force, in the order of sectors."""
    made = dictionary(actor)
    numbers = _numbers(made)
    return tuple(FormStated(code, numbers.get(code, 1), size(made, code)) for code in made.forms)


def _numbers(made: Dictionary) -> dict[str, int]:
    """Give the version of each form: of its numbers so far that whose hash it has; 1 before any load."""
    rows = models.FormVersion.objects.filter(revision_id__lte=made.revision)
    found: dict[str, dict[str, int]] = {}
    for form, number, digest in rows.values_list("form", "number", "digest"):
        found.setdefault(form, {})[digest] = number
    return {
        form: next(iter(numbers.values())) if len(numbers) == 1 else numbers[version_hash(made, form)]
        for form, numbers in found.items()
        if form in made.forms
    }


@dataclass(frozen=True)
class VersionMove:
    """A form that comes to another version; `before` is 0 for a new form."""

    form: str
    before: int
    after: int


def version_moves(actor: Actor, start: Dictionary, new: Dictionary) -> tuple[VersionMove, ...]:
    """Say which forms come to another version; one that had its hash before comes back to that number."""
    require(actor, READ)
    known: dict[str, dict[str, int]] = {}
    for code, number, digest in models.FormVersion.objects.values_list("form", "number", "digest"):
        known.setdefault(code, {})[digest] = number
    found = []
    for code in new.forms:
        numbers = known.get(code, {})
        digest = version_hash(new, code)
        before = numbers.get(version_hash(start, code), 0) if code in start.forms else 0
        after = numbers.get(digest) or max(numbers.values(), default=0) + 1
        if before != after:
            found.append(VersionMove(code, before, after))
    return tuple(found)


def form(actor: Actor, code: str, version: int | None = None) -> FormAsked | None:
    """Give a form as it is asked, today or at an earlier version; `None` when there is none.

    What was laid out once is kept for the same dictionary.
    """
    require(actor, READ)
    if version is None:
        made = dictionary(actor)
        number = _numbers(made).get(code, 1)
    else:
        row = _VERSION.first(form=code, number=version)
        if row is None:
            return form(actor, code) if version == 1 and not models.Revision.objects.exists() else None
        made, number = dictionary(actor, row[0]), version
    if code not in made.forms:
        return None
    held = _asked.of(made, code, lambda: _laid_out(made, code))
    return None if held is None else replace(held, version=number)


def _laid_out(made: Dictionary, code: str) -> FormAsked | None:
    asked = questionnaire(made, code)
    return None if asked is None else FormAsked(asked, 0, version_hash(made, code), size(made, code), made)


def xlsform(actor: Actor, code: str, version: int | None = None) -> bytes | None:
    """Give a form as an XLSForm workbook; `None` when there is none."""
    found = form(actor, code, version)
    return xlsform_file.write(found.dictionary, found.questionnaire, f"v{found.version}") if found else None


def form_versions(actor: Actor, code: str) -> tuple[tuple[int, str, Saved], ...]:
    """List the versions of a form, the newest first: number, hash, the revision that first had it."""
    require(actor, READ)
    rows = models.FormVersion.objects.filter(form=code).select_related("revision").order_by("-number")
    return tuple((row.number, row.digest, _saved(row.revision, 0)) for row in rows)


def tasks(actor: Actor, due: Mapping[str, date]) -> tuple[Task, ...]:
    """Join the small forms of a place into tasks by due day; `due` says when each form is due."""
    made = dictionary(actor)
    rule = content_file.tasks()
    sizes = {code: size(made, code).asked_cells for code in made.forms if code in due}
    lists = {one.form for one in made.lists.values()}
    alone = {code: rule["small_cells"] + 1 if code in lists else cells for code, cells in sizes.items()}
    found = joined(alone, due, small=rule["small_cells"], together=rule["joined_cells"])
    return tuple(
        Task(one.due, one.forms, sum(sizes[code] for code in one.forms), one.is_joined) for one in found
    )
