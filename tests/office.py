"""The people of a village, each with the cookies of a browser that has logged in; run by `serving.made`.

    python -m tests.office LOGIN=ROLE...

Makes an account for each log-in name on the SIDARA_HOME that it finds, lets it use its one-time code on the
page, and writes `office.json`: what a browser keeps then, by log-in name, as Playwright takes it.
"""

import json
import os
import sys
import time
from http import HTTPStatus
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
django.setup()

from allauth.mfa.totp.internal import auth as totp  # noqa: E402 - Django is set up first
from django.conf import settings  # noqa: E402 - the same
from django.contrib.auth import get_user_model  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same

from sidara.accounts import queries, services  # noqa: E402 - the same
from sidara.kernel.actor import OPERATOR  # noqa: E402 - the same
from sidara.kernel.clock import local_date, now  # noqa: E402 - the same

VILLAGE = "62.01.02.2016"
PASSWORD = "empat kata mudah diingat"
FILE = "office.json"


def logged_in(login: str, role: str) -> dict[str, Any]:
    """Make an account and log it in for the first time; gives the state of its browser.

    `role` may name another area than the village, and a sector: `ROLE@CODE+SECTOR`. Whoever needs codes of
    an app for his rights has them afterwards.
    """
    role, _, where = role.partition("@")
    under, _, sector = where.partition("+")
    made = services.create(
        OPERATOR,
        login_name=login,
        name="",
        function=f"Contoh {role}",
        role=role,
        under=(under or VILLAGE,),
        sectors=(sector,) if sector else (),
    )
    assert made.code, made.findings
    browser = Client(headers={"host": "localhost", "user-agent": "Contoh"})
    said = {"login": login, "code": made.code, "name": f"Contoh {login.title()}"}
    browser.get("/masuk/kode")
    done = browser.post("/masuk/kode", said | {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert (done.status_code, done.request["PATH_INFO"]) == (HTTPStatus.OK, "/akun"), done.content.decode()
    acting = queries.actor_of(OPERATOR, account_id=made.account_id, day=local_date(now()))
    if acting is not None and acting.is_withheld:
        totp.TOTP.activate(get_user_model().objects.get(pk=made.account_id), totp.generate_totp_secret())
    return {"cookies": [cookie(one) for one in browser.cookies.values()], "origins": []}


def cookie(held: Any) -> dict[str, Any]:
    """A cookie as a browser keeps it that met the server under `localhost`."""
    lasts = held["max-age"]
    return {
        "name": held.key,
        "value": held.value,
        "domain": "localhost",
        "path": held["path"],
        "expires": time.time() + int(lasts) if lasts else -1,
        "httpOnly": bool(held["httponly"]),
        "secure": bool(held["secure"]),
        "sameSite": held["samesite"] or "Lax",
    }


if __name__ == "__main__":
    states = {login: logged_in(login, role) for login, role in (one.split("=") for one in sys.argv[1:])}
    (settings.SIDARA_HOME / FILE).write_text(json.dumps(states), encoding="utf-8")
