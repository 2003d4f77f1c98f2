"""Random files of cells: the accounting adds up, a dry run says what is done, again is all unchanged.

And the import of a file, which goes by column, stores and says what one save after the other does.
"""

from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.regions import services as regions
from tests.collection.conftest import NOW
from tests.collection.test_filing import OTHER, counts, imported, lines
from tests.collection.test_judging import VILLAGE

PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
CELLS = st.tuples(
    st.sampled_from(["KEP_SEMESTER", "KEP_SEMESTER", "KEP_SEMESTER", "TIDAK"]),
    st.sampled_from([VILLAGE, OTHER, "99.99.99.9999"]),
    st.sampled_from(["2026-S1", "2026-S1", "2026-Q1"]),
    st.just(""),
    st.sampled_from(["KEP_001", "KEP_002", "KEP_003", "KEP_004", "TIDAK_ADA"]),
    st.sampled_from(["", "", "_T", "L"]),
    st.sampled_from(["", "", "", "tidak tahu", "entah"]),
    st.sampled_from(["1", "20", "300", "-4", "1e308", "NaN", "\uff11\uff12", "dua", ""]),
    st.sampled_from(["", "catatan"]),
)
FILES = st.lists(CELLS, min_size=1, max_size=14)


class Files(TestCase):
    """Each example in a transaction of its own, over the same register."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Load the register once for all examples."""
        regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=FILES, second=FILES)
    def test_any_two_files(self, first, second) -> None:
        imported(lines(f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_001,,,7,"), minute=-1)
        assert queries.filled(OPERATOR, PEOPLE) is not None, "the register is there"
        for minute, rows in enumerate((first, second)):
            text = lines(*(",".join(row) for row in rows))
            dry = imported(text, minute=minute, is_dry=True).account
            done = imported(text, minute=minute).account
            assert sum(counts(done)) == done.sent
            assert counts(dry) == counts(done)
            assert dry.findings == done.findings
            again = imported(text, minute=minute + 5).account
            created, updated, unchanged, conflicting, rejected = counts(again)
            assert (created, updated, conflicting) == (0, 0, 0)
            assert (unchanged, rejected) == (sum(counts(done)[:4]), done.rejected)
        assert not list(queries.audit(OPERATOR))


ONE, OTHER_DOOR = (SubmissionKey("PEM_TAHUNAN", one, "2026") for one in (VILLAGE, "62.01.02.2017"))
ROWS = [str(UUID(int=n)) for n in (1, 2)]
TYPED = st.tuples(
    st.sampled_from(["", "", "", *ROWS, "bukan-baris"]),
    st.sampled_from(
        [
            "PEM_001",
            "PEM_002",
            "PEM_003",
            "PEM_004",
            "PEM_007",
            "PEM_031",
            "PEM_061",
            "usulan",
            "USL_001",
            "USL_006",
            "USL_015",
        ]
    ),
    st.sampled_from(["", "", "", "", "nilai", "tidak_ada", "tidak tahu", "belum_diisi", "entah"]),
    st.sampled_from(
        [
            "1",
            "2",
            "12.5",
            "-0",
            "007",
            "ya",
            "true",
            "ada",
            "dihapus",
            "2026-03-04",
            "2026-02-30",
            "Jalan é",
            "hapus",
            "tidak_ada",
            "tidak ada",
            "999999999999999999",
            "9999999999999999999",
            "a  b",
            "+5",
            ".5",
            "1e3",
        ]
    ),
    st.sampled_from(["", "", "catatan", "é", "NIK 6201021203900001"]),
)


def saved(key, rows):
    """Save the cells that a file would send, by one save on the newest revision."""
    held = queries.filled(OPERATOR, key)
    given = [
        Given(variable, value, state, row=row, explanation=said)
        for row, variable, state, value, said in rows
        if value.strip() or state or said
    ]
    one = services.Save(key, held.state.revision if held else 0, uuid4(), Source.CSV, given)
    return services.save_cells(OPERATOR, save=one, now=NOW).account


class Doors(TestCase):
    """A file and single saves, side by side."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Load the register once for all examples."""
        regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @example(
        files=[
            [("", "PEM_007", "", "1", ""), ("", "PEM_061", "", "9" * 18, "é"), ("", "PEM_004", "", "x", "")]
        ]
    )
    @given(files=st.lists(st.lists(TYPED, min_size=1, max_size=12), min_size=1, max_size=3))
    def test_a_file_ends_as_a_save_does(self, files) -> None:
        for minute, rows in enumerate(files):
            text = lines(
                *(
                    f"{ONE.form},{ONE.region},{ONE.period},{row},{variable},,{state},{value},{said}"
                    for row, variable, state, value, said in rows
                )
            )
            by_file, by_save = imported(text, minute=minute).account, saved(OTHER_DOOR, rows)
            assert counts(by_file) == counts(by_save)
            assert not by_save.is_refused
            bad = [
                sorted(one.code for one in account.findings if one.code.split("_")[0] in KINDS_OF_CELLS)
                for account in (by_file, by_save)
            ]
            assert bad[0] == bad[1]
        one, other = queries.filled(OPERATOR, ONE), queries.filled(OPERATOR, OTHER_DOOR)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.content_hash == other.content_hash
            assert {key: held.content for key, held in one.state.cells.items()} == {
                key: held.content for key, held in other.state.cells.items()
            }


KINDS_OF_CELLS = {"CELL", "VALUE", "STATE", "ROW", "LIST", "BREAKDOWN"}
"""How codes begin that say why a cell cannot be stored."""
