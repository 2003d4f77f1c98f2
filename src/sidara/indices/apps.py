"""Wiring of `indices`."""

from django.apps import AppConfig


class IndicesConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.indices"
    label = "indices"
