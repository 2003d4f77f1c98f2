"""Addresses: Indonesian, permanent for a place by its dotted Kemendagri code."""

from django.urls import path, register_converter

from sidara.web import views


class Suffix:
    """The formats of files."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """Take the suffix as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write the suffix as it is."""
        return value


register_converter(Suffix, "suffix")

urlpatterns = [
    path("", views.home, name="home"),
    path("cari", views.search, name="search"),
    path("cari/calon", views.search_suggestions, name="search-suggestions"),
    path("wilayah/<str:code>", views.area, name="area"),
    path("wilayah/<str:code>/<slug:table>.<suffix:suffix>", views.area_file, name="area-file"),
    path("desa/<str:code>", views.village, name="village"),
    path("desa/<str:code>/<slug:table>.<suffix:suffix>", views.village_file, name="village-file"),
    path("unduh/<slug:table>.<suffix:suffix>", views.home_file, name="home-file"),
    path("istilah", views.terms, name="terms"),
    path("tentang", views.about, name="about"),
]
