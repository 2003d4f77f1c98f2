"""How passwords are kept: Argon2id with bounds that eight log-ins at once survive on a small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    Source: OWASP Password Storage Cheat Sheet, first of its equal choices. Django's own 100 MiB would
    take most of a village office's memory when many log in on the last day.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
