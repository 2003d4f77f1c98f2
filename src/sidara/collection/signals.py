"""What happened in `collection`, sent after commit."""

from django.dispatch import Signal

dataset_imported = Signal()
"""Cells of a data set were stored. Arguments: `dataset` (code), `account`."""

cells_saved = Signal()
"""Cells of a submission were saved. Arguments: `submission` (uid), `revision`."""
