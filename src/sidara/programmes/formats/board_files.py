"""`content/fields.yaml` and `content/aims/*.yaml`: what the board of leaders measures, all of it proposed."""

from fractions import Fraction
from functools import cache
from typing import Any

from sidara.kernel import content
from sidara.programmes.core.board.aims import Aim, AimPart, Points
from sidara.programmes.core.board.fields import FieldContent, FieldLevel, FieldRule, FieldWord, IndexFields

PACKAGE = "sidara.programmes"


@cache
def fields() -> FieldContent:
    """Read the fields."""
    made: dict[str, Any] = content.load(PACKAGE, "fields")
    return FieldContent(
        made["status"],
        Fraction(made["least_coverage_percent"], 100),
        made["weakest"],
        tuple(FieldWord(**one) for one in made["fields"]),
        tuple(FieldWord(**one) for one in made["beside"]),
        tuple(
            IndexFields(
                one["index"],
                tuple(FieldRule(**rule) for rule in one["rules"]),
                tuple(FieldLevel(**level) for level in one["levels"]),
            )
            for one in made["indices"]
        ),
    )


@cache
def aims() -> tuple[Aim, ...]:
    """Read the aims in their order."""
    found = [aim_of(content.parse(file.read_bytes())) for file in content.files(PACKAGE, "aims")]
    return tuple(sorted(found, key=lambda one: one.place))


def aim_of(made: dict[str, Any]) -> Aim:
    """Read one aim."""
    source = made["source"]
    return Aim(
        made["code"],
        made["place"],
        made["name"],
        made["status"],
        f"{source['title']}; {source['article']} ({source['date']})",
        made["reason"],
        tuple(
            AimPart(
                part["code"],
                part["name"],
                part["reason"],
                Fraction(part["at_least_percent"], 100),
                tuple(
                    Points(one["index"], tuple(one.get("levels", ())), tuple(one.get("items", ())))
                    for one in part["measures"]
                ),
            )
            for part in made["parts"]
        ),
    )
