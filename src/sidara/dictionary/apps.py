"""Wiring of `dictionary`."""

from django.apps import AppConfig


class DictionaryConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.dictionary"
    label = "dictionary"
