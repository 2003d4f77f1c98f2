"""Codes, activity kinds, plans, activities and findings of the alignment by the client."""

from typing import Any

from sidara.client.asking import Asking, Rows, part_of


class Programmes(Asking):
    """What a plan may be called and what is planned; `government` is pusat, provinsi, kabupaten_kota or desa.

    `level` of a plan or activity is pusat, provinsi, kabupaten, desa or perusahaan. Real and made-up rows are
    asked for apart (`is_simulated`).
    """

    def nomenclature(
        self, text: str, *, government: str = "", year: int | None = None, limit: int = 50
    ) -> Rows:
        """Search codes and activity kinds by words or code, the best match first."""
        return self._rows("/programmes/nomenclature", q=text, government=government, year=year, limit=limit)

    def code(self, government: str, code: str, *, year: int | None = None) -> dict[str, Any]:
        """Give one code with its words, versions and kinds."""
        return self._one("GET", _at(government, code), year=year)

    def check_code(self, government: str, code: str, *, year: int, name: str = "") -> dict[str, Any]:
        """Say whether a code may be used; a wrong one with those to use instead."""
        return self._one("GET", f"{_at(government, code)}/check", year=year, name=name)

    def kinds(self) -> Rows:
        """List the activity kinds."""
        return self._rows("/programmes/kinds")

    def kind(self, code: str, *, year: int | None = None) -> dict[str, Any]:
        """Give one activity kind with its actors, their codes and the items it answers."""
        return self._one("GET", f"/programmes/kinds/{part_of(code)}", year=year)

    def options(self, index: str, item: str, *, year: int | None = None) -> Rows:
        """List what answers an item of an index, and who may do it by which code."""
        return self._rows(f"/programmes/kinds/answering/{part_of(index)}/{part_of(item)}", year=year)

    def plans(
        self, *, is_simulated: bool = False, level: str = "", area: str = "", year: int | None = None
    ) -> Rows:
        """List the plan documents; `area`: of whose government, `year`: those that hold then."""
        asked = {"is_simulated": is_simulated, "level": level, "area": area, "year": year}
        return list(self._pages("/programmes/plans", **asked))

    def plan(self, uid: str) -> dict[str, Any]:
        """Give one plan document with goals, targets beside actuals, and lines."""
        return self._one("GET", f"/programmes/plans/{part_of(uid)}")

    def activities(  # keyword-only filters
        self,
        *,
        is_simulated: bool = False,
        level: str = "",
        within: str = "",
        kind: str = "",
        year: int | None = None,
    ) -> Rows:
        """List the activities; `within`: an area or a village, `kind`: an activity kind."""
        asked = {"is_simulated": is_simulated, "level": level, "within": within, "kind": kind, "year": year}
        return list(self._pages("/programmes/activities", **asked))

    def findings(self, under: str, *, year: int, is_simulated: bool = False) -> Rows:
        """List the findings of the alignment that concern an area and are not solved."""
        asked = {"under": under, "year": year, "is_simulated": is_simulated}
        return list(self._pages("/programmes/findings", **asked))


def _at(government: str, code: str) -> str:
    return f"/programmes/nomenclature/{part_of(government)}/{part_of(code)}"
