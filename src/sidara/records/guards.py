"""Guards of tables that only grow: the database itself refuses to change or remove what must stay.

Used in migrations; the same words refuse on SQLite and on PostgreSQL. A migration that makes SQLite build a
table anew (a changed column) loses its guards there and must set them again.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

_SQLITE = "CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
_SQLITE_UNLESS = (
    "CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN NOT {unless} "
    "BEGIN SELECT RAISE(ABORT, '{words}'); END"
)
_POSTGRESQL_UNLESS = (
    "CREATE OR REPLACE FUNCTION sidara_refuse_unless() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "DECLARE is_open boolean; BEGIN EXECUTE 'SELECT ' || TG_ARGV[1] INTO is_open USING OLD; "
    "IF is_open THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
    "EXECUTE FUNCTION sidara_refuse_unless('{words}', '{unless}')",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION sidara_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION sidara_refuse('{words}')",
)


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger `name` that refuses `event` (`DELETE`, `UPDATE`, `UPDATE OF column`) on `table` with `words`.

    What it refuses ends in `django.db.IntegrityError`. With `unless`, a condition in SQL about the row (its
    columns as `{old}name`), it lets an update pass where that holds.
    """

    name: str
    table: str
    event: str
    words: str
    unless: str = ""

    def set(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Set the guard, in place of one of the same name."""
        self.lift(editor)
        parts = {"name": self.name, "event": self.event, "table": self.table, "words": self.words}
        is_server = editor.connection.vendor == "postgresql"
        if self.unless:
            parts["unless"] = self.unless.format(old="($1)." if is_server else "OLD.")
            statements = _POSTGRESQL_UNLESS if is_server else (_SQLITE_UNLESS,)
        else:
            statements = _POSTGRESQL if is_server else (_SQLITE,)
        for statement in statements:
            editor.execute(statement.format(**parts), params=None)

    def lift(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Take the guard away, if it is there."""
        on_table = f" ON {self.table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {self.name}{on_table}")


def guarded(*guards: Guard) -> RunPython:
    """Give the step of a migration that sets guards, and lifts them when it is undone."""

    def set_all(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in guards:
            guard.set(editor)

    def lift_all(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in reversed(guards):
            guard.lift(editor)

    return RunPython(set_all, lift_all)
