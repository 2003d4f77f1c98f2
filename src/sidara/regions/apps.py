"""Wiring of `regions`."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.regions"
    label = "regions"
