"""Wiring of `verification`."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.verification"
    label = "verification"
