"""Workbooks as offices send them, one a table: titles, merged headings, numbering, subtotals, hidden parts.

Each says how many of its rows are data. Figures are made up.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter

YEAR = 2027


@dataclass
class Sheet:
    """Rows from the top; `spans` are areas (top, left, bottom, right) from 1 whose first cell is merged."""

    name: str
    rows: list
    spans: list = field(default_factory=list)
    hidden_columns: tuple = ()
    hidden_rows: tuple = ()
    percents: tuple = ()
    is_hidden: bool = False


@dataclass
class Messy:
    """A workbook of a table and what is in it."""

    table: str
    sheets: list
    sent: int
    skipped: int

    def xlsx(self):
        return xlsx(self.sheets)


def xlsx(sheets):
    """Write sheets as a workbook."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": datetime(2026, 11, 24)})  # noqa: DTZ001 - a file knows no zone
        percent = book.add_format({"num_format": "0%"})
        first = None
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            first = first or (None if one.is_hidden else sheet)
            covered = {
                (row, column)
                for top, left, bottom, right in one.spans
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
            for at, row in enumerate(one.rows, 1):
                for column, value in enumerate(row, 1):
                    if value not in (None, "") and (at, column) not in covered:
                        style = percent if (at, column) in one.percents else None
                        sheet.write(at - 1, column - 1, value, style)
            for top, left, bottom, right in one.spans:
                value = one.rows[top - 1][left - 1]
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, value)
            for column in one.hidden_columns:
                sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
            for row in one.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            if one.is_hidden:
                sheet.hide()
        if first is not None:
            first.activate()
            first.set_first_sheet()
    return made.getvalue()


NOTES = Sheet("Petunjuk", [["Cara mengisi"], ["Isi tiap baris"]])
SUB, SUB2 = "2.13.02.2.01.0001", "2.13.02.2.01.0002"


def numbering(count):
    return [f"({at})" for at in range(1, count + 1)]


def renja():
    rows = [
        ["RENCANA KERJA PERANGKAT DAERAH (RENJA) DINAS PMD TAHUN 2027"],
        [],
        [
            "Kode",
            "Program/Kegiatan/Sub Kegiatan",
            "Indikator Kinerja",
            "Satuan",
            "Prioritas Daerah",
            "Sasaran",
            "Rencana Tahun 2027",
            None,
            None,
            None,
            "Catatan Penting",
            "Prakiraan Maju Rencana Tahun 2028",
            None,
            "No Agenda",
        ],
        [
            None,
            None,
            None,
            None,
            None,
            None,
            "Lokasi",
            "Target Capaian Kinerja",
            "Kebutuhan Dana/Pagu Indikatif",
            "Sumber Dana",
            None,
            "Target Capaian Kinerja",
            "Kebutuhan Dana/Pagu Indikatif",
        ],
        numbering(13),
        ["2", "URUSAN WAJIB NON PELAYANAN DASAR"],
        ["2.13", "PEMBERDAYAAN MASYARAKAT DAN DESA", None, None, None, None, None, None, 3_000_000],
        ["2.13.02", "PROGRAM PENATAAN DESA", "Persentase desa tertata", "%", None, None, None, 80, 3_000_000],
        ["2.13.02.2.01", "Penyelenggaraan Penataan Desa", None, None, None, None, None, None, 3_000_000],
        [
            SUB,
            "Fasilitasi Penataan Desa",
            "Jumlah dokumen",
            "Dokumen",
            "Desa mandiri",
            "Tata kelola desa",
            "Semua Kecamatan, Semua Kelurahan/Desa",
            "12",
            "Rp1.250.000,00",
            "APBD Kabupaten",
            None,
            "13",
            "1.500.000",
            "A-1",
        ],
        [
            None,
            None,
            "Jumlah desa yang difasilitasi",
            "Desa",
            None,
            None,
            None,
            24,
            "1.750.000",
            "APBD Kabupaten",
            "tahap dua",
        ],
        [
            SUB2,
            "Fasilitasi Sarana Desa",
            "Jumlah desa",
            "Desa",
            None,
            None,
            "62.01.02.2016",
            "-",
            "(-)",
            "DAK",
        ],
        [None, "JUMLAH", None, None, None, None, None, None, "Rp3.000.000,00"],
        [],
        [None, None, None, None, None, None, None, None, None, "Kepala Dinas"],
    ]
    rows[11][8] = "-"
    spans = [
        (1, 1, 1, 13),
        (3, 7, 3, 10),
        (3, 12, 3, 13),
        *[(3, at, 4, at) for at in (1, 2, 3, 4, 5, 6, 11, 14)],
        (10, 1, 11, 1),
        (10, 2, 11, 2),
    ]
    sheet = Sheet("RENJA 2027", rows, spans, hidden_columns=(11,), hidden_rows=(12,))
    return Messy("renja", [NOTES, sheet, Sheet("Lama", [["x", "y", "z"]], is_hidden=True)], 3, 7)


