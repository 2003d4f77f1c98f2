"""Reads of the room; each takes the actor first: the dictionary of any revision, forms, metadata, answers."""

from sidara.dictionary.queries.answered import AnswersRead, cells_of_answers, read_answers
from sidara.dictionary.queries.calendar import opening, openings_between, openings_in
from sidara.dictionary.queries.forms import FormAsked, FormStated, form, form_versions, forms, tasks, xlsform
from sidara.dictionary.queries.meta import SatuData, ms_ind, ms_keg, ms_var, satu_data
from sidara.dictionary.queries.preview import Preview, preview
from sidara.dictionary.queries.revisions import (
    READ,
    Checked,
    EntryVersion,
    Saved,
    check,
    dictionary,
    difference,
    history,
    index_classes,
    notes,
    outside_ids,
    revisions,
    uses,
)

__all__ = [
    "READ",
    "AnswersRead",
    "Checked",
    "EntryVersion",
    "FormAsked",
    "FormStated",
    "Preview",
    "SatuData",
    "Saved",
    "cells_of_answers",
    "check",
    "dictionary",
    "difference",
    "form",
    "form_versions",
    "forms",
    "history",
    "index_classes",
    "ms_ind",
    "ms_keg",
    "ms_var",
    "notes",
    "opening",
    "openings_between",
    "openings_in",
    "outside_ids",
    "preview",
    "read_answers",
    "revisions",
    "satu_data",
    "tasks",
    "uses",
    "xlsform",
]
