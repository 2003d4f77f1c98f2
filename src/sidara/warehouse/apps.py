"""Wiring of `warehouse`."""

from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.warehouse"
    label = "warehouse"
