"""Wiring of `accounts`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """The room as a Django application.

    Rights are the room's own: the tables of permissions and content types that Django's `auth` brings
    stay empty, so that bringing the records up to date does not fill them before each command.
    """

    name = "sidara.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to the library of log-in; fill no tables of permissions."""
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        # Models can be imported only now that all applications are there.
        from django.contrib.contenttypes.management import create_contenttypes

        from sidara.accounts.views import listening

        post_migrate.disconnect(create_contenttypes)
        listening.connect()
