"""References of tables that only grow, held for all rows of a statement at once on PostgreSQL.

PostgreSQL asks for each row whether the row that it names is there, and locks that one: with a file of a
province five hundred thousand questions, which took longer than all the rest. Where what is named is never
deleted and keeps its key (guards see to that), and a row never names another one afterwards, it is enough to
ask once for the rows of a statement. A row that names nothing is refused as before, with the same kind of
error, at the end of its statement. SQLite keeps its foreign keys: there a question costs little.

Used in migrations; the models say nothing of it.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

# The words are made anew each time: a plan that was made for one row would serve a hundred thousand badly.
_FUNCTION = """
CREATE OR REPLACE FUNCTION sidara_refer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_lost boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM fresh f WHERE f.%1$I IS NOT NULL AND NOT EXISTS '
                 '(SELECT FROM %2$I named WHERE named.%3$I = f.%1$I))', TG_ARGV[0], TG_ARGV[1], TG_ARGV[2])
  INTO is_lost;
  IF is_lost THEN
    RAISE EXCEPTION 'a row of % names a % that is not there', TG_TABLE_NAME, TG_ARGV[1]
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$
"""
_TRIGGER = (
    "CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh "
    "FOR EACH STATEMENT EXECUTE FUNCTION sidara_refer('{column}', '{target}', '{key}')"
)
_FOREIGN_KEY = (
    "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {target} ({key}) "
    "DEFERRABLE INITIALLY DEFERRED"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`column` of `table` names a row of `target` by its `key`, and never another one afterwards."""

    table: str
    column: str
    target: str
    key: str

    @property
    def _parts(self) -> dict[str, str]:
        return {
            "name": f"{self.table}_{self.column}_refers",
            "table": self.table,
            "column": self.column,
            "target": self.target,
            "key": self.key,
        }

    def hold_together(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Put the trigger in place of the foreign key."""
        if editor.connection.vendor != "postgresql":
            return
        with editor.connection.cursor() as cursor:
            known = editor.connection.introspection.get_constraints(cursor, self.table)
        for name, one in known.items():
            if one["foreign_key"] and one["columns"] == [self.column]:
                editor.execute(f'ALTER TABLE {self.table} DROP CONSTRAINT "{name}"')
        editor.execute(_FUNCTION, params=None)
        editor.execute(_TRIGGER.format(**self._parts), params=None)

    def hold_singly(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Put the foreign key back."""
        if editor.connection.vendor != "postgresql":
            return
        editor.execute("DROP TRIGGER {name} ON {table}".format(**self._parts))
        editor.execute(_FOREIGN_KEY.format(**self._parts))


def held_together(*references: Reference) -> RunPython:
    """Give the step of a migration that holds references for all rows of a statement at once."""

    def hold(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for one in references:
            one.hold_together(editor)

    def undo(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for one in references:
            one.hold_singly(editor)

    return RunPython(hold, undo)
