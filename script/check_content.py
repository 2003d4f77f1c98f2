"""Check every content file of the rooms against the JSON Schema that stands beside it.

`content/**/NAME.yaml` is held against the nearest `*.schema.json` of its folder: `NAME.schema.json`,
else the only schema of the folder. A content file without a schema or without a source is a fault.
"""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from sidara.kernel.content import parse

ROOT = Path(__file__).resolve().parents[1] / "src" / "sidara"


def schema_for(file: Path) -> Path | None:
    """Find the schema of a content file in its own folder."""
    own = file.with_suffix(".schema.json")
    if own.exists():
        return own
    schemas = sorted(file.parent.glob("*.schema.json"))
    return schemas[0] if len(schemas) == 1 else None


def has_source(content: object) -> bool:
    """Whether the file names where its facts come from."""
    return isinstance(content, dict) and bool(content.get("source") or content.get("sources"))


def faults(file: Path) -> list[str]:
    """List what is wrong with one content file."""
    schema = schema_for(file)
    if schema is None:
        return ["no schema beside it"]
    try:
        content = parse(file.read_bytes())
    except yaml.YAMLError as fault:
        return [str(fault)]
    found = [] if has_source(content) else ["names no source"]
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    found += [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]
    return found


def main() -> int:
    """Check all, print each fault, count what was checked."""
    files = sorted(ROOT.glob("*/content/**/*.yaml"))
    broken = {file: found for file in files if (found := faults(file))}
    for file, found in broken.items():
        for fault in found:
            print(f"{file.relative_to(ROOT)}: {fault}")
    print(f"{len(files)} content files, {len(broken)} broken")
    return 1 if broken or not files else 0


if __name__ == "__main__":
    sys.exit(main())
