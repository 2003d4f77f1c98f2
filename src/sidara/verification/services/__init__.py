"""Commands of `verification`: send, withdraw, endorse, correct; accept, return, close; receipts; many.

Each is named by its author's message id: the same message again gets the answer that was given. A decision,
the levels that it brings, how the submission stands and the lock of the cells are written in one transaction,
or none of them.
"""

from sidara.verification.services.acting import Outcome
from sidara.verification.services.closing import Closed, close_batch
from sidara.verification.services.receiving import Receipted, record_receipt, withdraw_receipt
from sidara.verification.services.together import Order, act_together
from sidara.verification.services.verifying import accept_cells, accept_quiet, return_cells
from sidara.verification.services.village import (
    CORRECT,
    ENDORSE,
    SEND,
    WITHDRAW,
    correct_cells,
    endorse_submission,
    send_submission,
    withdraw_submission,
)

__all__ = [
    "CORRECT",
    "ENDORSE",
    "SEND",
    "WITHDRAW",
    "Closed",
    "Order",
    "Outcome",
    "Receipted",
    "accept_cells",
    "accept_quiet",
    "act_together",
    "close_batch",
    "correct_cells",
    "endorse_submission",
    "record_receipt",
    "return_cells",
    "send_submission",
    "withdraw_receipt",
    "withdraw_submission",
]
