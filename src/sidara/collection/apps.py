"""Wiring of `collection`."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.collection"
    label = "collection"
