"""The client: one method for each operation of the API, named as the commands are."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx

from sidara.client.faults import Fault, Refused

type Rows = list[dict[str, Any]]
LARGEST = 500
"""The largest page that the API gives."""
TRIES = 4
UNREADABLE: Mapping[type[OSError], str] = {
    FileNotFoundError: "tidak ada berkas bernama itu",
    IsADirectoryError: "itu folder, bukan berkas",
    PermissionError: "tidak ada hak untuk membacanya",
}
AGAIN = frozenset({429, 502, 503, 504})
"""What is asked again: the request was not answered, or too early."""


class Sidara:
    """A SIDARA, by its address and a token (else the public's).

    `token` may be left out: then `SIDARA_TOKEN` of the environment is used. Every request may be repeated
    when the link breaks: what writes is done once, by its own number or because the same act of the same
    account is told the same.

    >>> with Sidara("https://sidara.example", token="sdr_…") as sidara:
    ...     desa = sidara.frame(sidara.regions(under="62.01", level="desa"))
    """

    def __init__(  # noqa: PLR0913 - keyword-only options
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        language: str = "id",
        timeout: float = 60,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open a client; `transport` and `wait` are for tests."""
        held = token or os.environ.get("SIDARA_TOKEN", "")
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {held}"} if held else {})
        base = f"{address.rstrip('/')}/api/v1"
        self._http = httpx.Client(base_url=base, headers=headers, timeout=timeout, transport=transport)
        self._wait = wait

    def __enter__(self) -> Self:
        """Be used in a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    # Who asks

    def me(self) -> dict[str, Any]:
        """Say who asks, and what that account or token may do where."""
        return self._one("GET", "/me")

    def people(self, text: str = "", *, role: str = "", under: str = "") -> Rows:
        """List the people that one governs."""
        return list(self._pages("/people", q=text, role=role, under=under))

    def person(self, account: str | UUID) -> dict[str, Any]:
        """Give one person."""
        return self._one("GET", f"/people/{_part(account)}")

    # Areas

    def regions(self, *, under: str = "", level: str = "") -> Rows:
        """List areas by code."""
        return list(self._pages("/regions", under=under, level=level))

    def find(self, text: str, *, under: str = "", limit: int = 10) -> Rows:
        """Find areas by name or code, the likeliest first."""
        return self._rows("/regions/search", q=text, under=under, limit=limit)

    def region(self, code: str) -> dict[str, Any]:
        """Give an area with those above it and its codes."""
        return self._one("GET", f"/regions/{_part(code)}")

    def children(self, code: str) -> Rows:
        """List the areas right below one."""
        return list(self._pages(f"/regions/{_part(code)}/children"))

    def region_history(self, code: str) -> dict[str, Any]:
        """Give an area through time."""
        return self._one("GET", f"/regions/{_part(code)}/history")

    # What is asked

    def entries(self, kind: str = "variable", *, revision: int | None = None, **filters: str) -> Rows:
        """List the entries of a kind; `filters` for variables: q, sector, agency, form, confidence."""
        pages = self._pages(f"/dictionary/{_part(kind)}", revision=revision, **filters)
        return [one["entry"] for one in pages]

    def entry(self, code: str, *, kind: str = "variable", revision: int | None = None) -> dict[str, Any]:
        """Give one entry of the dictionary."""
        told = self._one("GET", f"/dictionary/{_part(kind)}/{_part(code)}", revision=revision)
        entry: dict[str, Any] = told["entry"]
        return entry

    def entry_history(self, code: str, *, kind: str = "variable") -> Rows:
        """List the versions of an entry."""
        return self._rows(f"/dictionary/{_part(kind)}/{_part(code)}/history")

    def revisions(self) -> Rows:
        """List the revisions of the dictionary."""
        return list(self._pages("/dictionary/revisions"))

    def diff(self, old: int = 0, new: int | None = None) -> Rows:
        """Compare two revisions of the dictionary."""
        return self._rows("/dictionary/diff", old=old, new=new)

    def forms(self) -> Rows:
        """List the forms in force."""
        return self._rows("/forms")

    def form(self, code: str, *, version: int | None = None) -> dict[str, Any]:
        """Give a form as it is asked."""
        return self._one("GET", f"/forms/{_part(code)}", version=version)

    # Figures and indices

    def datasets(self) -> Rows:
        """List data sets."""
        return self._rows("/datasets")

    def dataset(self, code: str) -> dict[str, Any]:
        """Give a data set with its variables."""
        return self._one("GET", f"/datasets/{_part(code)}")

    def ask(self, dataset: str, variable: str | Sequence[str], **asked: Any) -> dict[str, Any]:
        """Ask for figures: one for each region. `asked` as the options of `sidara query ask`."""
        return self._one("GET", "/figures", dataset=dataset, variable=variable, **asked)

    def indicators(
        self, indicator: str | Sequence[str], period: str | Sequence[str], **asked: Any
    ) -> dict[str, Any]:
        """Ask for indicators of the dictionary. `asked` as the options of `sidara query indicators`."""
        return self._one("GET", "/figures/indicators", indicator=indicator, period=period, **asked)

    def indices(self) -> Rows:
        """List the indices."""
        return self._rows("/indices")

    def index(self, name: str) -> dict[str, Any]:
        """Give the definition of an index."""
        return self._one("GET", f"/indices/{_part(name)}")

    def compute(self, name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Compute an index from rows of answers, item scores or sub-indices."""
        return self._one("POST", f"/indices/{_part(name)}/compute", body={"rows": list(rows)})

    def explain(
        self, name: str, rows: Sequence[Mapping[str, Any]], *, code: str, year: int
    ) -> dict[str, Any]:
        """Explain the score of one of the rows."""
        body = {"rows": list(rows), "code": code, "year": year}
        return self._one("POST", f"/indices/{_part(name)}/explain", body=body)

    def explain_village(
        self, name: str, code: str, *, dataset: str, year: int | None = None
    ) -> dict[str, Any]:
        """Explain the score of a village from a data set."""
        address = f"/indices/{_part(name)}/explain/{_part(code)}"
        return self._one("GET", address, dataset=dataset, year=year)

    # What is answered

    def submission(self, form: str, region: str, period: str) -> dict[str, Any]:
        """Give a submission as it stands, with its verdict."""
        return self._one("GET", _submission(form, region, period))

    def save(  # noqa: PLR0913 - keyword-only options of one save
        self,
        form: str,
        region: str,
        period: str,
        cells: Sequence[Mapping[str, Any]],
        *,
        base: int,
        dry_run: bool = False,
        all_or_nothing: bool = False,
        reason: str = "",
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Store cells, once; a verdict for each. `base` is the revision that you saw, 0 when there was none.

        What cannot be stored raises nothing: look at `rejected`, `conflicting` and `findings` of the answer.
        `message` names the save; give the same one to repeat a save after your own program broke off.
        """
        return self._one(
            "PATCH",
            _submission(form, region, period),
            body={"base": base, "cells": list(cells), "reason": reason},
            headers={"Idempotency-Key": str(message or uuid4())},
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
        )

    def import_file(  # noqa: PLR0913 - keyword-only options of one import
        self,
        file: str | Path | bytes,
        *,
        dry_run: bool = False,
        all_or_nothing: bool = False,
        filler: str = "",
        paper: bool = False,
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Store what a file brings, once: the workbook of a form, or cells as CSV or Parquet.

        What cannot be stored raises nothing: look at `rejected`, `conflicting` and `findings` of the answer.
        `filler` names who filled it in where somebody else brings it, `paper` says that it came on paper.
        """
        name, content = ("isian", file) if isinstance(file, bytes) else _file(file)
        return self._one(
            "POST",
            "/imports",
            files={"file": (name, content)},
            headers={"Idempotency-Key": str(message or uuid4())},
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            filler=filler,
            paper=paper,
        )

    def evidence(self, form: str, region: str, period: str) -> Rows:
        """Give the photographs and documents beside a submission, those that were taken away too."""
        return self._rows(f"{_submission(form, region, period)}/evidence")

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
        """Keep a photograph or PDF as evidence of a cell (or of the whole form), once."""
        return self._one(
            "POST",
            f"{_submission(form, region, period)}/evidence",
            files={"file": _file(file)},
            headers={"Idempotency-Key": str(message or uuid4())},
            variable=variable,
            breakdown=breakdown,
            row=row,
            caption=caption,
            keep_place=keep_place,
        )

    def evidence_file(self, form: str, region: str, period: str, piece: str | UUID) -> bytes:
        """Give the file of a piece of evidence."""
        address = f"{_submission(form, region, period)}/evidence/{_part(piece)}/file"
        return bytes(self._ask("GET", address, is_file=True))

    def remove_evidence(
        self, form: str, region: str, period: str, piece: str | UUID, *, reason: str
    ) -> dict[str, Any]:
        """Take a piece of evidence away."""
        address = f"{_submission(form, region, period)}/evidence/{_part(piece)}"
        return self._one("DELETE", address, reason=reason)

    def prefill(self, form: str, region: str, period: str) -> Rows:
        """Give what sources offer for the cells of a form, each with its origin."""
        return self._rows(f"{_submission(form, region, period)}/prefill")

    def take_prefill(  # noqa: PLR0913 - keyword-only options of one save
        self,
        form: str,
        region: str,
        period: str,
        chosen: Sequence[Mapping[str, Any]] | None = None,
        *,
        base: int,
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Take over what was chosen (`variable`, `breakdown`, `origin`), once; each cell keeps its origin.

        Without `chosen` every empty cell whose sources agree.
        """
        return self._one(
            "POST",
            f"{_submission(form, region, period)}/prefill",
            body={"base": base, "chosen": None if chosen is None else list(chosen)},
            headers={"Idempotency-Key": str(message or uuid4())},
        )

    def redactions(self, form: str, region: str, period: str) -> Rows:
        """Give what was asked and decided about personal data in a submission."""
        return self._rows(f"{_submission(form, region, period)}/redactions")

    def propose_redaction(  # noqa: PLR0913 - keyword-only options of one request
        self,
        form: str,
        region: str,
        period: str,
        variable: str,
        *,
        reason: str,
        scope: str = "numbers",
        breakdown: str = "_T",
        row: str = "",
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Ask to take personal data out of the texts of a cell; another person takes them out."""
        body = {"variable": variable, "breakdown": breakdown, "row": row, "scope": scope, "reason": reason}
        return self._one(
            "POST",
            f"{_submission(form, region, period)}/redactions",
            body=body,
            headers={"Idempotency-Key": str(message or uuid4())},
        )

    def decide_redaction(
        self, form: str, region: str, period: str, redaction: str | UUID, *, confirm: bool
    ) -> dict[str, Any]:
        """Take out what another person asked for, for ever; or refuse."""
        address = f"{_submission(form, region, period)}/redactions/{_part(redaction)}"
        return self._one("PATCH", address, body={"confirm": confirm})

    def submission_history(self, form: str, region: str, period: str) -> Rows:
        """Give what each revision made of each cell."""
        return list(self._pages(f"{_submission(form, region, period)}/history"))

    # Frames

    @staticmethod
    def frame(rows: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Any:
        """Give rows (or the figures of an answer) as a Polars data frame; needs `pip install polars`."""
        import polars  # only who wants frames has it

        given = rows.get("figures", rows.get("rows", ())) if isinstance(rows, Mapping) else rows
        return polars.DataFrame(list(given), infer_schema_length=None)

    # How it asks

    def _one(self, method: str, address: str, **asked: Any) -> dict[str, Any]:
        told = self._ask(method, address, **asked)
        return dict(told) if isinstance(told, dict) else {"items": told}

    def _rows(self, address: str, **asked: Any) -> Rows:
        told = self._ask("GET", address, **asked)
        return list(told)

    def _pages(self, address: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Go through all pages of a list."""
        cursor = ""
        while True:
            page = self._one("GET", address, limit=LARGEST, cursor=cursor, **asked)
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def _ask(  # noqa: PLR0913 - what a request may carry
        self,
        method: str,
        address: str,
        *,
        body: object = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        is_file: bool = False,
        **asked: Any,
    ) -> Any:
        """Send a request, again where the link broke or the server asked to wait."""
        parameters = {name: value for name, value in asked.items() if value not in (None, "")}
        for left in reversed(range(TRIES)):
            try:
                response = self._http.request(
                    method, address, params=parameters, json=body, files=files, headers=dict(headers or {})
                )
            except httpx.TransportError as fault:
                if not left:
                    raise Fault(f"SIDARA tidak dapat dihubungi: {fault}") from fault
                self._wait(TRIES - left)
                continue
            if response.status_code in AGAIN and left:
                self._wait(float(response.headers.get("Retry-After", TRIES - left)))
                continue
            return response.content if is_file and response.is_success else _read(response)
        raise Fault("SIDARA tidak menjawab.")  # pragma: no cover - the last try returns or raises


def _read(response: httpx.Response) -> Any:
    """Read an answer; raises what the API refused."""
    try:
        told = response.json()
    except ValueError as fault:
        raise Fault(f"Jawaban SIDARA tidak dapat dibaca (HTTP {response.status_code}).") from fault
    if response.is_success:
        return told
    raise Refused(told if isinstance(told, dict) else {"status": response.status_code})


def _file(file: str | Path) -> tuple[str, bytes]:
    """Read a file that is sent: its name and content."""
    try:
        return Path(file).name, Path(file).read_bytes()
    except OSError as fault:
        why = UNREADABLE.get(type(fault), fault.strerror)
        raise Fault(f"Berkas {file} tidak dapat dibaca: {why}.") from fault


def _submission(form: str, region: str, period: str) -> str:
    return f"/submissions/{_part(form)}/{_part(region)}/{_part(period)}"


def _part(value: object) -> str:
    """Write a value as one part of an address."""
    return quote(str(value), safe="")
