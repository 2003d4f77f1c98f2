"""The JSON Schemas beside the content of entries: made from the dataclasses, so that both say the same."""

import json
from collections.abc import Mapping

from sidara.dictionary.core.reading import schema
from sidara.dictionary.core.words import Thing

SCHEMAS: Mapping[str, Mapping[Thing, bool]] = {
    "sectors.schema.json": {Thing.SECTOR: True},
    "agencies.schema.json": {Thing.AGENCY: True},
    "concepts.schema.json": {Thing.CONCEPT: True},
    "units.schema.json": {Thing.UNIT: True},
    "parameters.schema.json": {Thing.PARAMETER: True},
    "tables.schema.json": {Thing.TABLE: True},
    "indicators.schema.json": {Thing.INDICATOR: True},
    "activities.schema.json": {Thing.ACTIVITY: True},
    "windows.schema.json": {Thing.WINDOW: True},
    "milestones.schema.json": {Thing.MILESTONE: True},
    "classifications/classification.schema.json": {Thing.CLASSIFICATION: False},
    "forms/form.schema.json": {Thing.FORM: False, Thing.VARIABLE: True},
    "lists/list.schema.json": {Thing.LIST: False},
    "feeds/feed.schema.json": {Thing.FEED: False},
}
"""Schema file below `content/` -> the kinds in its files; `True` = a list of them."""


def made(name: str) -> str:
    """Give the text of a schema file."""
    return json.dumps(schema(SCHEMAS[name]), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
