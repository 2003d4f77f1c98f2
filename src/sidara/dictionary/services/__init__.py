"""Writes of the room, actor first: `load` (content), `save` (an edit), `import_form` (XLSForm), drafts."""

from sidara.dictionary.queries.forms import VersionMove
from sidara.dictionary.services.drafts import (
    Drafted,
    copy_draft,
    discard_draft,
    drop_entry,
    open_draft,
    publish_draft,
    put_entry,
    put_form,
    rebase_draft,
    reopen_draft,
)
from sidara.dictionary.services.saving import Account, import_form, load, save

__all__ = [
    "Account",
    "Drafted",
    "VersionMove",
    "copy_draft",
    "discard_draft",
    "drop_entry",
    "import_form",
    "load",
    "open_draft",
    "publish_draft",
    "put_entry",
    "put_form",
    "rebase_draft",
    "reopen_draft",
    "save",
]
