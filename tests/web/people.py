"""Who asks in tests of pages: one of the cast, logged in."""

from django.contrib.auth import get_user_model
from django.test import Client

from tests.world import World


def client(world: World, login: str) -> Client:
    """A browser of a person of the cast, without its script."""
    made = Client()
    made.force_login(get_user_model().objects.get(pk=world.ids[login]))
    return made