def rkpd():
    rows = [
        ["RKPD KABUPATEN TAHUN 2027 (PERUBAHAN)"],
        [
            "SKPD",
            "Kode Rekening",
            "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan",
            "Indikator",
            "Satuan",
            "Target Tahun 2027",
            "Pagu (Rp)",
            "Bertambah/(Berkurang)",
            "Sumber",
            "Keterangan",
        ],
        ["Dinas PMD", "2.13.02", "PROGRAM PENATAAN DESA"],
        [
            None,
            SUB,
            "Fasilitasi Penataan Desa",
            "Jumlah dokumen",
            "Dokumen",
            12,
            1_250_000,
            "(250.000)",
            "APBDK",
            None,
        ],
        [
            None,
            SUB2,
            "Fasilitasi Sarana Desa",
            "Jumlah desa",
            "Desa",
            3.5,
            "Rp. 2.000.000,-",
            "500.000",
            "APBDK",
            "geser",
        ],
        [
            "Dinas Kesehatan",
            SUB,
            "Fasilitasi Penataan Desa",
            "Jumlah dokumen",
            "Dokumen",
            1,
            10,
            None,
            "APBDK",
            None,
        ],
        ["Sub Total", None, None, None, None, None, 3_250_010],
        [
            "SKPD",
            "Kode Rekening",
            "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan",
            "Indikator",
            "Satuan",
            "Target Tahun 2027",
            "Pagu (Rp)",
            "Bertambah/(Berkurang)",
            "Sumber",
            "Keterangan",
        ],
    ]
    return Messy("rkpd", [Sheet("RKPD", rows)], 3, 3)


def renstra():
    years = range(2025, 2030)
    heads = ["SASARAN", "KODE", "PROGRAM DAN KEGIATAN", "INDIKATOR", "SATUAN", "DATA CAPAIAN AWAL"]
    rows = [
        ["RENSTRA DINAS PMD 2025-2029"],
        [*heads, *[cell for year in years for cell in (f"TAHUN {year}", None)], "LOKASI", "KETERANGAN"],
        [*[None] * 6, *[cell for _ in years for cell in ("TARGET", "DANA")]],
        [
            "Desa mandiri meningkat",
            "2.13.02",
            "PROGRAM PENATAAN DESA",
            "Persentase desa tertata",
            "%",
            70,
            *[cell for at in range(5) for cell in (75 + at, 3_000_000)],
        ],
        [None, "2.13.02.2.01", "Penyelenggaraan Penataan Desa", None, None, None, None, 3_000_000],
        [
            None,
            SUB,
            "Fasilitasi Penataan Desa",
            "Jumlah dokumen",
            "Dokumen",
            2,
            *[cell for at in range(5) for cell in (at + 3, f"{at + 1}.000.000")],
            "Kab. Kotawaringin Barat",
            None,
        ],
        [None, None, "TOTAL", None, None, None, None, 9_000_000],
    ]
    spans = [
        *[(2, at, 3, at) for at in (1, 2, 3, 4, 5, 6, 17, 18)],
        *[(2, at, 2, at + 1) for at in range(7, 17, 2)],
    ]
    return Messy("renstra", [Sheet("19. Renstra", rows, spans)], 2, 2)


