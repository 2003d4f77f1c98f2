"""Acts of verification until the process is killed: a form goes up, back, becomes final, is corrected.

Imported before the processes are forked, as `tests.collection.killing`.
"""

from datetime import timedelta
from uuid import UUID

from tests.collection.killing import (
    IN_JULY,
    OPERATOR,
    PEOPLE,
    WORK,
    Given,
    Source,
    SubmissionKey,
    queries,
    services,
)

# isort: split
from sidara.collection.core.submission import Key
from sidara.verification import services as acts
from sidara.verification.core import Step

KEY = SubmissionKey("KEP_SEMESTER", "62.01.02.2016", "2026-S1")
HOUSES = Key("", "KEP_004", "_T")
UP = ("district", "community", "sector", "province")
FIRST = ("send", "endorse", *UP, "close")
ROUND = ("correct", "mend", "endorse", "return", "mend", "endorse", *UP, "close")
"""What comes again and again once the form is final."""


def act_of(number: int) -> str:
    """Say which act has a number, from 0."""
    return FIRST[number] if number < len(FIRST) else ROUND[(number - len(FIRST)) % len(ROUND)]


def verify(number: int, *, is_dry: bool = False) -> None:
    """Do the act of a number under a message of its own; dry: hold the one before against its answer."""
    if not is_dry:
        done = _act(number)
        assert done.is_done, (number, act_of(number), done.findings)
        return
    if queries.filled(OPERATOR, KEY) is None:
        cells = [Given(code, value) for code, value in PEOPLE.items()]
        one = services.Save(KEY, 0, UUID(int=10**9), Source.WEB, cells)
        assert not services.save_cells(OPERATOR, save=one, now=IN_JULY).account.rejected
    if number:
        again = _act(number - 1)
        assert again.is_repeated, (number - 1, act_of(number - 1), again.findings)
        if isinstance(again, acts.Outcome):
            assert again.event is not None
            assert again.event.link.message == str(UUID(int=number))


def _act(number: int) -> acts.Outcome | acts.Closed:
    filled = queries.filled(OPERATOR, KEY)
    assert filled is not None
    name, seen = act_of(number), filled.state.revision
    own = {"message_id": UUID(int=number + 1), "now": IN_JULY + timedelta(seconds=number)}
    match name:
        case "send" | "mend":
            value = str(20 + number % 7)
            if name == "mend" and filled.state.takes(HOUSES) and filled.state.content(HOUSES).value != value:
                cells = [Given(HOUSES.variable, value)]
                save = services.Save(KEY, seen, UUID(int=10**9 + number), Source.WEB, cells)
                assert not services.save_cells(OPERATOR, save=save, now=own["now"]).account.rejected
                seen += 1
            return acts.send_submission(OPERATOR, key=KEY, revision=seen, **own)
        case "endorse":
            return acts.endorse_submission(OPERATOR, key=KEY, content_hash=filled.content_hash, **own)
        case "return":
            reasons = {HOUSES: "Hitung keluarga, bukan orang."}
            due = (IN_JULY + timedelta(days=30)).date()
            return acts.return_cells(
                OPERATOR, key=KEY, step=Step.DISTRICT, reasons=reasons, due_date=due, revision=seen, **own
            )
        case "correct":
            return acts.correct_cells(OPERATOR, key=KEY, cells=[HOUSES], reason="Salah hitung dusun.", **own)
        case "close":
            site = "https://sidara.example"
            return acts.close_batch(OPERATOR, step=Step.DISTRICT, under="62.01.02", site=site, **own)
    return acts.accept_cells(OPERATOR, key=KEY, step=Step(name), revision=seen, **own)


WORK["verify"] = verify
