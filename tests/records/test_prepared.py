"""Questions worded once give what the ORM gives, with each value, on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from sidara.accounts import models
from sidara.accounts.models import LogIn as LogInRow
from sidara.records.bulk import FEW, insert_records, insert_rows, update_rows
from sidara.records.cursors import pipelined
from sidara.records.prepared import Prepared, insert, slot, together

pytestmark = pytest.mark.django_db

ACCOUNTS = Prepared(lambda: models.Account.objects.filter(pk=slot(models.Account, "id")))
GRANTS = Prepared(
    lambda: (
        models.Grant.objects.filter(
            account_id=slot(models.Grant, "account"), valid_from__lte=slot(models.Grant, "day", "valid_from")
        )
        .filter(Q(valid_to=None) | Q(valid_to__gte=slot(models.Grant, "day", "valid_to")))
        .values_list("id", "role", "is_everywhere", "valid_from", "valid_to", "granted_at", "account__name")
    )
)
DAYS = (date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))


@pytest.fixture
def people() -> list[models.Account]:
    """Two persons with grants of different days."""
    made_at, who = datetime(2026, 1, 1, 7, 30, tzinfo=UTC), uuid4()
    made = []
    for name in ("ana", "budi"):
        one = models.Account.objects.create(
            login_name=name, name=name.title(), created_at=made_at, created_by_id=who
        )
        made.append(one)
        for role, start, end in (("admin", DAYS[1], None), ("operator", DAYS[1], DAYS[2])):
            models.Grant.objects.create(
                account=one,
                role=role,
                is_everywhere=name == "ana",
                valid_from=start,
                valid_to=end,
                granted_at=made_at,
                granted_by_id=who,
            )
    return made


@pytest.mark.parametrize("day", DAYS)
def test_rows_are_those_of_the_orm(people: list[models.Account], day: date) -> None:
    for one in people:
        asked = GRANTS.rows(account=one.pk, day=day)
        rows = models.Grant.objects.filter(account=one, valid_from__lte=day)
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=day))
        names = ("id", "role", "is_everywhere", "valid_from", "valid_to", "granted_at", "account__name")
        assert asked == list(rows.values_list(*names))
        assert GRANTS.first(account=one.pk, day=day) == (asked[0] if asked else None)
        assert all(isinstance(row[0], UUID) and isinstance(row[2], bool) for row in asked)


def test_models_are_those_of_the_orm(people: list[models.Account]) -> None:
    for one in people:
        found = ACCOUNTS.model(id=one.pk)
        assert found is not None
        stored = models.Account.objects.get(pk=one.pk)
        assert {name: getattr(found, name) for name in vars(stored) if name != "_state"} == {
            name: value for name, value in vars(stored).items() if name != "_state"
        }
        found.name = "Ubah"
        found.save()
        assert models.Account.objects.get(pk=one.pk).name == "Ubah"
    assert ACCOUNTS.model(id=uuid4()) is None


def test_a_value_is_never_words_of_the_question(people: list[models.Account]) -> None:
    named = Prepared(
        lambda: models.Account.objects.filter(name=slot(models.Account, "name")).values_list("pk")
    )
    models.Account.objects.filter(pk=people[0].pk).update(name="x' OR 1=1 --%s")
    assert named.rows(name="x' OR 1=1 --%s") == [(people[0].pk,)]
    assert named.rows(name="' OR ''='") == []


def test_it_is_one_question_each_time(people: list[models.Account]) -> None:
    with CaptureQueriesContext(connection) as asked:
        for one in people:
            GRANTS.rows(account=one.pk, day=DAYS[1])
    assert len(asked) == len(people)


def test_questions_asked_together_have_their_own_answers_in_order(people: list[models.Account]) -> None:
    asked = [{"account": one.pk, "day": day} for one in people for day in DAYS]
    nobody = {"id": uuid4()}
    *grants, none, found = together(
        *((GRANTS, one) for one in asked), (ACCOUNTS, nobody), (ACCOUNTS, {"id": people[0].pk})
    )
    assert grants == [GRANTS.rows(**one) for one in asked]
    assert none == []
    assert [ACCOUNTS.as_model(one) for one in found] == [people[0]]
    assert together() == []


def test_what_is_sent_together_is_seen_by_what_comes_after_it_and_a_fault_is_told(
    people: list[models.Account],
) -> None:
    made = [
        models.Account(login_name=name, created_at=people[0].created_at, created_by_id=people[0].pk)
        for name in ("cici", "dodo")
    ]
    with pipelined():
        for one in made:
            insert(one)
        assert ACCOUNTS.model(id=made[1].pk) == made[1]
    assert ACCOUNTS.model(id=made[0].pk) == made[0]
    twice = models.Account(login_name="cici", created_at=people[0].created_at, created_by_id=people[0].pk)
    with pytest.raises(IntegrityError), transaction.atomic(), pipelined():
        insert(twice)
    assert models.Account.objects.filter(login_name="cici").count() == 1


def test_a_value_that_is_missing_is_a_fault_of_ours(people: list[models.Account]) -> None:
    with pytest.raises(KeyError):
        GRANTS.rows(account=people[0].pk)


def test_a_row_inserted_in_kept_words_is_that_of_the_orm(people: list[models.Account]) -> None:
    made = models.Account(
        login_name="cici",
        name="x' OR 1=1 --%s",
        function="Kaur",
        created_at=datetime(2026, 2, 1, 3, 4, 5, 678, tzinfo=UTC),
        created_by_id=people[0].pk,
    )
    insert(made)
    stored = models.Account.objects.filter(login_name="cici").get()
    fields = [one.attname for one in models.Account._meta.concrete_fields]
    assert {name: getattr(stored, name) for name in fields} == {name: getattr(made, name) for name in fields}
    made.function = "Kasi"
    made.save()
    assert models.Account.objects.filter(login_name="cici").get().function == "Kasi"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(models.Account(login_name="cici", created_at=made.created_at, created_by_id=people[0].pk))


def test_what_is_asked_by_id_is_the_account_or_its_fault(people: list[models.Account]) -> None:
    for one in people:
        assert models.Account.objects.get(pk=one.pk) == one
        assert models.Account.objects.get(pk=str(one.pk)).name == one.name
    with pytest.raises(models.Account.DoesNotExist):
        models.Account.objects.get(pk=uuid4())


@pytest.mark.parametrize("around", [nullcontext, pipelined])
@pytest.mark.parametrize("count", [0, 1, 2, FEW, FEW + 1])
def test_so_many_rows_are_written_and_changed(
    people: list[models.Account], count: int, around: Callable[[], AbstractContextManager[None]]
) -> None:
    names = ("id", "password", "login_name", "name", "function", "is_active", "created_at")
    names = (*names, "created_by_id", "created_by_name")
    at = datetime(2026, 2, 1, tzinfo=UTC)
    ids = [uuid4() for _ in range(count)]
    rows = [(pk, "", f"n-{at_}", "", "", True, at, people[0].pk, "") for at_, pk in enumerate(ids)]
    with around():
        insert_records(models.Account, names, iter(rows))
    rows_there = models.Account.objects.filter(login_name__startswith="n-")
    assert {one.pk for one in rows_there} == set(ids)
    insert_rows("accounts_grantregion", ("grant_id", "region_id"), [])
    given = [(f"m-{at_}", pk.hex if connection.vendor == "sqlite" else pk) for at_, pk in enumerate(ids)]
    update_rows("accounts_account", ("login_name",), iter(given))
    assert sorted(models.Account.objects.filter(pk__in=ids).values_list("login_name", flat=True)) == sorted(
        one[0] for one in given
    )


def test_words_that_are_asked_again_are_kept_by_a_server_and_answer_as_before(
    people: list[models.Account],
) -> None:
    """PostgreSQL keeps them planned, and a moment still comes in the zone of the records."""
    asked = [GRANTS.rows(account=one.pk, day=day) for one in people for day in DAYS * 3]
    with CaptureQueriesContext(connection) as usual:
        rows = [
            list(models.Grant.objects.filter(account=one, valid_from__lte=day).values_list("id"))
            for one in people
            for day in DAYS
        ]
    assert len(usual) == len(rows)
    assert {one[5].utcoffset() for found in asked for one in found} == {timedelta(0)}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%grant%"])
            assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("number", [1, 40_000, 3_000_000_000])
def test_numbers_of_every_width_are_written(people: list[models.Account], number: int) -> None:
    log = LogInRow(id=number, at=people[0].created_at, name_key="a", address_key="b", is_success=True)
    log.account_id, log.device_key, log.method = people[0].pk, "", "password"
    log.address = "203.0.113.7"
    insert(log)
    asked = Prepared(lambda: LogInRow.objects.filter(pk=slot(LogInRow, "id")).values_list("pk", "is_success"))
    assert asked.rows(id=number) == [(number, True)]
    assert asked.rows(id=number + 1) == []
