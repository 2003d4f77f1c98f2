"""The index of a village by its own answers, on its page: mark, SIMULASI, rights, nothing of drafts."""

import re
from datetime import UTC, datetime

import pytest

from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.warehouse import services
from tests.accounts.conftest import world as cast
from tests.collection.test_check_stored import save
from tests.demo.test_submissions import VILLAGE as EXAMPLE
from tests.demo.test_submissions import register as register_of_demo
from tests.demo.test_submissions import register_real as register_62
from tests.demo.test_submissions import submit
from tests.language import untranslated
from tests.verification.conftest import endorse, send
from tests.warehouse.test_submissions import folder as facts_folder
from tests.web.people import client as logged_in
from tests.web.test_indicators import rows
from tests.web.test_language import KNOWN

register, register_real, folder, world = register_of_demo, register_62, facts_folder, cast
pytestmark = pytest.mark.django_db
VILLAGE = "62.01.02.2016"
FORMS = ("DIK_TAHUNAN", "INF_TAHUNAN", "LIN_TAHUNAN", "KEP_SEMESTER")


def part(client, address):
    page = client.get(address).content.decode()
    found = re.search(r'<section class="bagian" aria-labelledby="isian-j">.*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_what_was_sent_and_what_is_final_is_told_with_its_mark(client, register, folder):
    submit(forms=FORMS, now=datetime(2026, 3, 1, tzinfo=UTC))
    services.refresh(OPERATOR)
    told = part(client, f"/desa/{EXAMPLE}")
    assert told.startswith("SIMULASI")
    assert "belum ada butir indeks yang final" in told
    assert "Sedang diperiksa:" in told
    assert "semua yang terkirim" in told
    assert "Jumlah penduduk" in told
    assert untranslated(client.get(f"/en/desa/{EXAMPLE}").content.decode(), KNOWN) == []
    submit(forms=FORMS)
    services.refresh(OPERATOR)
    told = part(client, f"/desa/{EXAMPLE}")
    assert re.search(r"IDM Contoh 019 dari isiannya sendiri: 0,\d{4} sampai 0,\d{4} Final:", told)
    assert re.search(r"IDM: (dari|tetap) 0,\d{4} sampai 0,\d{4} .* oleh|sejak isian yang final pada", told)
    english = client.get(f"/en/desa/{EXAMPLE}").content.decode()
    assert untranslated(english, KNOWN) == []
    assert "from its own answers" in english
    told = {one["kode_unsur"]: one for one in rows(client, f"/desa/{EXAMPLE}/isian.csv")}
    assert (told["KEP_001"]["simulasi"], told["KEP_001"]["tanda"]) == ("SIMULASI", "final")
    assert part(client, f"/desa/{VILLAGE}") == "", "nothing made up stands on a page of what is real"


def test_drafts_and_what_is_not_open_are_not_told(client, register, folder):
    save("KES_TAHUNAN", VILLAGE, "2025", ("KES_008", "2", "", ""))
    services.refresh(OPERATOR)
    assert part(client, f"/desa/{VILLAGE}") == ""
    assert part(client, f"/desa/{EXAMPLE}") == ""


def test_who_may_ask_for_real_answers_sees_them_and_nobody_else(client, world, folder):
    key, now = SubmissionKey("KES_TAHUNAN", VILLAGE, "2025"), datetime(2026, 2, 2, 2, tzinfo=UTC)
    save("KES_TAHUNAN", VILLAGE, "2025", ("KES_008", "2", "", ""), ("KES_019", "1", "", ""))
    for done in (send(key=key, now=now), endorse(key=key, now=now)):
        assert done.is_done, done.findings
    services.refresh(OPERATOR)
    told = part(logged_in(world, "walidata"), f"/desa/{VILLAGE}")
    assert "Sedang diperiksa: disahkan kepala desa" in told
    assert "SIMULASI" not in told
    for somebody in (client, logged_in(world, "pmd-kabupaten-a")):
        assert part(somebody, f"/desa/{VILLAGE}") == ""