def dpa():
    rows = [
        ["DOKUMEN PELAKSANAAN ANGGARAN (DPA)"],
        [
            "KODE SUB KEGIATAN",
            "PROGRAM DAN KEGIATAN",
            "TOLAK UKUR CAPAIAN KEG.",
            "TARGET KINERJA CAPAIAN KEG.",
            "TOLAK UKUR KELUARAN",
            "TARGET KINERJA KELUARAN",
            "TOLAK UKUR HASIL",
            "TARGET KINERJA HASIL",
            "SUMBER DANA",
            "LOKASI",
            "KELUARAN SUB KEG.",
            "AWAL PELAKSANAAN",
            "AKHIR PELAKSANAAN",
            "JUMLAH PAGU",
            "Triwulan I",
            "Triwulan II",
            "Triwulan III",
            "Triwulan IV",
            "KETERANGAN",
        ],
        [
            "2.13.02",
            "PROGRAM PENATAAN DESA",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            4_000_000,
        ],
        [
            SUB,
            "Fasilitasi Penataan Desa",
            "Persentase",
            0.96,
            "Jumlah dokumen",
            "12 Dokumen",
            "Persentase",
            96,
            "APBDK",
            "62.01.02.2016; 62.01.02.2017",
            "laporan",
            "01/02/2027",
            46_600,
            "Rp4.000.000,00",
            1_000_000,
            1_000_000,
            1_000_000,
            "1.000.000",
            None,
        ],
        ["JUMLAH", None, None, None, None, None, None, None, None, None, None, None, None, 4_000_000],
    ]
    return Messy("dpa", [Sheet("20. DPA", rows, percents=((4, 4),))], 1, 2)


def rpjmdes():
    rows = [
        ["RENCANA PEMBANGUNAN JANGKA MENENGAH DESA"],
        [
            "No",
            "Bidang/Jenis Kegiatan",
            None,
            "Kode",
            "Lokasi (RT/RW/Dusun)",
            "Prakiraan Volume",
            "Sasaran/Manfaat",
            "Prakiraan Waktu Pelaksanaan",
            *[None] * 5,
            "Prakiraan Biaya dan Sumber",
            None,
            "Pola Pelaksanaan",
            None,
            None,
        ],
        [
            None,
            "Bidang",
            "Jenis Kegiatan",
            None,
            None,
            None,
            None,
            *[f"Tahun ke-{at}" for at in range(1, 7)],
            "Jumlah (Rp)",
            "Sumber",
            "Swakelola",
            "Kerja Sama Antar Desa",
            "Kerja Sama Pihak Ketiga",
        ],
        [
            1,
            "Pembangunan Desa",
            "Jalan usaha tani",
            "02.03.10.",
            "RT 02",
            "120 M",
            "Petani",
            "v",
            None,
            "√",
            None,
            None,
            None,
            "Rp90.000.000,00",
            "DDS",
            "v",
            None,
            None,
        ],
        [
            2,
            None,
            "Sumur bor",
            "2.4.05",
            "Dusun II",
            "3 unit",
            "Warga",
            None,
            "x",
            None,
            None,
            None,
            None,
            45_000_000,
            "ADD",
            None,
            "v",
            None,
        ],
        [
            None,
            "Jumlah per bidang",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            135_000_000,
        ],
        [
            3,
            "Pembinaan Kemasyarakatan",
            "Pelatihan karang taruna",
            "3.3.06",
            "Balai desa",
            1,
            "Pemuda",
            1,
            1,
            1,
            None,
            None,
            None,
            "7.500.000",
            "PBH",
            "v",
            None,
            None,
        ],
    ]
    spans = [
        (2, 1, 3, 1),
        (2, 2, 2, 3),
        *[(2, at, 3, at) for at in (4, 5, 6, 7)],
        (2, 8, 2, 13),
        (2, 14, 2, 15),
        (2, 16, 2, 18),
        (4, 2, 5, 2),
    ]
    return Messy("rpjmdes", [Sheet("RPJMDes", rows, spans)], 3, 1)


