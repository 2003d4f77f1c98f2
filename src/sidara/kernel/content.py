"""Content: the YAML files of a room, read in one way. Code holds no weight, threshold, label or list.

A key that stands twice is a fault, not a silent loss. `script/check_content.py` holds every file against
the JSON Schema that stands beside it; what the readers do with it is theirs.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice is a fault."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = loader.construct_pairs(node, deep=True)
    keys = [key for key, _ in pairs]
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        raise yaml.constructor.ConstructorError(
            None, None, f"kunci {twice} tertulis dua kali", node.start_mark
        )
    return dict(pairs)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: bytes | str) -> Any:
    """Read YAML into plain values; refuses (`yaml.YAMLError`) what is none or has a key twice."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with one check more


def files(package: str, folder: str = "") -> list[Traversable]:
    """List the YAML files of `content/` or of a folder below it, by name; `package` as `sidara.regions`."""
    place = resources.files(package).joinpath("content", folder)
    found = [file for file in place.iterdir() if file.name.endswith(".yaml")]
    return sorted(found, key=lambda file: file.name)


def load(package: str, name: str) -> Any:
    """Read `content/NAME.yaml` of a package."""
    return parse(resources.files(package).joinpath("content", f"{name}.yaml").read_bytes())
