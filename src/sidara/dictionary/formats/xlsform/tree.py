"""The rows of a survey as a tree: groups and repeats with what stands inside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sidara.dictionary.core.xpath import PART
from sidara.dictionary.formats.xlsform.columns import KEPT

PARTS = "_rincian"
"""The end of the name of a group that holds the parts of one variable."""
DEEPEST = 20
"""So many groups may stand inside each other."""
type Row = dict[str, str]


@dataclass
class Node:
    """A row, the line on which it stands, and the rows inside it; `kind` is its type in small words."""

    kind: str
    row: Row
    line: int
    children: list["Node"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the question, group or repeat."""
        return self.row.get("name", "")

    @property
    def holds_parts(self) -> bool:
        """Whether it is a group of the parts of one variable."""
        if self.kind != "group":
            return False
        return KEPT in self.row or any(PART in child.name for child in self.children)


def grown(rows: Sequence[tuple[int, Row]]) -> tuple[list[Node], list[int], list[int]]:
    """Give the tree of a survey, the lines of what is not paired, and the lines of what stands too deep."""
    root = Node("root", {}, 0)
    open_nodes = [root]
    stray: list[int] = []
    deep: list[int] = []
    for line, row in rows:
        kind = re.sub(r"[\s_]+", " ", row.get("type", "").strip().lower())
        if not kind:
            continue
        if kind in {"begin group", "begin repeat"}:
            made = Node(kind.split()[1], row, line)
            if len(open_nodes) > DEEPEST:
                deep.append(line)
            open_nodes[:DEEPEST][-1].children.append(made)
            open_nodes.append(made)
        elif kind in {"end group", "end repeat"}:
            if len(open_nodes) > 1 and open_nodes[-1].kind == kind.split()[1]:
                open_nodes.pop()
            else:
                stray.append(line)
        else:
            open_nodes[-1].children.append(Node(row["type"].strip(), row, line))
    stray += [one.line for one in open_nodes[1:]]
    return root.children, stray, deep


def questions(nodes: Sequence[Node]) -> Iterator[Node]:
    """Go over what is asked: leaves, and groups of parts as one question."""
    for node in nodes:
        if node.kind in {"group", "repeat"} and not node.holds_parts:
            yield from questions(node.children)
        else:
            yield node