def rkpdes():
    rows = [
        ["DAFTAR RENCANA KERJA PEMERINTAH DESA (RKP DESA) TAHUN 2027"],
        [
            "NO.",
            "Bidang",
            "Jenis Kegiatan",
            "Kd. Keg",
            "Lokasi",
            "Volume",
            None,
            "Sasaran/Manfaat",
            "Waktu Pelaksanaan",
            "Prakiraan Biaya dan Sumber",
            None,
            "Pola Pelaksanaan",
            None,
            None,
            "Rencana Pelaksana Kegiatan",
        ],
        [
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            "Jumlah (Rp)",
            "Sumber",
            "Swakelola",
            "Kerjasama Antar Desa",
            "Kerjasama Pihak Ketiga",
        ],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"],
        ["I", "Pembangunan Desa"],
        [
            1,
            None,
            "Jalan usaha tani",
            "02.03.10",
            "RT 02",
            120,
            "M",
            "Petani",
            "Maret",
            "Rp90.000.000,00",
            "Dana Desa",
            "v",
            None,
            None,
            "TPK",
        ],
        [
            2,
            None,
            "Sumur bor",
            "02.04.05",
            "Dusun II",
            "3 unit",
            None,
            "Warga",
            "60 hari",
            "45.000.000",
            "ADD",
            None,
            "v",
            None,
            "TPK",
        ],
        [None, "Jumlah", None, None, None, None, None, None, None, 135_000_000],
        [None, None, None, None, None, None, None, None, None, None, None, None, None, None, "Kepala Desa"],
    ]
    spans = [
        *[(2, at, 3, at) for at in (1, 2, 3, 4, 5, 8, 9, 15)],
        (2, 6, 3, 7),
        (2, 10, 2, 11),
        (2, 12, 2, 14),
    ]
    return Messy("rkpdes", [Sheet("RKP", rows, spans, hidden_columns=(9,))], 2, 4)


def apbdes():
    rows = [
        ["ANGGARAN PENDAPATAN DAN BELANJA DESA"],
        [
            "KODE REKENING",
            None,
            "URAIAN",
            "ANGGARAN (Rp)",
            "SUMBERDANA",
            "KELUARAN/OUTPUT",
            None,
            "KETERANGAN",
        ],
        ["1", "2", None, None, None, "Volume", "Satuan"],
        [None, "4", "PENDAPATAN", 800_000_000],
        [None, "4.2", "Pendapatan Transfer", 800_000_000],
        [None, "4.2.1", "Dana Desa", "800.000.000,00", "DDS"],
        ["2", None, "BIDANG PELAKSANAAN PEMBANGUNAN DESA", 135_000_000],
        ["2.3", None, "Sub Bidang Pekerjaan Umum", 90_000_000],
        ["2.3.10", None, "Pembangunan Jalan Usaha Tani", 90_000_000, None, 120, "M"],
        [None, "5.2", "Belanja Barang dan Jasa", 15_000_000],
        [None, "5.2.1", "Belanja Barang Perlengkapan", "15.000.000", "DDS"],
        [None, "5.3", "Belanja Modal", 75_000_000],
        [None, "5.3.5", "Belanja Modal Jalan", 75_000_000, "DDS"],
        [None, None, "JUMLAH BELANJA", 90_000_000],
        [None, "6.2.2", "Penyertaan Modal Desa", 10_000_000, "ADD"],
    ]
    spans = [(2, 1, 2, 2), *[(2, at, 3, at) for at in (3, 4, 5, 8)], (2, 6, 2, 7)]
    return Messy("apbdes", [Sheet("APBDes", rows, spans)], 4, 8)


def dpa_desa():
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des"]
    rows = [
        ["DOKUMEN PELAKSANAAN ANGGARAN DESA"],
        ["Kode Rekening", "Uraian", "Anggaran", None, "Rencana Penarikan", *[None] * 12],
        [None, None, "Jumlah (Rp)", "Sumber", *months, "Jumlah (Rp)"],
        ["2.3", "Sub Bidang Pekerjaan Umum", 90_000_000],
        [
            "02.03.10",
            "Pembangunan Jalan Usaha Tani",
            "Rp90.000.000",
            "DDS",
            None,
            "30.000.000",
            60_000_000,
            *[None] * 9,
            90_000_000,
        ],
        ["02.04.05", "Sumur bor", 45_000_000, "ADD", *[None] * 11, 45_000_000, 45_000_000],
        ["TOTAL", None, 135_000_000],
    ]
    spans = [(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 17)]
    return Messy("dpa_desa", [Sheet("H.1", rows, spans)], 2, 2)


