"""Verification by the client: the queue, acts of the village and of verifiers, minutes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sidara.client.asking import Asking, Rows, part_of, submission_at


class Verification(Asking):
    """Who stands for a figure; every act is done once, by the number of its `message`.

    `step` is `district`, `community`, `sector` or `province`; left out, the first that the asker takes.
    What holds an act back raises `Refused`, with its findings.
    """

    def queue(self, *, step: str = "", under: str = "", form: str = "", period: str = "") -> Rows:
        """List the submissions that wait for a step, the latest and most doubtful first."""
        return list(self._pages("/verification/queue", step=step, under=under, form=form, period=period))

    def standing(self, form: str, region: str, period: str) -> dict[str, Any]:
        """Give how a submission stands: its level, that of each cell, reasons, days, who did what."""
        return self._one("GET", _at(form, region, period))

    def send(
        self, form: str, region: str, period: str, *, revision: int, message: UUID | None = None
    ) -> dict[str, Any]:
        """Send a submission up; `revision` is the one that you saw."""
        return self._act((form, region, period), "send", {"revision": revision}, message)

    def withdraw(
        self, form: str, region: str, period: str, *, reason: str = "", message: UUID | None = None
    ) -> dict[str, Any]:
        """Take back what you sent, before the first verification."""
        return self._act((form, region, period), "withdraw", {"reason": reason}, message)

    def endorse(
        self, form: str, region: str, period: str, content_hash: str, *, message: UUID | None = None
    ) -> dict[str, Any]:
        """Endorse what was sent as head of the village; `content_hash` is that of what you saw."""
        return self._act((form, region, period), "endorse", {"content_hash": content_hash}, message)

    def accept(  # noqa: PLR0913 - keyword-only options of one act
        self,
        form: str,
        region: str,
        period: str,
        cells: Sequence[Mapping[str, Any]] | None = None,
        *,
        revision: int,
        quiet: bool = False,
        step: str = "",
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Stand for cells as a verifier: those named, else all that wait (`quiet`: no doubtful ones)."""
        named = None if cells is None else list(cells)
        body = {"revision": revision, "cells": named, "quiet": quiet, "step": step}
        return self._act((form, region, period), "accept", body, message)

    def return_cells(  # noqa: PLR0913 - keyword-only options of one act
        self,
        form: str,
        region: str,
        period: str,
        cells: Sequence[Mapping[str, Any]] = (),
        *,
        revision: int,
        reason: str,
        due_date: date | str,
        whole: bool = False,
        step: str = "",
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Return cells (or the `whole` form) to the village, to be mended until a day.

        A cell may carry a `reason` of its own. The code of a list without `row` returns the list.
        """
        body = {"revision": revision, "cells": list(cells), "whole": whole, "reason": reason, "step": step}
        return self._act((form, region, period), "return", body | {"due_date": str(due_date)}, message)

    def correct(  # noqa: PLR0913 - keyword-only options of one act
        self,
        form: str,
        region: str,
        period: str,
        cells: Sequence[Mapping[str, Any]],
        *,
        reason: str,
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Open final cells for a correction; those that a check ties to them open, too."""
        body = {"cells": list(cells), "reason": reason}
        return self._act((form, region, period), "correct", body, message)

    def batch(self, *, step: str = "", under: str = "", form: str = "", period: str = "") -> dict[str, Any]:
        """Give what would be closed with minutes now; its `seal` names it."""
        return self._one("GET", "/verification/batch", step=step, under=under, form=form, period=period)

    def minutes(self, *, step: str = "", under: str = "") -> Rows:
        """List the minutes of a step, the newest first."""
        return self._rows("/verification/minutes", step=step, under=under)

    def close_batch(  # noqa: PLR0913 - keyword-only options of one act
        self,
        *,
        step: str = "",
        under: str = "",
        form: str = "",
        period: str = "",
        seal: str = "",
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Close what a step accepted and returned with minutes; with the `seal` of `batch` nothing else."""
        body = {"step": step, "under": under, "form": form, "period": period, "seal": seal}
        headers = {"Idempotency-Key": str(message or uuid4())}
        return self._one("POST", "/verification/minutes", body=body, headers=headers)

    def check_minutes(self, code: str) -> dict[str, Any]:
        """Give what minutes say, with the SHA-256 of their paper; everybody may."""
        return self._one("GET", f"/verification/minutes/{part_of(code)}")

    def minutes_file(self, code: str) -> bytes:
        """Give the PDF of minutes."""
        content: bytes = self._ask("GET", f"/verification/minutes/{part_of(code)}/file", is_file=True)
        return content

    def _act(
        self, key: tuple[str, str, str], act: str, body: Mapping[str, Any], message: UUID | None
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": str(message or uuid4())}
        return self._one("POST", f"{_at(*key)}/{act}", body=dict(body), headers=headers)


def _at(form: str, region: str, period: str) -> str:
    return f"/verification{submission_at(form, region, period)}"
