"""Wiring of `warehouse`."""

from django.apps import AppConfig

from sidara.collection.signals import dataset_imported


class WarehouseConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.warehouse"
    label = "warehouse"

    def ready(self) -> None:
        """Listen for imports, so that pages follow without a further command."""
        from sidara.warehouse import jobs

        dataset_imported.connect(jobs.follow_import, dispatch_uid="warehouse.follow_import")
