"""The pages of faults stand by themselves: also when nothing else works."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.views import defaults


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/desa/62.99")


def test_our_own_fault_is_told_without_any_context(request_: HttpRequest) -> None:
    answer = defaults.server_error(request_)
    assert answer.status_code == 500
    assert "Terjadi kesalahan di pihak kami" in answer.content.decode()
    assert "/static/ui/app-" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "fault", "status", "words"),
    [
        (defaults.bad_request, SuspiciousOperation("x"), 400, "Permintaan ini tidak dapat kami baca"),
        (defaults.permission_denied, PermissionDenied("x"), 403, "Anda tidak berhak membuka halaman ini"),
        (defaults.page_not_found, Http404("x"), 404, "Halaman ini tidak ditemukan"),
    ],
)
def test_every_fault_has_a_page_with_a_way_on(request_, view, fault, status: int, words: str) -> None:
    answer = view(request_, fault)
    assert answer.status_code == status
    html = answer.content.decode()
    assert words in html
    assert 'href="/cari"' in html or status == 400
