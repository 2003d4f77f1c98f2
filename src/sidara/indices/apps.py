"""Wiring of `indices`."""

from django.apps import AppConfig

from sidara.collection.signals import dataset_imported


class IndicesConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.indices"
    label = "indices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for imports, so that disagreements are known with the figures."""
        from sidara.indices import jobs

        dataset_imported.connect(jobs.follow_import, dispatch_uid="indices.follow_import")
