"""Content: the YAML files of a room, read in one way. Code holds no weight, threshold, label or list.

A key that stands twice is a fault, not a silent loss. `script/check_content.py` holds every file against
the JSON Schema that stands beside it; what the readers do with it is theirs.
"""

from collections.abc import Hashable
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

MOST_ALIASES = 100
DEEPEST = 60


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml, where there is one
    """YAML in which a key that stands twice is a fault, and so is a day or number that does not exist."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - as the library has it
        """Make a value; a day, number or truth that does not exist is a fault of its line.

        The library raises whatever its reading of a wrongly tagged text (`!!int ''`, `!!bool x`) ran into.
        """
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, AttributeError):
            raise _fault(
                "nilai ini bukan tanggal atau angka yang ada, atau bukan ya/tidak", node.start_mark
            ) from None


def _fault(message: str, mark: Any) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, message, mark)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key, value in loader.construct_pairs(node, deep=True):
        if not isinstance(key, Hashable):
            raise _fault("kunci berupa daftar atau kelompok", node.start_mark)
        if key in made:
            raise _fault(f"kunci {key} tertulis dua kali", node.start_mark)
        made[key] = value
    return made


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _guard(text: bytes) -> None:
    """Refuse what could fill memory or the stack: what nests too deep, aliases in anchors, too many of them.

    Aliases stand for plain values: one inside another could make a few lines grow without end.
    """
    aliases, within = 0, [False]
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if within[-1] or aliases > MOST_ALIASES:
                raise _fault("rujukan (*) bersarang atau terlalu banyak", event.start_mark)
        elif isinstance(event, yaml.CollectionStartEvent):
            within.append(within[-1] or event.anchor is not None)
        elif isinstance(event, yaml.CollectionEndEvent):
            within.pop()
        if len(within) > DEEPEST:
            raise _fault("isinya bersarang terlalu dalam", event.start_mark)


def parse(text: bytes | str) -> Any:
    """Read YAML into plain values; refuses (`yaml.YAMLError`) what is none, has a key twice or grows."""
    try:
        content = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError:
        raise yaml.YAMLError("teks memuat separuh huruf (surrogate)") from None
    _guard(content)
    return yaml.load(content, Loader=_Loader)  # noqa: S506 - a safe loader with one check more


def files(package: str, folder: str = "") -> list[Traversable]:
    """List the YAML files of `content/` or of a folder below it, by name; `package` as `sidara.regions`."""
    place = resources.files(package).joinpath("content", folder)
    found = [file for file in place.iterdir() if file.name.endswith(".yaml")]
    return sorted(found, key=lambda file: file.name)


def load(package: str, name: str) -> Any:
    """Read `content/NAME.yaml` of a package."""
    return parse(resources.files(package).joinpath("content", f"{name}.yaml").read_bytes())
