"""Fund sources: short code, the village account it comes in by, and how people write it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sidara.programmes.core.codes.entry import plain


@dataclass(frozen=True, slots=True)
class FundSource:
    """Where money comes from; `village_accounts` are the accounts of the village budget that hold it.

    `is_village_fund`: Dana Desa, of which parts are limited.
    """

    code: str
    name: str
    spellings: tuple[str, ...] = ()
    village_accounts: tuple[str, ...] = ()
    regional_codes: str = ""
    is_village_fund: bool = False


class FundSources:
    """All fund sources, found by code, name or spelling."""

    def __init__(self, sources: Iterable[FundSource]) -> None:
        """Take the sources; a spelling that two of them claim is a fault of the content."""
        self.sources = tuple(sources)
        self._by_spelling: dict[str, FundSource] = {}
        for one in self.sources:
            for written in (one.code, one.name, *one.spellings):
                if self._by_spelling.setdefault(plain(written), one) is not one:
                    raise ValueError(f"{written!r} names two fund sources")

    def is_village_fund(self, code: str) -> bool:
        """Whether a code is that of Dana Desa."""
        return any(one.is_village_fund and one.code == code for one in self.sources)

    def find(self, written: str) -> FundSource | None:
        """Give the source that is written so, without case, blanks and punctuation; `None` for another."""
        return self._by_spelling.get(plain(written))