def du_rkp():
    rows = [
        ["DAFTAR USULAN RKP DESA (DU-RKP) TAHUN 2027"],
        [
            "No",
            "Bidang",
            "Jenis Kegiatan",
            "Lokasi",
            "Volume",
            "Penerima Manfaat",
            "Biaya (Rp)",
            "Diusulkan ke",
            "Rangking",
            "RAB",
        ],
        [
            1,
            "Pembangunan",
            "Jembatan antar desa",
            "RT 03",
            "1 unit",
            "Warga",
            "Rp350.000.000,00",
            "Kabupaten",
            1,
            "ada",
        ],
        [
            2,
            None,
            "Jaringan listrik",
            "Dusun III",
            "2,5 km",
            "Warga",
            "1.200.000.000",
            "APBD Provinsi",
            2,
            None,
        ],
        [None, "Total", None, None, None, None, 1_550_000_000],
    ]
    return Messy("du_rkp", [Sheet("DU-RKP", rows, hidden_rows=(4,))], 2, 1)


def usulan_musrenbang():
    rows = [
        ["REKAP USULAN MUSRENBANG KECAMATAN"],
        [
            "ID Usulan",
            "Desa/Kelurahan",
            "Kamus Usulan",
            "Kegiatan",
            "Lokasi Kegiatan",
            "Koefisien",
            "Anggaran",
            "OPD Tujuan",
            "Rekomendasi Kecamatan",
            "Status",
            "Alasan Penolakan",
            "Kode Sub Kegiatan",
        ],
        [
            "U-1",
            "62.01.02.2016",
            "Jalan lingkungan",
            "Perbaikan jalan RT 02",
            "RT 02",
            "120 m",
            "Rp90.000.000,00",
            "Dinas PUPR",
            "setuju",
            "Ditolak",
            "kewenangan desa",
            None,
        ],
        [
            "U-2",
            "62.01.02.2016",
            "Sumur bor",
            "Sumur bor Dusun II",
            "Dusun II",
            "1 unit",
            "45.000.000",
            "Dinas PUPR",
            None,
            "Proses",
            None,
            None,
        ],
        [None, None, "JUMLAH", None, None, None, 135_000_000],
    ]
    return Messy("usulan_musrenbang", [Sheet("Ekspor", rows, hidden_columns=(9,))], 2, 1)


def program_pusat():
    rows = [
        ["DAFTAR LOKASI PROGRAM PUSAT 2027"],
        [
            "program_pusat",
            "Tahun Anggaran",
            "kode_wilayah",
            "kementerian",
            "jenis_kegiatan",
            "volume",
            "satuan",
            "anggaran_rp",
            "tahap",
            "nomor_penetapan",
            "sumber_berkas",
        ],
        [
            "PAMSIMAS",
            2027,
            "62.01.02.2016",
            "Kementerian PU",
            "JK-SPAM",
            "1",
            "unit",
            "Rp400.000.000",
            "Ditetapkan",
            "SK 1",
            "berkas A",
        ],
        [None, None, "62.01.02.2017", None, "JK-SPAM", 1, "unit", "-", None, None, None],
        ["Total", None, None, None, None, 2, None, 400_000_000],
    ]
    spans = [(3, 1, 4, 1), (3, 4, 4, 4)]
    return Messy("program_pusat", [Sheet("Lokasi", rows, spans)], 2, 1)


def komitmen_csr():
    rows = [
        ["KOMITMEN CSR"],
        ["Nama Perusahaan", "Tahun", "Desa", "Program", "Nilai Komitmen", "Penyaluran", "Realisasi"],
        ["PT Contoh", "2027", "62.01.02.2016", "Beasiswa", "Rp25.000.000,00", "langsung ke warga", "-"],
        [None, None, "62.01.02.2017", "Beasiswa", "25.000.000", "lewat APBDes (4.3.3)", None],
        ["Jumlah", None, None, None, 50_000_000],
    ]
    return Messy("komitmen_csr", [Sheet("CSR", rows)], 2, 1)


ALL = (
    renstra,
    rkpd,
    renja,
    dpa,
    rpjmdes,
    rkpdes,
    apbdes,
    dpa_desa,
    du_rkp,
    usulan_musrenbang,
    program_pusat,
    komitmen_csr,
)
