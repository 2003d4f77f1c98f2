"""Metadata of Satu Data: filled from the dictionary, what is missing said, never invented."""

import pytest

from sidara.dictionary import queries
from sidara.dictionary.core.metadata import Obstacle
from sidara.kernel.actor import OPERATOR
from tests.dictionary.conftest import edited, save

pytestmark = pytest.mark.django_db


def value(found, key):
    return next(one.value for one in found.fields if one.field.key == key)


def test_ms_var_is_filled_from_the_variable():
    found = queries.ms_var(OPERATOR, "PEM_002")
    assert found.is_complete
    assert value(found, "alias") == "PEM_002"
    assert value(found, "referensi_waktu") == "akhir periode, tahunan"
    assert value(found, "tipe_data") == "float"
    assert value(found, "value_domain") == "lebih dari 0"
    assert "PEM_002_a: near(PEM_002, previous(PEM_002), 0, 1)" in value(found, "aturan_validasi")
    assert value(found, "apakah_variabel_bisa_diakses_umum") == "1"
    assert queries.ms_var(OPERATOR, "PEM_999") is None


def test_what_is_restricted_is_said_not_open():
    made = queries.dictionary(OPERATOR)
    closed = [one.code for one in made.variables.values() if str(one.confidentiality) == "terbatas"]
    assert closed
    for code in closed:
        assert value(queries.ms_var(OPERATOR, code), "apakah_variabel_bisa_diakses_umum") == "2"


def test_all_variables_are_complete_and_none_counts_before_its_owner_agrees():
    found = queries.satu_data(OPERATOR, 2026)
    assert len(found.variables) == 323
    assert all(one.completeness.is_complete for one in found.variables.values())
    assert not any(one.is_ready for one in found.variables.values())
    reasons = [one.words for one in found.variables["KES_012"].reasons]
    assert reasons[0] == "teks menunggu persetujuan Dinas Kesehatan"
    assert reasons[1].startswith("MS-Keg Pendataan desa dan kelurahan: ")


def test_ms_keg_says_what_nobody_has_told_yet():
    found = queries.satu_data(OPERATOR, 2026).activities["pendataan-desa"]
    missing = {one.field.key for one in found.missing}
    assert {"alamat_lengkap_instansi", "telepon", "email", "pj_teknis", "jadwal"} <= missing
    asked = {one.field.key: one.is_asked for one in found.fields}
    assert not asked["fraksi_sampel"], "no survey, so nothing about a sample"
    assert asked["pelatihan_petugas"], "paper is among the means, so enumerators are asked about"
    assert found.filled + len(found.missing) == found.required
    assert queries.ms_keg(OPERATOR, "lain", 2026) is None


def test_ms_ind_is_filled_from_the_indicator():
    found = queries.ms_ind(OPERATOR, "PESERTA_JKN")
    assert found.is_complete
    assert value(found, "variabel_pembangun.nama") == "Peserta JKN; Jumlah penduduk"
    assert value(found, "variabel_pembangun.kegiatan_penghasil") == "Pendataan desa dan kelurahan"
    assert all(one.is_complete for one in queries.satu_data(OPERATOR, 2026).indicators.values())


def test_an_agreed_text_leaves_only_the_activity(loaded):
    save(edited("KES_012", text_confidence="official"))
    left = queries.satu_data(OPERATOR, 2026).variables["KES_012"].reasons
    assert [one.obstacle for one in left] == [Obstacle.ACTIVITY]
