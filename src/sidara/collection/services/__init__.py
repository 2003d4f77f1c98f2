"""Commands of `collection`: save and import cells, lock, redact, keep evidence, root the chains.

What takes cells judges every cell, and writes what is new in one transaction together with the change log.
On SQLite the transaction holds the write lock from its start (BEGIN IMMEDIATE), so that
sequences are given in the order of commit.
"""

from sidara.collection.services.evidencing import keep_evidence, remove_evidence
from sidara.collection.services.filing import Imported, import_cells
from sidara.collection.services.handing import drop_handed, hand_in, import_file, store_handed
from sidara.collection.services.importing import import_table
from sidara.collection.services.locking import lock_submission
from sidara.collection.services.prefilling import prefill_cells
from sidara.collection.services.putting import put_cells
from sidara.collection.services.redacting import decide_redaction, propose_redaction
from sidara.collection.services.rooting import make_root
from sidara.collection.services.saving import Save, Saved, save_cells
from sidara.collection.services.storing import Progress
from sidara.collection.services.uploading import begin_upload, drop_upload, keep_upload, take_part

__all__ = [
    "Imported",
    "Progress",
    "Save",
    "Saved",
    "begin_upload",
    "decide_redaction",
    "drop_handed",
    "drop_upload",
    "hand_in",
    "import_cells",
    "import_file",
    "import_table",
    "keep_evidence",
    "keep_upload",
    "lock_submission",
    "make_root",
    "prefill_cells",
    "propose_redaction",
    "put_cells",
    "remove_evidence",
    "save_cells",
    "store_handed",
    "take_part",
]
