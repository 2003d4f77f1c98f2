"""Random files of cells: the accounting adds up, a dry run says what is done, again is all unchanged."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sidara.collection import queries
from sidara.kernel.actor import OPERATOR
from tests.collection.test_filing import OTHER, counts, imported, lines
from tests.collection.test_judging import VILLAGE

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
    """Each example in a transaction of its own, over the register that the first one loads."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=FILES, second=FILES)
    def test_any_two_files(self, first, second) -> None:
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
