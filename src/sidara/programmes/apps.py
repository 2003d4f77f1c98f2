"""Wiring of `programmes`."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
