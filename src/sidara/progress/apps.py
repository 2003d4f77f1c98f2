"""Wiring of `progress`."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.progress"
    label = "progress"
    default_auto_field = "django.db.models.BigAutoField"
