"""Wiring of `evidence`."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.evidence"
    label = "evidence"
