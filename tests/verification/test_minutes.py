"""Minutes: a batch is closed once, its paper is the same bytes, and whoever has it checks it by its code."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection import services as roots
from sidara.collection.core.submission import Key
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.exits import Exit
from sidara.verification import models, queries, services
from sidara.verification.core import Act, Step, code_of, file_hash, read_code
from sidara.verification.formats import minutes as paper
from tests.verification.conftest import (
    COMMUNITY,
    DISTRICT,
    NOW,
    PEOPLE,
    SENDER,
    VERIFIERS,
    accept,
    codes,
    endorse,
    give_back,
    save,
    send,
)
from tests.verification.test_verifying import HOUSES, WHY, sent

pytestmark = pytest.mark.usefixtures("register")
SITE, AREA = "https://sidara.example", "62.01.02"


def close(*, step=Step.DISTRICT, under=AREA, actor=None, message=None, now=NOW):
    return services.close_batch(
        actor or VERIFIERS[step], step=step, under=under, site=SITE, message_id=message or uuid4(), now=now
    )


def test_a_batch_is_closed_once_and_says_what_was_accepted_and_returned(tmp_path):
    assert codes(close()) == ["MINUTES_NOTHING"]
    sent()
    give_back(Step.DISTRICT, {HOUSES: WHY})
    accept(Step.DISTRICT)
    roots.make_root(OPERATOR, day=NOW.date(), now=NOW)
    message = uuid4()
    done = close(message=message)
    assert done.is_done, done.findings
    kept = queries.minutes(PUBLIC, done.code)
    assert kept.is_whole
    (entry,) = kept.minutes.entries
    held = queries.standing(SENDER, PEOPLE)
    others = [one for one in held.cells if one.variable != "*" and held.at(one).level >= 2]
    assert (entry.form, entry.region, entry.returned) == (PEOPLE.form, PEOPLE.region, 1)
    assert entry.accepted == len(others)
    assert kept.minutes.root_day == NOW.date()
    assert close(message=message).is_repeated
    assert codes(close()) == ["MINUTES_NOTHING"]
    assert codes(close(message=message, actor=COMMUNITY, step=Step.COMMUNITY, under="62.01")) == [
        "MESSAGE_REUSED"
    ]
    save(("KEP_004", "28"))
    send()
    endorse()
    accept(Step.DISTRICT)
    assert close(now=NOW + timedelta(hours=1)).code not in {"", done.code}
    file = tmp_path / "ba.pdf"
    file.write_bytes(queries.minutes_file(DISTRICT, done.code))
    with pikepdf.open(file) as opened:
        assert str(opened.docinfo["/Title"]) == "Berita acara pemeriksaan data desa"
        assert len(opened.pages) == 1
    address = f"{SITE}/berita-acara/{done.code}"
    (page,) = paper.pictures(kept.minutes, address)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert code.text == address
    told = paper.laid_out(kept.minutes, address)
    assert (told["code"], told["hash"], told["simulation"]) == (done.code, kept.content_hash, "")


def test_the_same_minutes_are_the_same_bytes():
    sent()
    accept(Step.DISTRICT)
    done = close()
    made = queries.minutes(PUBLIC, done.code)
    again = paper.write(made.minutes, f"{SITE}/berita-acara/{done.code}")
    assert file_hash(again) == made.file_hash
    other = paper.write(made.minutes, "https://palsu.example")
    assert file_hash(other) != made.file_hash


def test_a_sign_that_no_font_has_stops_no_minutes():
    sent()
    accept(Step.DISTRICT)
    named = replace(DISTRICT, function="Kasi PMD \U0001f642")
    done = close(actor=named)
    assert queries.minutes(PUBLIC, done.code).minutes.actor_function == named.function
    assert queries.minutes_file(DISTRICT, done.code).startswith(b"%PDF-1.7")


def test_nobody_closes_or_reads_what_is_not_his():
    sent()
    accept(Step.DISTRICT)
    for actor, step, under in (
        (SENDER, Step.DISTRICT, AREA),
        (COMMUNITY, Step.DISTRICT, AREA),
        (DISTRICT, Step.DISTRICT, "62.01"),
        (DISTRICT, Step.DISTRICT, "62.02"),
    ):
        with pytest.raises(NotAllowed):
            close(actor=actor, step=step, under=under)
    assert codes(close(under="62.99")) == ["REGION_UNKNOWN"]
    done = close()
    with pytest.raises(NotAllowed):
        queries.minutes_file(PUBLIC, done.code)
    assert queries.minutes_file(DISTRICT, "0000-0000-0000") is None
    assert queries.minutes(PUBLIC, "0000-0000-0000") is None


def test_what_is_closed_cannot_be_changed():
    sent()
    accept(Step.DISTRICT)
    done = close()
    for act in (
        lambda: models.Minutes.objects.filter(code=done.code).update(area_name="lain"),
        lambda: models.MinutesEntry.objects.filter(minutes_id=done.code).delete(),
        lambda: models.MinutesEvent.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_each_step_has_minutes_of_its_own():
    sent()
    for step in (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE):
        accept(step)
    made = [
        close(step=step, under=under)
        for step, under in (
            (Step.DISTRICT, AREA),
            (Step.COMMUNITY, "62.01"),
            (Step.SECTOR, "62.01"),
            (Step.PROVINCE, "62"),
        )
    ]
    assert len({one.code for one in made}) == 4
    assert models.MinutesEvent.objects.count() == models.Event.objects.filter(act=Act.ACCEPT.value).count()


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_is_read_as_people_type_it(text):
    code = code_of(text)
    assert read_code(code) == read_code(code.lower().replace("-", " ")) == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_code(code[:-1]) == ""


def test_the_command_tells_an_altered_paper(tmp_path):
    sent()
    accept(Step.DISTRICT)
    done = close()
    file = tmp_path / "ba.pdf"
    content = queries.minutes_file(DISTRICT, done.code)
    file.write_bytes(content)
    runner, app = CliRunner(), build()
    assert runner.invoke(app, ["minutes", "check", done.code.lower(), "--file", str(file)]).exit_code == 0
    file.write_bytes(content[:-2] + b"x\n")
    refused = runner.invoke(app, ["minutes", "check", done.code, "--file", str(file)])
    assert refused.exit_code == Exit.REFUSED
    assert "BUKAN" in refused.output
    assert runner.invoke(app, ["minutes", "check", "7K2M-0Q9R-XT4B"]).exit_code == Exit.REFUSED
    missing = runner.invoke(app, ["minutes", "check", done.code, "--file", str(tmp_path / "tidak-ada.pdf")])
    assert missing.exit_code == Exit.USAGE
    assert "tidak dapat dibaca" in missing.output


def test_a_place_that_cannot_be_written_is_named_and_the_minutes_are_kept(tmp_path):
    sent()
    accept(Step.DISTRICT)
    words = ["verification", "close", "--as", "district", "--under", AREA]
    told = CliRunner().invoke(build(), [*words, "--output", str(tmp_path / "tidak" / "ada.pdf")])
    assert told.exit_code == Exit.REFUSED
    assert "tidak dapat ditulis" in told.output
    kept = models.Minutes.objects.get()
    assert kept.code in told.output


def test_empty_cells_that_were_returned_count_too():
    sent()
    give_back(Step.DISTRICT, {Key("", "KEP_006", "_T"): "Belum diisi, padahal ada datanya."})
    done = close()
    (entry,) = queries.minutes(PUBLIC, done.code).minutes.entries
    assert (entry.accepted, entry.returned) == (0, 1)
