"""Evidence by the client: files in and out, large ones in parts that go on after a break."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sidara.client.asking import Asking, Rows, file_of, part_of, submission_at
from sidara.client.faults import Fault, Refused

PART = 256_000
"""Bytes that go out at once; the server tells how many it takes."""
TOTAL = "_T"
"""The breakdown of a cell that has no parts."""
ROUNDS = 8
"""How often in a row a part may fail, each time with the tries of a request, before it is given up."""
AGAIN = frozenset({"UPLOAD_GONE", "UPLOAD_PART_BROKEN", "UPLOAD_PART_WRONG"})
"""Refusals of a part after which the server is asked what it lacks."""


class Evidence(Asking):
    """Photographs and documents beside a submission."""

    def evidence(self, form: str, region: str, period: str) -> Rows:
        """Give the photographs and documents beside a submission, those that were taken away too."""
        return self._rows(f"{submission_at(form, region, period)}/evidence")

    def keep_evidence(  # noqa: PLR0913 - keyword-only options of one piece
        self,
        form: str,
        region: str,
        period: str,
        file: str | Path,
        *,
        variable: str = "",
        breakdown: str = "",
        row: str = "",
        caption: str = "",
        keep_place: bool = False,
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Keep a photograph or PDF as evidence of a cell (or of the whole form), once.

        A file of more than 256 kB goes out in parts. What has come stays with the server for seven days: call
        it again with the same file after your program broke off, and only what is missing goes out. A file
        that is kept beside that cell already, under the same caption, is not kept twice: the answer that got
        lost is given again (`repeated`). With a `message` of your own that message alone decides.
        """
        name, content = file_of(file)
        cell = {"variable": variable, "breakdown": breakdown, "row": row}
        if message is None and (held := self._kept((form, region, period), content, cell, caption)):
            return held
        if len(content) > PART:
            said = {"name": name, "caption": caption, "keep_place": keep_place}
            said |= {part: text for part, text in cell.items() if text}
            return self._in_parts((form, region, period), content, said, message)
        return self._one(
            "POST",
            f"{submission_at(form, region, period)}/evidence",
            files={"file": (name, content)},
            headers={"Idempotency-Key": str(message or uuid4())},
            caption=caption,
            keep_place=keep_place,
            **cell,
        )

    def uploads(self, form: str, region: str, period: str) -> Rows:
        """List your own files that are under way to a submission."""
        return self._rows(f"{submission_at(form, region, period)}/uploads")

    def upload(self, form: str, region: str, period: str, upload: str | UUID) -> dict[str, Any]:
        """Give what has come of a file, and its gaps."""
        return self._one("GET", _upload(form, region, period, upload))

    def begin_upload(  # noqa: PLR0913 - what is said of a file
        self,
        form: str,
        region: str,
        period: str,
        upload: str | UUID,
        *,
        name: str,
        size: int,
        sha256: str,
        **said: Any,
    ) -> dict[str, Any]:
        """Begin to send a file in parts, or go on; `said`: variable, breakdown, row, caption, keep_place."""
        body = {"name": name, "size": size, "sha256": sha256, **said}
        return self._one("PUT", _upload(form, region, period, upload), body=body)

    def send_part(  # noqa: PLR0913, PLR0917 - the address of a part
        self, form: str, region: str, period: str, upload: str | UUID, low: int, content: bytes
    ) -> dict[str, Any]:
        """Send the bytes of a file from `low` on; any part may be sent again."""
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
        return self._one(
            "PUT",
            f"{_upload(form, region, period, upload)}/parts/{low}",
            content=content,
            headers={"Content-Type": "application/octet-stream", "Content-Digest": f"sha-256=:{digest}:"},
        )

    def keep_upload(self, form: str, region: str, period: str, upload: str | UUID) -> dict[str, Any]:
        """Keep a file of which all has come as evidence, once."""
        return self._one("POST", f"{_upload(form, region, period, upload)}/keep")

    def drop_upload(self, form: str, region: str, period: str, upload: str | UUID) -> Rows:
        """Let go of a file that is under way; gives those that still are."""
        told = self._ask("DELETE", _upload(form, region, period, upload))
        return list(told)

    def evidence_file(self, form: str, region: str, period: str, piece: str | UUID) -> bytes:
        """Give the file of a piece of evidence."""
        address = f"{submission_at(form, region, period)}/evidence/{part_of(piece)}/file"
        return bytes(self._ask("GET", address, is_file=True))

    def remove_evidence(
        self, form: str, region: str, period: str, piece: str | UUID, *, reason: str
    ) -> dict[str, Any]:
        """Take a piece of evidence away."""
        address = f"{submission_at(form, region, period)}/evidence/{part_of(piece)}"
        return self._one("DELETE", address, reason=reason)

    def _in_parts(
        self, place: tuple[str, str, str], content: bytes, said: dict[str, Any], message: UUID | None
    ) -> dict[str, Any]:
        """Send a file in parts, smaller ones where the link breaks, and keep it."""
        said |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        upload = message or self._begun(place, said) or uuid4()
        state = self.begin_upload(*place, upload, **said)
        length, left = min(PART, state["part"]), ROUNDS
        while state["gaps"]:
            low, high = state["gaps"][0]["low"], state["gaps"][0]["high"]
            try:
                state = self.send_part(*place, upload, low, content[low : min(high, low + length)])
                length, left = min(state["part"], length + state["grain"]), ROUNDS
            except Refused as refused:
                left -= 1
                if refused.code not in AGAIN or not left:
                    raise
                state = self.begin_upload(*place, upload, **said)
            except Fault:
                left -= 1
                if not left:
                    raise
                length = max(state["grain"], length // 2 // state["grain"] * state["grain"])
                self._wait(float(ROUNDS - left))
        return self.keep_upload(*place, upload)

    def _kept(
        self, place: tuple[str, str, str], content: bytes, cell: dict[str, str], caption: str
    ) -> dict[str, Any]:
        """Give the piece that this file is beside the same cell, under the same caption; empty where none."""
        try:
            held = self.evidence(*place)
        except Refused:  # who may hand in need not be allowed to read
            return {}
        meant = {
            "original": hashlib.sha256(content).hexdigest(),
            "caption": " ".join(caption.split()),
            **cell,
            "breakdown": (cell["breakdown"] or TOTAL) if cell["variable"] else "",
            "removed_at": None,
        }
        found = next((one for one in held if all(one[name] == text for name, text in meant.items())), None)
        return {} if found is None else {**found, "findings": [], "repeated": True}

    def _begun(self, place: tuple[str, str, str], said: dict[str, Any]) -> str:
        """Give the id under which this file is under way to the same cell; empty where it is not."""
        for one in self.uploads(*place):
            meant = {"breakdown": one["breakdown"], **said}
            if all(
                one[name] == meant.get(name, "")
                for name in ("sha256", "size", "variable", "row", "breakdown")
            ):
                return str(one["id"])
        return ""


def _upload(form: str, region: str, period: str, upload: str | UUID) -> str:
    return f"{submission_at(form, region, period)}/uploads/{part_of(upload)}"
