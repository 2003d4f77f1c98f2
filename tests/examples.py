"""Gives the SIDARA_HOME that it finds the example villages of the province; run by `serving.made`.

python -m tests.examples
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from sidara.kernel.actor import OPERATOR  # noqa: E402 - Django is set up first
from sidara.kernel.clock import now  # noqa: E402 - the same
from sidara.regions import services  # noqa: E402 - the same

if __name__ == "__main__":
    services.add_examples(OPERATOR, province="62", clock=now)
