"""What the page of a form says: how much is missing, what is not asked yet, why a text is no answer."""

from uuid import UUID, uuid4

import pytest

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.judged import NOT_FILLED, Judged
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date
from sidara.ui.entry_words import words
from tests.collection.conftest import NOW
from tests.collection.device import Device

PROPOSALS = SubmissionKey("PEM_TAHUNAN", "62.01.02.2016", "2026")
ROW = str(UUID(int=7))


def counted(device: Device, *cells: Given) -> tuple[dict, Judged]:
    """Save, then let the device count and the server judge."""
    held = queries.filled(OPERATOR, PROPOSALS)
    base = held.state.revision if held else 0
    if cells:
        one = services.Save(PROPOSALS, base, uuid4(), Source.WEB, cells)
        assert not services.save_cells(OPERATOR, save=one, now=NOW).account.findings
    today = local_date(NOW)
    made = queries.judged(OPERATOR, PROPOSALS, today=today)
    assert isinstance(made, Judged)
    return device("counted", **queries.entry(OPERATOR, PROPOSALS, today=today).bundle), made


def missing(found: dict) -> int:
    return sum(one["missing"] for one in (*found["sections"], *found["lists"]))


@pytest.mark.usefixtures("register")
def test_a_list_counts_what_is_missing_in_its_rows(device: Device) -> None:
    found, made = counted(device)
    assert found["lists"] == [{"asked": 1, "filled": 0, "required": 1, "missing": 1}]
    assert missing(found) == len([one for one in made.told if one.finding.code in NOT_FILLED])
    found, made = counted(device, Given("USL_001", "Rabat beton RT 3", row=ROW))
    (own,) = found["lists"]
    assert own["filled"] == 1
    assert own["missing"] == len([one for one in made.told if one.key and one.key.row == ROW]) >= 10
    assert missing(found) == len([one for one in made.told if one.finding.code in NOT_FILLED])
    found, _ = counted(device, Given("usulan", "dihapus", row=ROW), Given("usulan", "tidak ada"))
    assert found["lists"] == [{"asked": 1, "filled": 1, "required": 1, "missing": 0}]


@pytest.mark.usefixtures("register")
def test_what_hangs_on_an_answer_is_asked_once_it_is_there(device: Device) -> None:
    reason = f"{ROW}/USL_014/_T"
    found, _ = counted(device, Given("USL_001", "Rabat beton RT 3", row=ROW))
    name = found["undecided"][reason]
    before = found["lists"][0]
    found, _ = counted(device, Given("USL_013", "DITOLAK", row=ROW))
    assert reason not in found["undecided"]
    after = found["lists"][0]
    assert (after["asked"], after["filled"]) == (before["asked"] + 1, before["filled"] + 1)
    assert name == queries.asking_of(OPERATOR, PROPOSALS)[0].columns["USL_013"].name
    found, _ = counted(device, Given("USL_013", "DICATAT", row=ROW))
    assert reason not in found["undecided"]
    assert found["lists"][0]["asked"] == before["asked"]
    found, _ = counted(device, Given("USL_013", "tidak tahu", row=ROW, explanation="Menunggu musyawarah."))
    assert reason not in found["undecided"], "what nobody knows hides nothing"


WHOLE = {"name": "x", "question": "x", "type": "uang"}
PARTS = {"name": "x", "question": "x", "type": "desimal", "decimals": 2}


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (WHOLE, "12,5", "fault-desimal-bulat"),
        (WHOLE, "banyak", "fault-angka-bulat"),
        (WHOLE, "1" * 19, "fault-panjang"),
        (WHOLE, "12,0", ""),
        (PARTS, "12,5", ""),
        (PARTS, "12,555", "fault-desimal"),
        (PARTS, "banyak", "fault-angka"),
        ({"name": "x", "question": "x", "type": "tanggal"}, "kemarin", "fault-tanggal"),
    ],
)
def test_a_text_that_is_no_answer_is_told_as_the_question_asks(
    device: Device, question: dict, text: str, said: str
) -> None:
    """Whoever follows what is told is not refused again."""
    known = words()
    (found,) = device("faults", question=question, texts=[text], words=known)
    assert found == (known[said].format(n=2) if said else "")
    assert question is PARTS or "12,5" not in found
