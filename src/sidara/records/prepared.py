"""Questions that the ORM words once, asked again and again with other values; new rows in the same way.

A save asks the records some thirty times. Wording such a question in SQL takes the ORM far longer than the
answer takes the database, and the words are the same each time: so a question with slots is worded once in
a process, and then only filled. Values go in and come out through the fields of the models, as always.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from sidara.records.cursors import pipelined, planned

type _Answer = list[tuple[Any, ...]]


class Slot(Expression):
    """A place in a question for a value of a field, which is given when the question is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        """Name the slot; `field` says how its value is written in the database."""
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002 - Django's
        """Give the mark for a parameter, and the slot itself in place of its value."""
        return "%s", (self,)

    def filled(self, values: Mapping[str, Any]) -> Any:
        """Give the value of the slot as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


def slot(model: type[Model], name: str, field: str = "") -> Slot:
    """Give a slot for a value of a field of a model; the field has the name of the slot if none is said."""
    return Slot(name, model._meta.get_field(field or name))  # type: ignore[arg-type]  # noqa: SLF001 - Django's


def insert(record: Model) -> None:
    """Write a new row whose id is said; its values go through their fields, and no signal is sent."""
    sql, fields = _insertion(type(record))
    values = [one.get_db_prep_save(one.pre_save(record, add=True), connection) for one in fields]
    with planned() as cursor:
        cursor.execute(sql, values)
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - Django's


@cache
def _insertion(model: type[Model]) -> tuple[str, tuple[Any, ...]]:
    """Word the insertion of a row; the words are those of both databases."""
    fields = tuple(model._meta.concrete_fields)  # noqa: SLF001 - Django's
    names = ", ".join(f'"{one.column}"' for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', fields  # noqa: S608, SLF001 - our own names


@dataclass(frozen=True)
class _Worded:
    """A question in the words of one kind of database."""

    model: Any
    sql: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]


class Prepared[M: Model]:
    """A question with slots. `words` gives it as a query set, of models or of `values_list`."""

    def __init__(self, words: Callable[[], "QuerySet[M, Any]"]) -> None:
        """Keep the question; it is worded when it is first asked."""
        self._words = words
        self._worded: dict[str, _Worded] = {}

    def rows(self, **values: Any) -> _Answer:
        """Ask with values by the name of their slot; gives tuples in the order of `values_list`."""
        return list(self._asked(values))

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """Ask and give the first row; the question itself says the order, and that one is enough."""
        return next(self._asked(values), None)

    def models(self, **values: Any) -> list[M]:
        """Ask for whole models, without those they refer to."""
        return [self.as_model(row) for row in self._asked(values)]

    def as_model(self, row: tuple[Any, ...]) -> M:
        """Give the model of a row."""
        asked = self._of()
        made: M = asked.model.from_db(DEFAULT_DB_ALIAS, asked.names, row)
        return made

    def model(self, **values: Any) -> M | None:
        """Ask and give the first model."""
        return next(iter(self.models(**values)), None)

    def _asked(self, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        with planned() as cursor:
            self.put(cursor, values)
            rows = cursor.fetchall()
        yield from self.read(rows)

    def put(self, cursor: CursorWrapper, values: Mapping[str, Any]) -> None:
        """Ask by a cursor, without reading the answer."""
        asked = self._of()
        cursor.execute(
            asked.sql, [one.filled(values) if isinstance(one, Slot) else one for one in asked.parameters]
        )

    def read(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Give the rows of an answer as the fields of the models read them."""
        asked = self._of()
        if not asked.converters:
            yield from rows
            return
        for row in rows:
            own = list(row)
            for at, converters, expression in asked.converters:
                value = own[at]
                for converter in converters:
                    value = converter(value, expression, connection)
                own[at] = value
            yield tuple(own)

    def _of(self) -> _Worded:
        """Give the question in the words of the database in use."""
        vendor = connection.vendor
        if vendor not in self._worded:
            self._worded[vendor] = self._word()
        return self._worded[vendor]

    def _word(self) -> _Worded:
        words = self._words()
        compiler = words.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [one for one, _, _ in compiler.select or ()]
        names = tuple(getattr(getattr(one, "target", None), "attname", "") for one in columns)
        converters = compiler.get_converters(columns)
        return _Worded(
            words.model,
            sql,
            tuple(parameters),
            names,
            tuple((at, tuple(some), one) for at, (some, one) in converters.items()),
        )


def together(*questions: tuple[Prepared[Any], Mapping[str, Any]]) -> list[_Answer]:
    """Ask questions with their values; PostgreSQL gets all of them in one message. Gives the rows of each."""
    with ExitStack() as stack:
        stack.enter_context(pipelined())
        cursors = [stack.enter_context(planned()) for _ in questions]
        for (question, values), cursor in zip(questions, cursors, strict=True):
            question.put(cursor, values)
        pairs = zip(questions, cursors, strict=True)
        return [list(question.read(cursor.fetchall())) for (question, _), cursor in pairs]
