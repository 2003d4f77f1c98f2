"""The client: one method for each operation of the API, named as the commands are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sidara.client.asking import Rows, file_of, part_of, submission_at
from sidara.client.evidence import Evidence
from sidara.client.programmes import Programmes
from sidara.client.verification import Verification


class Sidara(Evidence, Programmes, Verification):
    """A SIDARA, by its address and a token (else the public's).

    `token` may be left out: then `SIDARA_TOKEN` of the environment is used. Every request may be repeated
    when the link breaks: what writes is done once, by its own number or because the same act of the same
    account is told the same.

    >>> with Sidara("https://sidara.example", token="sdr_…") as sidara:
    ...     desa = sidara.frame(sidara.regions(under="62.01", level="desa"))
    """

    # Who asks

    def me(self) -> dict[str, Any]:
        """Say who asks, and what that account or token may do where."""
        return self._one("GET", "/me")

    def people(self, text: str = "", *, role: str = "", under: str = "") -> Rows:
        """List the people that one governs."""
        return list(self._pages("/people", q=text, role=role, under=under))

    def person(self, account: str | UUID) -> dict[str, Any]:
        """Give one person."""
        return self._one("GET", f"/people/{part_of(account)}")

    def devices(self, account: str | UUID) -> Rows:
        """List the devices of a person."""
        return self._rows(f"/people/{part_of(account)}/devices")

    def rename_device(self, account: str | UUID, device: str | UUID, name: str) -> dict[str, Any]:
        """Give a device another name."""
        address = f"/people/{part_of(account)}/devices/{part_of(device)}"
        return self._one("PATCH", address, body={"name": name})

    def revoke_device(self, account: str | UUID, device: str | UUID, reason: str) -> dict[str, Any]:
        """Revoke a device: its sessions end."""
        address = f"/people/{part_of(account)}/devices/{part_of(device)}/revoke"
        return self._one("POST", address, body={"reason": reason})

    # Areas

    def regions(self, *, under: str = "", level: str = "") -> Rows:
        """List areas by code."""
        return list(self._pages("/regions", under=under, level=level))

    def find(self, text: str, *, under: str = "", limit: int = 10) -> Rows:
        """Find areas by name or code, the likeliest first."""
        return self._rows("/regions/search", q=text, under=under, limit=limit)

    def region(self, code: str) -> dict[str, Any]:
        """Give an area with those above it and its codes."""
        return self._one("GET", f"/regions/{part_of(code)}")

    def children(self, code: str) -> Rows:
        """List the areas right below one."""
        return list(self._pages(f"/regions/{part_of(code)}/children"))

    def region_history(self, code: str) -> dict[str, Any]:
        """Give an area through time."""
        return self._one("GET", f"/regions/{part_of(code)}/history")

    # What is asked

    def entries(self, kind: str = "variable", *, revision: int | None = None, **filters: str) -> Rows:
        """List the entries of a kind; `filters` for variables: q, sector, agency, form, confidence."""
        pages = self._pages(f"/dictionary/{part_of(kind)}", revision=revision, **filters)
        return [one["entry"] for one in pages]

    def entry(self, code: str, *, kind: str = "variable", revision: int | None = None) -> dict[str, Any]:
        """Give one entry of the dictionary."""
        told = self._one("GET", f"/dictionary/{part_of(kind)}/{part_of(code)}", revision=revision)
        entry: dict[str, Any] = told["entry"]
        return entry

    def entry_history(self, code: str, *, kind: str = "variable") -> Rows:
        """List the versions of an entry."""
        return self._rows(f"/dictionary/{part_of(kind)}/{part_of(code)}/history")

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
        return self._one("GET", f"/forms/{part_of(code)}", version=version)

    # Figures and indices

    def datasets(self) -> Rows:
        """List data sets."""
        return self._rows("/datasets")

    def dataset(self, code: str) -> dict[str, Any]:
        """Give a data set with its variables."""
        return self._one("GET", f"/datasets/{part_of(code)}")

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
        return self._one("GET", f"/indices/{part_of(name)}")

    def compute(self, name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Compute an index from rows of answers, item scores or sub-indices."""
        return self._one("POST", f"/indices/{part_of(name)}/compute", body={"rows": list(rows)})

    def explain(
        self, name: str, rows: Sequence[Mapping[str, Any]], *, code: str, year: int
    ) -> dict[str, Any]:
        """Explain the score of one of the rows."""
        body = {"rows": list(rows), "code": code, "year": year}
        return self._one("POST", f"/indices/{part_of(name)}/explain", body=body)

    def explain_village(
        self, name: str, code: str, *, dataset: str, year: int | None = None
    ) -> dict[str, Any]:
        """Explain the score of a village from a data set."""
        address = f"/indices/{part_of(name)}/explain/{part_of(code)}"
        return self._one("GET", address, dataset=dataset, year=year)

    # What is answered

    def submission(self, form: str, region: str, period: str) -> dict[str, Any]:
        """Give a submission as it stands, with its verdict."""
        return self._one("GET", submission_at(form, region, period))

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
            submission_at(form, region, period),
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
        name, content = ("isian", file) if isinstance(file, bytes) else file_of(file)
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

    def prefill(self, form: str, region: str, period: str) -> Rows:
        """Give what sources offer for the cells of a form, each with its origin."""
        return self._rows(f"{submission_at(form, region, period)}/prefill")

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
        """Take over what was chosen (`variable`, `breakdown`, `row`, `origin`), once, with its origin.

        Without `chosen` every empty cell whose sources agree. What is not offered any more is rejected.
        """
        return self._one(
            "POST",
            f"{submission_at(form, region, period)}/prefill",
            body={"base": base, "chosen": None if chosen is None else list(chosen)},
            headers={"Idempotency-Key": str(message or uuid4())},
        )

    def redactions(self, form: str, region: str, period: str) -> Rows:
        """Give what was asked and decided about personal data in a submission."""
        return self._rows(f"{submission_at(form, region, period)}/redactions")

    def propose_redaction(  # noqa: PLR0913 - keyword-only options of one request
        self,
        form: str,
        region: str,
        period: str,
        variable: str = "",
        *,
        reason: str,
        scope: str = "numbers",
        breakdown: str = "_T",
        row: str = "",
        reason_of: int = 0,
        evidence: str | UUID | None = None,
        message: UUID | None = None,
    ) -> dict[str, Any]:
        """Ask to take personal data out; another person takes them out.

        Out of the texts of a cell (`variable`), the reason of a revision (`reason_of`) or a piece of evidence
        (`evidence`, its id), whose file is then gone.
        """
        body = {"variable": variable, "breakdown": breakdown, "row": row, "scope": scope, "reason": reason}
        about = {"reason_of": reason_of, "evidence": str(evidence) if evidence else None}
        return self._one(
            "POST",
            f"{submission_at(form, region, period)}/redactions",
            body={**body, **about},
            headers={"Idempotency-Key": str(message or uuid4())},
        )

    def decide_redaction(
        self, form: str, region: str, period: str, redaction: str | UUID, *, confirm: bool
    ) -> dict[str, Any]:
        """Take out what another person asked for, for ever; or refuse."""
        address = f"{submission_at(form, region, period)}/redactions/{part_of(redaction)}"
        return self._one("PATCH", address, body={"confirm": confirm})

    def submission_history(self, form: str, region: str, period: str) -> Rows:
        """Give what each revision made of each cell."""
        return list(self._pages(f"{submission_at(form, region, period)}/history"))

    # Frames

    @staticmethod
    def frame(rows: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Any:
        """Give rows (or the figures of an answer) as a Polars data frame; needs `pip install polars`."""
        import polars  # only who wants frames has it

        given = rows.get("figures", rows.get("rows", ())) if isinstance(rows, Mapping) else rows
        return polars.DataFrame(list(given), infer_schema_length=None)
