"""Reads an XLSForm workbook into entries; what the dictionary already knows of them stays as it is.

Where an entry is known (from our columns, else from the dictionary), only those cells count that say
something else than our own export would. A question that is not known becomes a variable that is `inferred`.
Everything that cannot be taken is named with sheet, row and column.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.forms import questionnaire
from sidara.dictionary.core.lint import CODE
from sidara.dictionary.core.reading import plain, thing_of
from sidara.dictionary.core.things import AnyThing, Concept, Sector
from sidara.dictionary.core.words import Thing, Type
from sidara.dictionary.core.xpath import PART, NoCounterpart, from_xpath
from sidara.dictionary.formats.xlsform import fresh
from sidara.dictionary.formats.xlsform.columns import BACK, KEPT, TYPES, YES_NO
from sidara.dictionary.formats.xlsform.sheets import Lines, read_sheet
from sidara.dictionary.formats.xlsform.tree import DEEPEST, PARTS, Node, grown, questions
from sidara.dictionary.formats.xlsform.writer import Survey
from sidara.kernel.finding import Finding, Place, Severity

type Key = tuple[Thing, str]
_RANGE = re.compile(r"\.\s*(>=|<=|>)\s*(-?\d+(?:\.\d+)?)")
_LIMITS = {">=": "minimum", "<=": "maximum", ">": "above"}
_NO_ANSWER = {"note", "calculate", "start", "end", "today", "deviceid", "username", "hidden", "audit"}


@dataclass(frozen=True)
class Read:
    """Entries that the workbook holds, and everything that is odd about it."""

    things: Mapping[Key, AnyThing] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read(content: bytes, file_name: str, dictionary: Dictionary, sector: str = "") -> Read:
    """Read a workbook. `sector` is that of a new form that does not name its own."""
    return _Reader(content, file_name, dictionary, sector).read()


class _Reader:
    def __init__(self, content: bytes, file_name: str, dictionary: Dictionary, sector: str) -> None:
        self.content = content
        self.file = file_name
        self.dictionary = dictionary
        self.sector = sector
        self.found: list[Finding] = []
        self.things: dict[Key, AnyThing] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {}
        self.truths: set[str] = set()
        self.expected: dict[str, dict[str, str]] = {}
        self.options: dict[str, list[dict[str, str]]] = {}

    def read(self) -> Read:
        survey = self._sheet("survey", "type", "name")
        settings = self._sheet("settings", "form_id")
        if survey is None or settings is None:
            return Read({}, tuple(self.found))
        for _, row in self._sheet("choices", "list_name", "name", is_needed=False) or []:
            option = {"code": row.get("name", ""), "label": _said(row, "label") or row.get("name", "")}
            self.options.setdefault(row.get("list_name", ""), []).append(option)
        nodes, stray, deep = grown(survey)
        for line in stray:
            say = "Kelompok atau pengulangan tidak berpasangan."
            self._say("GROUP_UNPAIRED", say, "Beri begin dan end sepasang.", line, "type")
        for line in deep[:1]:
            say = f"Kelompok bersarang lebih dari {DEEPEST} tingkat."
            self._say("GROUP_TOO_DEEP", say, "Ratakan kelompoknya.", line, "type")
        form = self._form(settings)
        if form is not None:
            self._known(nodes, form)
            self._name(nodes, form)
            self._take(nodes, form, form["name"])
        return Read(self.things, tuple(self.found))

    def _say(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self,
        code: str,
        message: str,
        remedy: str,
        line: int | None,
        column: str | None,
        value: str | None = None,
        severity: Severity = Severity.ERROR,
        sheet: str = "survey",
    ) -> None:
        place = Place(line, column, sheet, self.file)
        self.found.append(Finding(code, message, remedy, severity, place, value))

    def _sheet(self, name: str, *required: str, is_needed: bool = True) -> Lines | None:
        lines, findings = read_sheet(self.content, self.file, name, required, is_needed=is_needed)
        self.found += findings
        return lines

    def _form(self, settings: Sequence[tuple[int, dict[str, str]]]) -> dict[str, Any] | None:
        line, row = settings[0] if settings else (2, {})
        code = re.sub(r"\W+", "_", row.get("form_id", "")).upper()
        if not code:
            say = "Lembar settings tidak menyebut form_id."
            remedy = "Isi form_id dengan kode formulir, misalnya PEM_TAHUNAN."
            self._say("FORM_ID_MISSING", say, remedy, line, "form_id", sheet="settings")
            return None
        held = self.dictionary.forms.get(code)
        body = self._own(row, line, "settings") or (plain(held) if held else {})
        if not body:
            body = {"code": code, "sector": self.sector or code.partition("_")[0], "frequency": "tahunan"}
            say = f"Formulir {code} baru; frekuensinya dianggap tahunan."
            remedy = "Ganti frekuensinya bila lain."
            self._say("FORM_ASSUMED", say, remedy, line, "form_id", severity=Severity.INFO, sheet="settings")
            if body["sector"] not in self.dictionary.sectors:
                self.things[Thing.SECTOR, body["sector"]] = Sector(
                    body["sector"], row.get("form_title", code)
                )
        body["name"] = row.get("form_title", body.get("name", code))
        self._put(Thing.FORM, body, line)
        return body

    def _own(self, row: Mapping[str, str], line: int, sheet: str = "survey") -> dict[str, Any]:
        """Read the entry that our column carries; empty where there is none."""
        text = row.get(KEPT, "")
        try:
            body = json.loads(text) if text else {}
        except ValueError:
            body = None
        if isinstance(body, dict):
            return body
        say = f"Kolom {KEPT} rusak."
        self._say("KEPT_UNREADABLE", say, "Kosongkan kolom itu, atau ekspor ulang.", line, KEPT, sheet=sheet)
        return {}

    def _put(self, kind: Thing, body: Mapping[str, Any], line: int) -> None:
        thing, faults = thing_of(kind, body, Place(line, None, "survey", self.file))
        self.found += faults
        if thing is not None:
            self.things[kind, thing.code] = thing

    def _known(self, nodes: Sequence[Node], form: Mapping[str, Any]) -> None:
        """Gather what is known of the questions, and what our own export would say of them."""
        things: dict[Key, AnyThing | None] = {
            (Thing.FORM, form["code"]): self.things.get((Thing.FORM, form["code"]))
        }
        for node in _all(nodes):
            body = self._own(node.row, node.line)
            if not body:
                continue
            kind = Thing.LIST if node.kind == "repeat" else Thing.VARIABLE
            thing, faults = thing_of(kind, body, Place(node.line, KEPT, "survey", self.file))
            self.found += faults
            if thing is not None:
                things[kind, thing.code] = thing
                self.kept[thing.code] = body
        whole = self.dictionary.with_things(things)
        made = questionnaire(whole, form["code"])
        if made is not None:
            for line in Survey(whole, made).lines():
                self.expected[line.get("name", "")] = line
            for variable in made.variables:
                self.kept.setdefault(variable.code, plain(variable))
            for rows in made.lists:
                self.kept.setdefault(rows.code, plain(rows))

    def _name(self, nodes: Sequence[Node], form: Mapping[str, Any]) -> None:
        """Give a code to every question whose name is none, the next free ones of the sector."""
        taken = {*self.dictionary.variables, *self.dictionary.columns, *self.kept}
        asked = [*questions(nodes)]
        taken |= {_code(node) for node in asked if CODE.fullmatch(_code(node))}
        number = 0
        for node in asked:
            own = _code(node)
            is_choice = node.kind.split(" ")[0] == "select_one"
            if is_choice and self._list_name(node) == YES_NO:
                self.truths.add(node.name)
            if CODE.fullmatch(own) or node.kind in _NO_ANSWER:
                continue
            while (made := f"{form['sector']}_{number + 1:03d}") in taken:
                number += 1
            taken.add(made)
            self.codes[own] = made
            say = f"{own} bukan kode elemen; dipakai kode {made}."
            remedy = "Ganti nama kolomnya bila ingin kode lain."
            self._say("NAME_RENAMED", say, remedy, node.line, "name", own, Severity.INFO)
        for node in _all(nodes):
            if PART in node.name and self._list_name(node) == YES_NO:
                self.truths.add(node.name)

    def _take(self, nodes: Sequence[Node], form: Mapping[str, Any], section: str) -> None:
        for node in nodes:
            if node.kind == "repeat":
                self._rows(node, form)
            elif node.kind == "group" and not node.holds_parts:
                self._take(node.children, form, _said(node.row, "label") or section)
            else:
                self._variable(node, form, section)

    def _rows(self, node: Node, form: Mapping[str, Any]) -> None:
        """Take a repeat as a list."""
        known = self.kept.get(node.name)
        body = dict(known) if known else self._fresh_list(node, form)
        held = {column["code"]: column for column in body.get("columns", ())}
        columns: list[dict[str, Any]] = []
        for child in questions(node.children):
            code = self.codes.get(child.name, child.name)
            if code in held or child.kind not in _NO_ANSWER:
                made = self._overlaid(child, code, held.get(code), form, "", is_column=True)
                columns += [made] if made is not None else []
        body["columns"] = columns
        if not known and columns:
            body["label"] = columns[0]["code"]
        self._put(Thing.LIST, body, node.line)

    def _fresh_list(self, node: Node, form: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "code": node.name,
            "name": _said(node.row, "label") or node.name,
            "form": form["code"],
            "register": "",
            "applies_to": "desa",
            "rows": "keadaan",
            "is_required": False,
            "hint": _said(node.row, "hint"),
            "label": "",
            "confidence": "inferred",
        }

    def _variable(self, node: Node, form: Mapping[str, Any], section: str) -> None:
        code = self.codes.get(_code(node), _code(node))
        known = self.kept.get(code)
        if known is None and node.kind in _NO_ANSWER:
            return
        if known is None and section not in self.dictionary.concepts:
            self.things[Thing.CONCEPT, section] = Concept(section)
        body = self._overlaid(node, code, known, form, section)
        if body is not None:
            self._put(Thing.VARIABLE, body, node.line)

    def _overlaid(  # noqa: PLR0913 - a row and where it stands
        self,
        node: Node,
        code: str,
        known: Mapping[str, Any] | None,
        form: Mapping[str, Any],
        section: str,
        *,
        is_column: bool = False,
    ) -> dict[str, Any] | None:
        """Give the entry of a row: what is known, with what the row says otherwise."""
        first = node.children[0] if node.holds_parts and node.children else node
        expected = self.expected.get(node.name, {}) if known else {}
        if known and node.kind in _NO_ANSWER:
            return dict(known)
        kind = self._type(first, known)
        if kind is None:
            return None
        label, hint = _said(node.row, "label"), _said(first.row, "hint")
        if known:
            body = dict(known)
            if label != expected.get("label", ""):
                body["question"] = label
            told = self.expected.get(first.name, {}).get("hint", "")
            if hint != told:
                body["definition"] = hint
        elif is_column:
            body = fresh.column(code, kind, label or node.name, hint)
        else:
            source = f"XLSForm {self.file}"
            body = fresh.variable(
                self.dictionary, code, form["code"], kind, label or node.name, hint, section, source
            )
        body["type"] = str(kind)
        is_required = first.row.get("required", "").lower() in {"yes", "true", "true()", "1"}
        if is_required != bool(body.get("is_required")):
            body["is_required"] = is_required
        self._choices(first, body)
        self._relevance(node, body, expected, code)
        self._constraint(first, body, self.expected.get(first.name, {}) if known else {}, code)
        if node.holds_parts and not known:
            self._parts(node, body)
        return {key: value for key, value in body.items() if value not in ("", None, [], ())}

    def _type(self, node: Node, known: Mapping[str, Any] | None) -> Type | None:
        word = node.kind.split(" ")[0].lower().replace("select1", "select_one")
        if word == "select" and node.kind.split(" ")[1:2] in (["one"], ["multiple"]):
            word = f"select_{node.kind.split(' ')[1]}"
        if word == "select_one" and self._list_name(node) == YES_NO:
            found: Type | None = Type.YES_NO
        else:
            found = BACK.get(word)
        if found is None:
            say = f"Jenis pertanyaan {node.kind} tidak mempunyai padanan."
            known_types = ", ".join(sorted(BACK))
            self._say("TYPE_FOREIGN", say, f"Pakai salah satu: {known_types}.", node.line, "type", node.kind)
            return None
        if (
            known
            and TYPES[Type(known["type"])].split(" ")[0] == TYPES[found].split(" ")[0]
            and ((found is Type.YES_NO) == (known["type"] == Type.YES_NO))
        ):
            return Type(known["type"])
        return found

    def _list_name(self, node: Node) -> str:
        return node.kind.split(" ")[-1] if " " in node.kind else ""

    def _choices(self, node: Node, body: dict[str, Any]) -> None:
        if body["type"] not in {Type.CHOICE, Type.CHOICES}:
            return
        name = self._list_name(node)
        given = self.options.get(name)
        if not given:
            say = f"Daftar pilihan {name} tidak ada pada lembar choices."
            self._say("OPTIONS_MISSING", say, "Tambahkan pilihannya.", node.line, "type", name)
            return
        held = self.dictionary.classifications.get(body.get("options_from", ""))
        known = body.get("options") or (
            [plain_option(one.code, one.label) for one in held.categories] if held else []
        )
        if [plain_option(one["code"], one["label"]) for one in known] != given:
            body["options"] = [_kept(known, one) for one in given]
        if not body.get("options") and not body.get("options_from"):
            body["options"] = given

    def _relevance(self, node: Node, body: dict[str, Any], expected: Mapping[str, str], code: str) -> None:
        text = node.row.get("relevant", "")
        if text == expected.get("relevant", ""):
            return
        made = self._translated(text, code, node.line, "relevant") if text else ""
        if made is not None:
            body["relevance"] = made

    def _translated(self, text: str, code: str, line: int, column: str) -> str | None:
        try:
            made = from_xpath(text, code, self.truths)
        except NoCounterpart as fault:
            say = f"Ungkapan tidak dapat dialihkan: {text} ({fault})."
            remedy = "Tulis dengan perbandingan, and, or, not, selected, abs, min, max atau round."
            self._say("EXPRESSION_FOREIGN", say, remedy, line, column, text)
            return None
        for own, given in self.codes.items():
            made = re.sub(rf"\b{re.escape(own)}\b", given, made)
        return made

    def _constraint(self, node: Node, body: dict[str, Any], expected: Mapping[str, str], code: str) -> None:
        text = node.row.get("constraint", "")
        message = _said(node.row, "constraint_message")
        if text == expected.get("constraint", "") and message == expected.get("constraint_message", ""):
            return
        limits: dict[str, str] = {}
        others = []
        for part in _conjuncts(text):
            match = _RANGE.fullmatch(part)
            if match and body["type"] in {Type.WHOLE, Type.DECIMAL, Type.MONEY, Type.PERCENT}:
                limits[_LIMITS[match[1]]] = match[2]
            else:
                others.append(part)
        body["range"] = limits
        body["rules"] = [one for one in body.get("rules", ()) if one["severity"] != "galat"]
        if others:
            held = " and ".join(f"({part})" for part in others) if len(others) > 1 else others[0]
            made = self._translated(held, code, node.line, "constraint")
            if made is not None:
                rule = {"severity": "galat", "holds": made, "message": _sentence(message)}
                body["rules"] = [rule, *body["rules"]]
        body["rules"] = [
            one | {"code": f"{code}_{chr(ord('a') + number)}"} for number, one in enumerate(body["rules"])
        ]
        body["range"] = {key: value for key, value in limits.items() if _is_number(value)}
        if not body["range"]:
            del body["range"]

    def _parts(self, node: Node, body: dict[str, Any]) -> None:
        """Find by which classifications a new variable is broken down, and whether its parts make it."""
        names: list[str] = []
        for child in node.children:
            names += [one for one in child.name.split(PART)[1::2] if one not in names]
        body["classifications"] = names
        has_total = any(child.kind == "calculate" and child.name == _code(node) for child in node.children)
        body["parts"] = "sama_dengan_total" if has_total else "tanpa_total"


def plain_option(code: str, label: str) -> dict[str, str]:
    """Give an option as plain values."""
    return {"code": code, "label": label}


def _kept(known: Sequence[Mapping[str, Any]], given: Mapping[str, str]) -> dict[str, Any]:
    """Give an option as the workbook has it, with what only the dictionary says of its code."""
    held = next((one for one in known if one["code"] == given["code"]), {})
    return {**held, **given}


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _code(node: Node) -> str:
    """Give the code of the variable of a node: of a group of parts that of its first part."""
    if node.holds_parts:
        first = next((child.name.split(PART)[0] for child in node.children if PART in child.name), "")
        return first or node.name.removesuffix(PARTS)
    return node.name


def _said(row: Mapping[str, str], column: str) -> str:
    """Give a text; where the form is in several languages the Indonesian one, else the first."""
    if column in row:
        return row[column]
    found = {key: text for key, text in row.items() if key.startswith(f"{column}::")}
    own = next((text for key, text in found.items() if "(id)" in key or "Indonesia" in key), "")
    return own or next(iter(found.values()), "")


def _sentence(message: str) -> str:
    text = message.strip() or "Jawaban ini tidak cocok dengan jawaban lain; periksa keduanya"
    return text if text.endswith(".") else f"{text}."


def _conjuncts(text: str) -> list[str]:
    """Split what is joined by `and` on the top level; brackets around a part fall away."""
    text = _unwrapped(text.strip())
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"'[^']*'|\"[^\"]*\"|[()]|\s(and|or)\s", text):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0 and match[1] == "or":
            return [text]
        if depth == 0 and match[1] == "and":
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    if len(parts) == 1:
        return [text] if text else []
    return [inner for part in parts for inner in _conjuncts(part)]


def _unwrapped(text: str) -> str:
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for at, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")")
            if depth == 0 and at < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text
