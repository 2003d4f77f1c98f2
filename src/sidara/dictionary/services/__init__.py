"""Writes of the room, actor first: `load` (content), `save` (an edit), `import_form` (XLSForm)."""

from sidara.dictionary.services.saving import Account, VersionMove, import_form, load, save

__all__ = ["Account", "VersionMove", "import_form", "load", "save"]
