"""Example villages with answers and plans of all levels in a home: `python -m tests.planned 62.07.01`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from sidara.demo import services  # noqa: E402 - Django first
from sidara.kernel.actor import OPERATOR  # noqa: E402 - Django first

if __name__ == "__main__":
    done = services.plan_examples(OPERATOR, province="62", areas=sys.argv[1:], say=lambda _: None)
    assert done.rows
