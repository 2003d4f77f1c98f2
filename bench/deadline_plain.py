"""The rival of `deadline.py`: cells in a single table behind plain Django views, at the same addresses.

Log-in, session and hash of passwords are those of Django with the bounds of SIDARA; there are no rules, no
history, no rights, no forms: whoever is logged in writes.
A message is not known again: cells are written over.
"""

import json
import os
import sys
from pathlib import Path

import dj_database_url
import django
from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

HOME = Path(os.environ["SIDARA_HOME"])
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
URL = os.environ.get("DATABASE_URL")
RECORDS = (
    dj_database_url.parse(URL) | {"CONN_MAX_AGE": 60}
    if URL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "plain.sqlite3", "OPTIONS": SQLITE}
)
if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": RECORDS},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        PASSWORD_HASHERS=["sidara.web.passwords.Argon2"],
    )
    django.setup()

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User


class Cell(models.Model):
    """One cell."""

    village = models.CharField(max_length=16)
    form = models.CharField(max_length=64)
    period = models.CharField(max_length=10)
    variable = models.CharField(max_length=64)
    breakdown = models.CharField(max_length=64)
    value = models.CharField(max_length=4000)

    class Meta:
        """Once."""

        app_label = "plain"
        db_table = "plain_cell"
        constraints = (
            models.UniqueConstraint(
                fields=("village", "form", "period", "variable", "breakdown"), name="plain_cell_once"
            ),
        )


def enter(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        user = authenticate(request, username=request.POST["login"], password=request.POST["password"])
        if user is not None:
            login(request, user)
            return HttpResponseRedirect("/tugas")
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@login_required
def tasks(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Tugas")


@login_required
def session(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"token": get_token(request)})


@login_required
def bundle(_request: HttpRequest, form: str, code: str, period: str) -> HttpResponse:
    own = Cell.objects.filter(form=form, village=code, period=period)
    cells = list(own.values_list("variable", "breakdown", "value"))
    return JsonResponse({"held": {"revision": 0, "own": cells}})


@login_required
def save(request: HttpRequest, form: str, code: str, period: str) -> HttpResponse:
    with transaction.atomic():
        for one in json.loads(request.body)["cells"]:
            Cell.objects.update_or_create(
                {"value": one["value"]},
                village=code,
                form=form,
                period=period,
                variable=one["variable"],
                breakdown=one["breakdown"],
            )
    return JsonResponse({"held": {"revision": 0}, "faults": [], "refused": []})


@login_required
def send(request: HttpRequest, form: str, code: str, period: str) -> HttpResponse:
    if request.method == "POST":
        own = {"village": code, "form": form, "period": period, "variable": "", "breakdown": ""}
        Cell.objects.update_or_create({"value": "terkirim"}, **own)
        return HttpResponseRedirect(request.path)
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


urlpatterns = [
    path("masuk", enter),
    path("tugas", tasks),
    path("luring/masuk.json", session),
    path("isi/<form>/<code>/<period>/paket.json", bundle),
    path("isi/<form>/<code>/<period>/simpan", save),
    path("kirim/<form>/<code>/<period>", send),
]


def setup() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Cell)
    hashed = make_password("empat kata mudah diingat")
    names = [one[0] for one in json.loads((HOME / "operators.json").read_text())]
    User.objects.bulk_create(User(username=name, password=hashed) for name in names)


def check() -> None:
    told = json.loads((HOME / "acknowledged.json").read_text())
    given = {(village, *cell[:2]): cell[2] for village, cells in told for cell in cells}
    rows = Cell.objects.exclude(variable="").values_list("village", "variable", "breakdown", "value")
    stored = {tuple(row[:3]): row[3] for row in rows}
    lost = sum(stored.get(key) != value for key, value in given.items())
    print(json.dumps({"acknowledged": len(given), "lost": lost, "stored": len(stored)}))


if __name__ == "__main__":
    setup() if sys.argv[1:] == ["setup"] else check()
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
