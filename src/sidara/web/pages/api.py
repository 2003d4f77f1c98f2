"""The page of the API, made from its OpenAPI document: operations, scopes, parameters, faults, examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidara.accounts import queries as accounts
from sidara.kernel.actor import PUBLIC_OPERATIONS, Actor
from sidara.ui.api import OR
from sidara.ui.language import say
from sidara.web.api.rate import LIMITS
from sidara.web.languages import API
from sidara.web.pages.api_words import BYTES, EXAMPLES, FAULTS, FIELDS, FILE, GROUPS, PARAMETERS

type Schema = Mapping[str, Any]
FRESH = "$(uuidgen)"
DIGEST = "sha-256=:$(openssl dgst -sha256 -binary potongan | base64):"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an operation may be told: in the address, a header or the body."""

    name: str
    place: str
    kind: str
    is_required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that may be asked."""

    key: str
    method: str
    address: str
    summary: str
    note: str
    right: str
    right_name: str
    parameters: Sequence[Parameter]
    statuses: str
    curl: str
    python: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations about one thing."""

    key: str
    title: str
    operations: Sequence[Operation]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that any operation may answer."""

    code: str
    status: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All of it."""

    base: str
    count: int
    groups: Sequence[Group]
    faults: Sequence[Fault]
    for_token: int
    for_address: int
    start_curl: str
    start_python: str


def build(actor: Actor, document: Schema, site: str) -> ApiPage:
    """Build the page; `site` is the address of this SIDARA, for examples."""
    names = accounts.operations(actor)
    found: dict[str, list[Operation]] = {key: [] for key in GROUPS}
    for address, methods in document["paths"].items():
        for method, told in methods.items():
            made = _operation(document, address, method.upper(), told, names, site)
            found[told["tags"][0]].append(made)
    return ApiPage(
        base=f"{site}{API}",
        count=sum(map(len, found.values())),
        groups=[Group(key, say(GROUPS[key]), operations) for key, operations in found.items()],
        faults=[Fault(code, status, say(words)) for code, (status, words) in FAULTS.items()],
        for_token=LIMITS["token"],
        for_address=LIMITS["address"],
        start_curl=_curl(site, "GET", "/regions/search?q=natai+raya", is_open=True),
        start_python=_python(site, 'find("natai raya")', is_open=True),
    )


def _operation(
    document: Schema, address: str, method: str, told: Schema, names: Mapping[str, str], site: str
) -> Operation:
    right = told["x-right"]
    is_open = right in PUBLIC_OPERATIONS and told["operationId"] != "who_am_i"
    example = EXAMPLES[told["operationId"]]
    note = told.get("description", "")
    summary = told["summary"]
    return Operation(
        key=told["operationId"],
        method=method,
        address=address.removeprefix(API),
        summary=say(summary),
        note=say(note) if note.rstrip(".") != summary else "",
        right="" if right in PUBLIC_OPERATIONS else right,
        right_name=say(" atau ").join(say(names[one]) for one in right.split(OR) if one in names),
        parameters=[*map(_parameter, told.get("parameters", ())), *_fields(document, told)],
        statuses=", ".join(str(int(status)) for status in sorted(told["responses"])),
        curl=_curl(site, method, example.address, example.body, is_open=is_open),
        python=_python(site, example.call, is_open=is_open),
    )


def _parameter(told: Schema) -> Parameter:
    place = {"path": say("alamat"), "query": say("kueri"), "header": say("kepala")}[told["in"]]
    meaning = told.get("description") or PARAMETERS.get(told["name"], "")
    return Parameter(told["name"], place, _kind(told["schema"]), bool(told.get("required")), say(meaning))


def _fields(document: Schema, told: Schema) -> list[Parameter]:
    """Give what the body of an operation may hold; of bytes nothing."""
    if "requestBody" not in told:
        return []
    (sent,) = told["requestBody"]["content"].values()
    schema = _resolved(document, sent["schema"])
    required = schema.get("required", ())
    return [
        Parameter(name, say("isi"), _kind(_resolved(document, one)), name in required, say(FIELDS[name]))
        for name, one in schema.get("properties", {}).items()
    ]


def _resolved(document: Schema, schema: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Schema = document["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: Schema) -> str:
    """Name the type of a value as JSON does, of a list with that of its items."""
    for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        return _kind(one)
    kind = schema.get("format") or schema.get("type", "object")
    return f"array<{_kind(schema['items'])}>" if kind == "array" else str(kind)


def _curl(site: str, method: str, address: str, body: str = "", *, is_open: bool) -> str:
    parts = [
        f'curl "{site}{API}{address}"' if method == "GET" else f'curl -X {method} "{site}{API}{address}"'
    ]
    if not is_open:
        parts.append('-H "Authorization: Bearer $SIDARA_TOKEN"')
    if method == "PATCH" or body.startswith(FILE):
        parts.append(f'-H "Idempotency-Key: {FRESH}"')
    if body.startswith(FILE):
        parts.append(f"-F {body}")
    elif body.startswith(BYTES):
        parts += [f'-H "Content-Digest: {DIGEST}"', '-H "Content-Type: application/octet-stream"']
        parts.append(f"--data-binary {body}")
    elif body:
        parts += ['-H "Content-Type: application/json"', f"-d '{body}'"]
    return " \\\n  ".join(parts)


def _python(site: str, call: str, *, is_open: bool) -> str:
    """Write a call of the client; `SIDARA_TOKEN` of the environment is its token."""
    lines = ["from sidara.client import Sidara", ""]
    if not is_open:
        lines.insert(0, "# export SIDARA_TOKEN=sdr_…")
    return "\n".join([*lines, f'with Sidara("{site}") as sidara:', f"    print(sidara.{call})"])
