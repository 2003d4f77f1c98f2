"""Villages by rule and by list: what is not known is told, never taken as no; what is doubtful is offered."""

from decimal import Decimal
from uuid import uuid4

import polars as pl
import pytest

from sidara.collection.core import DataSet, ValueType, Variable
from sidara.collection.core.dataset import Choice
from sidara.collection.services import put_cells
from sidara.expressions import Kind
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.programmes import queries, services
from sidara.programmes.core import GoalKind
from sidara.programmes.core.choosing import Held, Named, choose
from sidara.programmes.core.plan_drafts import GoalDraft, IndicatorDraft
from sidara.regions import queries as regions
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW
from tests.programmes.test_plans import RPJMD
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
KNOWN = {
    "IDM_STATUS": Named("IDM_STATUS", "Status", Kind.TEXT, "d", "IDM.STATUS", ("TERTINGGAL", "MAJU")),
    "IDM_S34": Named("IDM_S34", "Air bersih", Kind.NUMBER, "d", "IDM.S34"),
}
RULE = "IDM_STATUS = 'TERTINGGAL' and IDM_S34 <= 1"
FIGURES = {
    "a": {"IDM_STATUS": Held("TERTINGGAL"), "IDM_S34": Held(Decimal(1))},
    "b": {"IDM_STATUS": Held("TERTINGGAL"), "IDM_S34": Held(Decimal(5))},
    "c": {"IDM_STATUS": Held("TERTINGGAL"), "IDM_S34": Held(None)},
    "d": {"IDM_STATUS": Held("MAJU"), "IDM_S34": Held(None)},
    "e": {},
}


def test_a_rule_tells_yes_no_and_what_it_cannot_tell_with_the_reason():
    found = choose(RULE, KNOWN, [(code, code.upper()) for code in FIGURES], FIGURES)
    assert [one.code for one in found.yes] == ["a"]
    assert found.yes[0].figures["IDM_S34"] == Held(Decimal(1))
    assert [(one.code, one.missing) for one in found.unknown] == [
        ("c", ("IDM_S34",)),
        ("e", ("IDM_S34", "IDM_STATUS")),
    ]
    assert (found.asked, found.no) == (5, 2), "MAJU decides without the other figure"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("IDM_S34", "RULE_NOT_TRUTH"),
        ("IDM_S99 = 1", "UNKNOWN_NAME"),
        ("IDM_STATUS <= 1", "KINDS_DIFFER"),
        ("", "EXPRESSION_EMPTY"),
    ],
)
def test_a_rule_that_cannot_be_read_says_why(rule, code):
    found = choose(rule, KNOWN, [], {})
    assert found.findings
    assert (found.yes, found.unknown) == ((), ())


def put(code, cells, *, is_simulated=False, period="2024"):
    """A published data set with status and the item of clean water."""
    dataset = DataSet(
        code, code, "contoh", "", "tidak dinyatakan", NOW.date(), "kemendagri", is_simulated, "published"
    )
    choices = (Choice("TERTINGGAL", "Tertinggal"), Choice("MAJU", "Maju"))
    variables = (
        Variable("IDM.STATUS", "Status", "", 0, ValueType.CHOICE, choices),
        Variable("IDM.S34", "Air bersih", "skor", 0, ValueType.NUMBER),
        Variable("IDM.IDM", "IDM", "", 4, ValueType.NUMBER),
    )
    rows = [
        (regions.resolve(PUBLIC, village).id, period, variable, value) for village, variable, value in cells
    ]
    schema = {"region_id": pl.Int64, "period": pl.String, "variable": pl.String, "value": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    account = put_cells(OPERATOR, dataset=dataset, variables=variables, cells=frame, now=NOW)
    assert account.rejected == 0, account.findings


@pytest.fixture
def facts(register, folder, django_capture_on_commit_callbacks):
    """Three villages of one kecamatan: chosen, not chosen, unknown; made-up scores must not be read."""
    cells = [
        ("62.01.02.2016", "IDM.STATUS", "TERTINGGAL"),
        ("62.01.02.2016", "IDM.S34", "1"),
        ("62.01.02.2017", "IDM.STATUS", "MAJU"),
        ("62.01.02.2015", "IDM.STATUS", "TERTINGGAL"),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        put("external:idm-2024", cells)
        put("simulated:idm", [("62.01.02.2015", "IDM.S34", "1")], is_simulated=True)


def test_a_rule_reads_what_is_known_today_of_real_villages_alone(facts):
    found = queries.choose_by_rule(PUBLIC, RULE, area="62.01.02", is_simulated=False)
    assert [one.code for one in found.yes] == ["62.01.02.2016"]
    assert found.yes[0].figures["IDM_S34"] == Held(Decimal(1), "2024")
    unknown = {one.code: one.missing for one in found.unknown}
    assert unknown["62.01.02.2015"] == ("IDM_S34",)
    desa = [one for one in regions.villages(PUBLIC, "62.01.02") if one.kind == "desa"]
    assert (found.asked, found.no) == (len(desa), 1)


def test_an_aim_stands_beside_the_actual_of_the_same_world(facts, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put("external:idm-2025", [("62.01.02.2016", "IDM.IDM", "0.6")], period="2025")
        plan = services.make_plan(OPERATOR, draft=RPJMD, message_id=uuid4(), now=NOW).uid
        aims = (
            IndicatorDraft(
                name="Desa tertinggal",
                indicator="IDM.STATUS=TERTINGGAL",
                baseline_year=2024,
                baseline=Decimal(2),
                targets={2026: Decimal(0)},
            ),
            IndicatorDraft(name="Rata-rata", indicator="IDM.IDM", targets={2025: Decimal("0.75")}),
        )
        goal = GoalDraft(
            uid=uuid4(), kind=GoalKind.OBJECTIVE, name="x", valid_from=2025, valid_to=2029, indicators=aims
        )
        made = services.make_goals(OPERATOR, plan=plan, drafts=[goal], message_id=uuid4(), now=NOW)
        assert made.is_done, made.findings
    status, mean = queries.goal_indicators(PUBLIC, plan)[goal.uid]
    assert (status.baseline, dict(status.targets)) == (Decimal(2), {2026: Decimal(0)})
    assert dict(status.actuals) == {2024: Decimal(2)}
    assert (dict(mean.targets), dict(mean.actuals)) == (
        {2025: Decimal("0.75")},
        {2025: Decimal("0.6")},
    )
    assert mean.actual_dataset == "external:idm-2025"


def test_a_list_takes_codes_and_plain_names_and_offers_what_is_doubtful(register):
    text = "62.01.02.2016\nNatai Raya; 6201022017, Nattai Raya\nTak Ada Sama Sekali Xyz"
    by_code, by_name, bare, alike, unknown = queries.read_list(PUBLIC, text, area="62.01", is_simulated=False)
    assert by_code.village.code == by_name.village.code == "62.01.02.2016"
    assert bare.village.code == "62.01.02.2017"
    assert alike.village is None
    assert "62.01.02.2016" in [one.code for one in alike.offered]
    assert unknown.village is None
