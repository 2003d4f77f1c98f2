"""Wiring of `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.ui"
    label = "ui"
