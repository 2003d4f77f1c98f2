"""From data rows to records, table by table."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sidara.kernel.finding import Severity
from sidara.programmes.core.importing.asking import Ask, key_of
from sidara.programmes.core.importing.definition import Need, PlanTable, plain
from sidara.programmes.core.importing.definition import Record as Made
from sidara.programmes.core.importing.judging import (
    Coded,
    Where,
    judge_code,
    judge_fund,
    judge_kind,
    judge_location,
    judge_named_kind,
    judge_village,
)
from sidara.programmes.core.importing.reading import PlanFile
from sidara.programmes.core.importing.records import (
    Lists,
    Record,
    Row,
    Subject,
    Telling,
    activity_key,
    joined,
    row_key,
    said,
)
from sidara.programmes.core.importing.rows import Draft
from sidara.programmes.core.kinds import Kind
from sidara.programmes.core.words import GOVERNMENT_OF, Decision, Edition, Government, Level, Stage

_LONGEST = {"name": 1000, "indicator": 1000, "unit": 100, "place": 300, "goal": 500, "agency": 200}
_STAGES = {
    "usulan": Stage.DRAFT,
    "ditetapkan": Stage.PLANNED,
    "berjalan": Stage.BUDGETED,
    "selesai": Stage.BUDGETED,
}
_NO_CODE_ACCOUNTS = ("4", "6")
CO_FINANCED = "antar-desa"


def make_rows(file: PlanFile, ask: Ask, lists: Lists) -> tuple[Row, ...]:
    """Make the records of all data rows of a file, each with its findings and offers."""
    assert file.table is not None  # noqa: S101 - a refused file has no rows
    return joined([_Row(draft, file.table, ask, lists).made() for draft in file.drafts])


class _Row:
    """A row while its records are made."""

    def __init__(self, draft: Draft, table: PlanTable, ask: Ask, lists: Lists) -> None:
        self.draft, self.table, self.ask, self.lists = draft, table, ask, lists
        self.values: dict[str, Any] = dict(draft.values)
        if "account" in self.values:
            self.values["account"] = str(self.values["account"]).strip().rstrip(".")
        self.tell = Telling(draft, table)
        self.more: dict[str, Any] = dict(draft.more) | dict(self.values.get("as_written", {}))

    def made(self) -> Row:
        """Judge the row and make its records."""
        self._lengths()
        self._emptiness()
        records: tuple[Record, ...] = ()
        if not any(one.severity is Severity.ERROR for one in self.tell.findings):
            match self.table.record:
                case Made.PROPOSAL:
                    records = self._proposal()
                case Made.ACTIVITY:
                    records = self._activity_alone()
                case _:
                    records = self._lines()
        return Row(self.draft, records, tuple(self.tell.findings), tuple(self.tell.offers))

    def _lengths(self) -> None:
        for column, most in _LONGEST.items():
            text = self.values.get(column)
            if isinstance(text, str) and len(text) > most:
                self.tell.say(
                    "PLAN_TEXT_TOO_LONG",
                    f"Isi lebih panjang dari {most} huruf.",
                    "Persingkat; uraian panjang dapat ditulis pada kolom keterangan.",
                    Severity.ERROR,
                    column,
                )

    def _emptiness(self) -> None:
        """Reject a row without what identifies it; tell other required cells that are empty."""
        faulty = {one.place.column for one in self.draft.findings}
        account = str(self.values.get("account", ""))
        for column in self.table.columns:
            if column.need is not Need.REQUIRED or self._is_said(column.key):
                continue
            if self.table.plan and column.key == "code" and account.startswith(_NO_CODE_ACCOUNTS):
                continue
            is_key = column.key in self.table.row_key or column.key in ("name", "proposer")
            if is_key:
                self.tell.say(
                    "PLAN_KEY_EMPTY",
                    f"{column.label} kosong, padahal mengenali barisnya.",
                    "Isi sel itu; bila baris ini jumlah, tulis kata Jumlah di depannya.",
                    Severity.ERROR,
                    column.key,
                )
            elif not any(name and column.label.split(" {")[0] in name for name in faulty):
                self.tell.say(
                    "PLAN_CELL_EMPTY",
                    f"{column.label.replace(' ke-{n}', '')} belum diisi; baris disimpan tanpa itu.",
                    "Isi bila sudah ada.",
                    Severity.INFO,
                    column.key,
                )

    def _is_said(self, key: str) -> bool:
        return self.values.get(key) not in (None, "", {})

    def _lines(self) -> tuple[Record, ...]:
        """Make the lines of a row: one, or one for each year that it names; and its activity."""
        code, kind = self._coded()
        if code.code:
            self.values["code"] = code.code
        fund = judge_fund(self.tell, self.lists, self.values.get("fund_source", ""))
        if not fund and self._is_said("fund_source"):
            self.more[self._label("fund_source")] = self.values["fund_source"]
        self.values["fund_source"] = fund
        where = self._where()
        self._keep_rest(where)
        common = self._common(code, kind)
        key = row_key(self.table, self.values)
        lines = [Record(Subject.LINE, key, year, said(common | figures)) for year, figures in self._years()]
        if self.table.record is Made.LINE_ACTIVITY:
            lines.append(self._activity(code, kind, where))
        return tuple(lines)

    def _coded(self) -> tuple[Coded, Kind | None]:
        written, name = str(self.values.get("code", "")), str(self.values.get("name", ""))
        code = judge_code(self.tell, self.lists, self.ask, written, name) if written else Coded()
        if len(code.code.split(".")) == 3 and self.ask.level is not Level.VILLAGE:
            return code, None
        account = str(self.values.get("account", ""))
        if account.startswith(_NO_CODE_ACCOUNTS):
            return code, None
        return code, judge_kind(self.tell, self.lists, self.ask, code.code, name)

    def _where(self) -> Where:
        if self.ask.level is Level.VILLAGE:
            return Where((self.ask.area,))
        return judge_location(self.tell, self.lists, self.ask, self.values.get("location", ""))

    def _keep_rest(self, where: Where) -> None:
        if where.rest or where.is_whole_area or where.villages:
            written = self.values.get("location")
            if written:
                self.more[self._label("location")] = written
        for key in _BESIDE:
            if self._is_said(key):
                self.more[self._label(key)] = _plain(self.values[key])

    def _label(self, key: str) -> str:
        column = self.table.column(key)
        return key if column is None else column.label.replace(" {n}", "")

    def _common(self, code: Coded, kind: Kind | None) -> dict[str, Any]:
        """Give the fields that all lines of a row share."""
        values = self.values
        goal = values.get("goal") or values.get("priority")
        tag = kind.dana_desa.tag if kind is not None and kind.dana_desa is not None else ""
        goals = [plain(str(values[key])) for key in ("priority", "goal") if self._is_said(key)]
        found = [self.lists.goals[one] for one in goals if one in self.lists.goals]
        if goals and not found:
            self.tell.say(
                "PLAN_GOAL_UNKNOWN",
                f"“{str(goal)[:80]}” belum ada di antara tujuan dokumen ini dan dokumen yang diikutinya.",
                "Disimpan seperti tertulis. Buat tujuannya dengan kode atau nama yang sama agar terhubung.",
                Severity.INFO,
                "goal" if self._is_said("goal") else "priority",
            )
        return {
            "code": code.code,
            "code_as_written": str(self.draft.values.get("code", ""))[:100],
            "nomenclature": code.version,
            "government": GOVERNMENT_OF.get(self.ask.level, Government.REGENCY).value,
            "name": values.get("name"),
            "agency": values.get("agency", ""),
            "activity_kind": kind.code if kind is not None else "",
            "indicator": values.get("indicator", ""),
            "unit_as_written": values.get("unit", ""),
            "baseline": values.get("baseline"),
            "fund_source": values.get("fund_source", ""),
            "account": str(values.get("account", ""))[:24],
            "tags": [tag] if tag and values.get("fund_source") == "DD" else None,
            "place": values.get("place") or str(values.get("location", ""))[:300],
            "reason": values.get("reason", ""),
            "goal": found[0] if found else None,
            "goal_as_written": goal,
            "more": self.more,
        }

    def _years(self) -> list[tuple[int, dict[str, Any]]]:
        """Give year and figures of each line; a line of an RPJM Desa holds for each year that is ticked."""
        values = self.values
        if isinstance(values.get("target"), Mapping) or isinstance(values.get("ceiling"), Mapping):
            targets, money = values.get("target", {}), values.get("ceiling", {})
            return [
                (self.ask.year + at - 1, self._figures(targets.get(at), money.get(at), None))
                for at in sorted({*targets, *money})
            ]
        figures = self._figures(
            values.get("target", values.get("volume")), values.get("ceiling"), values.get("ceiling_revised")
        )
        if "years" not in {column.key for column in self.table.columns}:
            return [(self.ask.year, figures)]
        years = sorted(at for at, is_on in values.get("years", {}).items() if is_on)
        return [(self.ask.year + at - 1, figures) for at in years] or [(self.ask.year, figures)]

    def _figures(self, target: Any, original: int | None, revised: int | None) -> dict[str, Any]:
        if revised is not None and self.values.get("is_difference"):
            if original is None:
                self.tell.say(
                    "PLAN_DIFFERENCE_ALONE",
                    "Bertambah/(Berkurang) terisi, tetapi pagu murninya kosong.",
                    "Isi pagu murni, atau tulis pagu setelah perubahan pada kolomnya sendiri.",
                    Severity.ERROR,
                    "ceiling_revised",
                )
                return {}
            revised = original + revised
            if revised < 0:
                self.tell.say(
                    "PLAN_MONEY_NEGATIVE",
                    "Pagu setelah dikurangi kurang dari nol.",
                    "Periksa pagu murni dan pengurangannya.",
                    Severity.ERROR,
                    "ceiling_revised",
                )
                return {}
        if self.ask.edition is Edition.REVISED and revised is None:
            return {"target_revised": target, "ceiling_revised": original}
        if self.ask.edition is Edition.REVISED:
            return {"target_revised": target, "ceiling_original": original, "ceiling_revised": revised}
        return {"target": target, "ceiling_original": original, "ceiling_revised": revised}

    def _activity(self, code: Coded, kind: Kind | None, where: Where) -> Record:
        values = self.values
        agency = str(values.get("agency") or self.ask.agency)
        revised = values.get("ceiling_revised")
        original = values.get("ceiling")
        if revised is not None and values.get("is_difference"):
            revised = (original or 0) + revised
        is_budget = self.table.key == "dpa"
        place = str(values.get("place", ""))[:300] if self.ask.level is Level.VILLAGE else ""
        outputs = {}
        if self._is_said("indicator"):
            outputs[values["indicator"]] = said({"unit": values.get("unit"), "target": values.get("target")})
        fields = said(
            {
                "level": self.ask.level.value,
                "agency": agency,
                "sector": self.ask.sector,
                "name": values.get("name"),
                "activity_kind": kind.code if kind is not None else "",
                "government": GOVERNMENT_OF.get(self.ask.level, Government.REGENCY).value,
                "code": code.code,
                "nomenclature": code.version,
                "fund_source": values.get("fund_source", ""),
                "budget_idr": revised if revised is not None else original,
                "starts": values.get("starts"),
                "ends": values.get("ends"),
                "beneficiaries": str(values.get("beneficiaries", ""))[:300],
                "method": self._method(),
                "co_financing": CO_FINANCED if values.get("villages_together") else "",
                "executor": str(values.get("executor", ""))[:200],
                "stage": (Stage.BUDGETED if is_budget else Stage.PLANNED).value,
                "is_whole_area": True if where.is_whole_area else None,
                "more": _quarters(values) if is_budget else {},
            }
        )
        key = activity_key(self.ask, values, agency=agency)
        villages = dict.fromkeys(where.villages, place)
        return Record(Subject.ACTIVITY, key, self.ask.year, fields, villages, outputs)

    def _method(self) -> str:
        named = (("self_managed", "swakelola"), ("third_party", "pihak ketiga"))
        return ", ".join(words for key, words in named if self.values.get(key))

    def _activity_alone(self) -> tuple[Record, ...]:
        """Make the activity of a list of the centre or of a company; a row is a village."""
        values = self.values
        year, ask = int(values["year"]), self.ask
        village = judge_village(self.tell, self.lists, ask, str(values["village"]), "village")
        kind = judge_named_kind(self.tell, self.lists, ask, str(values["kind"]))
        programme = str(values.get("central_programme", "")).strip()
        is_central = ask.level is Level.CENTRE
        if is_central and programme.upper() not in self.lists.catalogue.central:
            self.tell.say(
                "PLAN_PROGRAMME_UNKNOWN",
                f"Program pusat “{programme[:60]}” tidak ada dalam daftar.",
                "Tulis kodenya seperti pada halaman Nomenklatur; baris disimpan dengan nama programnya.",
                Severity.WARNING,
                "central_programme",
                programme[:100],
            )
        known = programme.upper() if programme.upper() in self.lists.catalogue.central else ""
        agency = str(values.get("ministry") or values.get("company") or ask.agency)[:200]
        fund = {"apbdes": "CSR", "langsung": "CSR", "barang": "CSR"}.get(str(values.get("channel")), "")
        more = self.more | {
            self._label(key): _plain(values[key])
            for key in ("decree", "file_source", "realised", "volume", "unit", "channel", "stage")
            if self._is_said(key)
        }
        named = kind.name if kind is not None else str(values["kind"])
        fields = {
            "level": ask.level.value,
            "agency": agency,
            "name": f"{programme}: {named}" if programme else named,
            "activity_kind": kind.code if kind is not None else "",
            "government": Government.CENTRE.value if is_central else "",
            "central_programme": known[:24],
            "fund_source": fund or ("APBN" if is_central else ""),
            "budget_idr": values.get("ceiling"),
            "co_financing": "apbdes" if values.get("channel") == "apbdes" else "",
            "stage": _STAGES.get(str(values.get("stage")), Stage.PLANNED).value,
            "more": more,
        }
        key = key_of(self.table.key, ask.area, agency, programme, year, village, values["kind"])
        return (Record(Subject.ACTIVITY, key, year, said(fields), {village: ""} if village else {}),)

    def _proposal(self) -> tuple[Record, ...]:
        """Make the proposal of a village's list or of an outside meeting."""
        values, ask = self.values, self.ask
        of_village = self.table.is_of_village
        village = (
            ask.area
            if of_village
            else judge_village(self.tell, self.lists, ask, str(values["proposer"]), "proposer")
        )
        kind = (
            judge_named_kind(self.tell, self.lists, ask, str(values["kind"]))
            if self._is_said("kind")
            else judge_kind(self.tell, self.lists, ask, "", str(values.get("name", "")))
        )
        self._reasons()
        linked = str(values.get("linked_code", ""))
        if linked:
            linked = judge_code(self.tell, self.lists, ask, linked, column="linked_code").code
        decided = values.get("decided")
        for key in ("field", "documents", "recommendation", "decided"):
            if self._is_said(key):
                self.more[self._label(key)] = _plain(values[key])
        fields = {
            "document": self.table.document,
            "village": village,
            "text": values.get("name"),
            "activity_kind": kind.code if kind is not None else "",
            "level_asked": values.get("level_asked") or Level.REGENCY.value,
            "agency_asked": str(values.get("agency", ""))[:200],
            "place": values.get("place", ""),
            "volume": values.get("volume"),
            "unit": values.get("unit", ""),
            "budget_idr": values.get("ceiling"),
            "rank": int(values["rank"]) if self._is_said("rank") else None,
            "beneficiaries": str(values.get("beneficiaries", ""))[:300],
            "external_id": str(values.get("external_id", ""))[:100],
            "decision": values.get("decision"),
            "reason": values.get("reason", ""),
            "linked_code": linked[:24],
            "more": self.more,
        }
        parts = (
            [values["external_id"]]
            if self._is_said("external_id")
            else [values.get("name"), values.get("place")]
        )
        owner = village if of_village or not self._is_said("external_id") else ask.area
        key = key_of(self.table.document, owner, ask.year, *parts)
        day = decided if isinstance(decided, date) else None
        return (Record(Subject.PROPOSAL, key, ask.year, said(fields), decided=day),)

    def _reasons(self) -> None:
        decision = self.values.get("decision")
        if decision in (Decision.REJECTED, Decision.POSTPONED) and not self._is_said("reason"):
            self.tell.say(
                "PLAN_REASON_MISSING",
                f"Usulan {decision} tanpa alasan.",
                "Isi alasannya; tanpa itu SIN_S11 menandainya.",
                Severity.WARNING,
                "reason",
            )
        if decision == Decision.ACCEPTED and not self._is_said("linked_code"):
            self.tell.say(
                "PLAN_LINK_MISSING",
                "Usulan diterima tanpa kode sub kegiatan yang menampungnya.",
                "Isi kodenya bila sudah ada.",
                Severity.WARNING,
                "linked_code",
            )


_BESIDE = (
    "priority",
    "field",
    "subfield",
    "time",
    "next_target",
    "next_ceiling",
    "outcome_indicator",
    "outcome_target",
    "result_indicator",
    "result_target",
    "output_note",
    "month",
    "total",
)
"""Columns that no field of a line holds: they stay beside it by their labels."""


def _quarters(values: Mapping[str, Any]) -> dict[str, Any]:
    found = values.get("quarter")
    return {"Rencana penarikan triwulan (Rp)": _plain(found)} if found else {}


def _plain(value: Any) -> Any:
    """Give a value as JSON keeps it: days and decimals as texts."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, (int, str, bool)) else str(value)
