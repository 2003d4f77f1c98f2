"""The WSGI application that granian serves."""

import gc
import os
import sys
from contextlib import suppress
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
application = get_wsgi_application()
TURN = 0.0005
"""For how many seconds a thread goes on while others of its process wait. Who has the turn to write is among
those that wait, after each answer of PostgreSQL."""


def made_ready() -> Any:
    """Give the application once a process has laid out what its first request would wait for.

    The engines, addresses with their views, the dictionary, its rules and their reader; without records the
    first request says what is wrong. What was laid out stays as long as the process, so the collector of
    garbage need not go through it again and again.
    """
    from django.db import DatabaseError, connection
    from django.urls import reverse

    from sidara.checks import queries as checks
    from sidara.collection import queries as collection
    from sidara.dictionary import queries as dictionary
    from sidara.kernel.actor import PUBLIC
    from sidara.warehouse import queries as warehouse

    sys.setswitchinterval(TURN)
    warehouse.load_engines()
    reverse("tasks")
    with suppress(DatabaseError):
        made = dictionary.dictionary(PUBLIC)
        checks.rules_of(PUBLIC, made)
        collection.reader_of(PUBLIC, made)
    if not connection.in_atomic_block:
        connection.close()
    gc.collect()
    gc.freeze()
    return application
