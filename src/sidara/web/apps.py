"""Wiring of the front door."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The front door as a Django application."""

    name = "sidara.web"
    label = "web"
