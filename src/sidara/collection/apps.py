"""Wiring of `collection`: the epoch of the records is made with their tables."""

import uuid
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_epoch(sender: AppConfig, using: str, **_more: Any) -> None:
    """Make the epoch of the records where there is none yet."""
    store: Any = sender.get_model("Store")
    store.objects.using(using).get_or_create(id=1, defaults={"epoch": uuid.uuid4()})


class CollectionConfig(AppConfig):
    """The room as a Django application."""

    name = "sidara.collection"
    label = "collection"

    def ready(self) -> None:
        """Listen to the end of each migration."""
        post_migrate.connect(make_epoch, sender=self)
