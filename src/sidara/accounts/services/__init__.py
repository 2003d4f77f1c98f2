"""Commands of the room; each takes the actor first, in one transaction: accounts, grants, tokens, devices."""

from sidara.accounts.services.auditing import end_sessions, name_key, note, record_log_in
from sidara.accounts.services.creating import create
from sidara.accounts.services.devices import (
    KEEP_DEVICES,
    clear_devices,
    enrol_device,
    rename_device,
    revoke_device,
)
from sidara.accounts.services.granting import end_grant, grant
from sidara.accounts.services.handing_over import hand_over
from sidara.accounts.services.recovering import check_code, recover, use_code
from sidara.accounts.services.sheets import issue_sheet
from sidara.accounts.services.tokens import ISSUE_TOKENS, Used, issue_token, revoke_token, use_token

__all__ = [
    "ISSUE_TOKENS",
    "KEEP_DEVICES",
    "Used",
    "check_code",
    "clear_devices",
    "create",
    "end_grant",
    "end_sessions",
    "enrol_device",
    "grant",
    "hand_over",
    "issue_sheet",
    "issue_token",
    "name_key",
    "note",
    "record_log_in",
    "recover",
    "rename_device",
    "revoke_device",
    "revoke_token",
    "use_code",
    "use_token",
]
