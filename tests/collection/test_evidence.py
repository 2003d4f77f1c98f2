"""Evidence of a submission: beside a cell or the whole form, by who fills in, until it is sent."""

from uuid import uuid4

import pytest

from sidara.collection import queries, services
from sidara.collection.core.proof import cell_of
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.evidence import queries as evidence
from sidara.evidence.services import Handed
from sidara.kernel.actor import OPERATOR, NotAllowed
from tests.copied import shipped
from tests.evidence import files
from tests.verification.conftest import GOOD, NOW, PEOPLE, VILLAGE, person, register, save, send, withdraw

__all__ = ["register"]
CELL = Key("", "KEP_001", "_T")
PHOTO = files.photo()
SENDER = person("operator-desa", number=7)
VERIFIER = person("verifikator-kecamatan", number=11)


@pytest.fixture(autouse=True)
def home(register, tmp_path, settings):
    shipped(lambda: NOW)
    settings.SIDARA_HOME = tmp_path


def keep(cell=CELL, *, actor=SENDER, key=PEOPLE, content=PHOTO, name="foto.jpg"):
    handed = Handed(uuid4(), content, name)
    return services.keep_evidence(actor, key=key, cell=cell, handed=handed, now=NOW)


def remove(piece, *, actor=SENDER):
    return services.remove_evidence(actor, key=PEOPLE, piece=piece, reason="keliru", now=NOW)


def codes(done):
    return [one.code for one in done.findings]


def test_a_piece_stands_beside_its_cell_before_anybody_began_the_form():
    done = keep()
    (held,) = queries.evidence_of(SENDER, PEOPLE)
    assert (held.id, cell_of(held.cell)) == (done.piece.id, CELL)
    assert cell_of(keep(None).piece.cell) is None
    assert [*evidence.audit(OPERATOR)] == []


def test_verifiers_see_it_and_strangers_do_not():
    done = keep()
    assert len(queries.evidence_of(VERIFIER, PEOPLE)) == 1
    piece, content = queries.evidence_file(VERIFIER, PEOPLE, done.piece.id)
    with content:
        assert len(content.read()) == piece.size
    stranger = person("operator-desa", under="62.01.03.2001", number=8)
    for act in (
        lambda: queries.evidence_of(stranger, PEOPLE),
        lambda: queries.evidence_file(stranger, PEOPLE, done.piece.id),
        lambda: keep(actor=stranger),
        lambda: remove(done.piece.id, actor=stranger),
        lambda: keep(actor=person("kepala-desa")),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_file_of_one_form_does_not_open_at_another():
    done = keep()
    other = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q1")
    assert queries.evidence_file(SENDER, other, done.piece.id) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Key("", "KES_001", "_T"), "CELL_UNKNOWN"),
        (Key("", "KEP_001", "USIA:1"), "BREAKDOWN_UNKNOWN"),
        (Key(str(uuid4()), "KEP_001", "_T"), "ROW_UNKNOWN"),
    ],
)
def test_what_the_form_does_not_ask_takes_no_evidence(cell, code):
    assert codes(keep(cell)) == [code]
    assert queries.evidence_of(SENDER, PEOPLE) == ()


def test_a_form_or_period_that_is_not_there_is_told():
    assert codes(keep(key=SubmissionKey("TIDAK_ADA", VILLAGE, "2026-S1"))) == ["FORM_UNKNOWN"]
    assert codes(keep(key=SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-Q1"))) == ["PERIOD_FORM"]


def test_what_was_sent_takes_none_and_loses_none_until_it_is_withdrawn():
    save(*GOOD)
    done = keep()
    assert send().is_done
    assert codes(keep()) == ["CELL_LOCKED"]
    assert codes(keep(None)) == ["CELL_LOCKED"]
    assert remove(done.piece.id).code == "CELL_LOCKED"
    assert withdraw().is_done
    assert remove(done.piece.id) is None
    assert keep().piece is not None


def test_the_kecamatan_adds_what_it_brings_in():
    assert keep(actor=VERIFIER).piece is not None
