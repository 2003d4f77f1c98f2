"""The words of the fields of entries: their names, how they are filled in, the groups in which they stand.

A key has one name for all classes unless `OWN` gives a class its own. Each stands here once, so that it has
its English in the catalogue.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as noop

from sidara.dictionary.core import Thing

NAMES: Mapping[str, str] = {
    "code": noop("Kode"),
    "name": noop("Nama"),
    "name_en": noop("Nama dalam bahasa Inggris"),
    "definition": noop("Definisi"),
    "question": noop("Pertanyaan"),
    "question_en": noop("Pertanyaan dalam bahasa Inggris"),
    "reason": noop("Mengapa ditanya"),
    "example": noop("Contoh isian"),
    "evidence": noop("Bukti yang dihitung"),
    "unit": noop("Satuan"),
    "measure": noop("Ukuran"),
    "nature": noop("Sifat data"),
    "type": noop("Jenis jawaban"),
    "decimals": noop("Angka di belakang koma"),
    "range": noop("Rentang yang mungkin"),
    "minimum": noop("Paling sedikit"),
    "maximum": noop("Paling banyak"),
    "above": noop("Lebih dari"),
    "options": noop("Pilihan jawaban"),
    "label": noop("Tulisan di layar"),
    "label_en": noop("Tulisan dalam bahasa Inggris"),
    "options_from": noop("Pilihan dari klasifikasi"),
    "classifications": noop("Dirinci menurut"),
    "parts": noop("Hubungan rincian dengan total"),
    "rows_by": noop("Kolom daftar yang memberi rincian"),
    "part_of": noop("Bagian dari elemen lain"),
    "by": noop("Menurut apa"),
    "variable": noop("Kode elemennya"),
    "relevance": noop("Ditanyakan bila"),
    "formula": noop("Rumus"),
    "rules": noop("Aturan"),
    "severity": noop("Bila dilanggar"),
    "holds": noop("Yang harus benar"),
    "message": noop("Pesan"),
    "when": noop("Hanya bila"),
    "for_each": noop("Dinilai tiap kategori dari"),
    "presentation": noop("Penayangan"),
    "note": noop("Catatan"),
    "standard_id": noop("Nomor standar data"),
    "form": noop("Formulir"),
    "forms": noop("Formulir"),
    "concept": noop("Konsep"),
    "accumulation": noop("Hitungan dalam tahun"),
    "time_aggregation": noop("Digabung antarperiode"),
    "reference_date": noop("Tanggal acuan"),
    "aggregation": noop("Digabung ke atas"),
    "agency": noop("OPD pemilik"),
    "applies_to": noop("Berlaku untuk"),
    "field": noop("Bidang penguatan"),
    "confidentiality": noop("Kerahasiaan"),
    "is_required": noop("Wajib diisi"),
    "filled_by": noop("Cara isi"),
    "sources": noop("Sumber"),
    "source": noop("Sumber"),
    "confidence": noop("Keyakinan butir"),
    "text_confidence": noop("Keyakinan teks"),
    "sector": noop("Bidang"),
    "frequency": noop("Seberapa sering diisi"),
    "level": noop("Diisi oleh"),
    "is_index_form": noop("Formulir masukan indeks"),
    "hint": noop("Petunjuk mengisi"),
    "sections": noop("Bagian"),
    "variables": noop("Kode elemen, berurutan"),
    "categories": noop("Kategori"),
    "has_total": noop("Kategorinya boleh dijumlahkan"),
    "register": noop("Nama daftar dalam berkas"),
    "rows": noop("Isi baris"),
    "columns": noop("Kolom"),
    "measures": noop("Yang diukur"),
    "figures": noop("Angka tiap tahun"),
    "year": noop("Tahun"),
    "value": noop("Nilai"),
    "region": noop("Kode wilayah"),
    "regions": noop("Kode wilayah"),
    "interpretation": noop("Cara membaca"),
    "direction": noop("Arah yang baik"),
    "levels": noop("Tingkat"),
    "target": noop("Yang diberi masukan"),
    "inputs": noop("Masukan"),
    "input": noop("Nama masukan"),
    "items": noop("Butir yang membacanya"),
    "relation": noop("Hubungan dengan elemen"),
    "new_variables": noop("Elemen yang ditambahkan"),
    "expression": noop("Ungkapan"),
    "answers": noop("Isian MS-Keg"),
    "key": noop("Kunci"),
    "opens": noop("Dibuka"),
    "due": noop("Jatuh tempo"),
    "late_until": noop("Diterima terlambat sampai"),
    "months": noop("Bulan sesudah periode berakhir"),
    "day": noop("Tanggal"),
    "month": noop("Bulan"),
    "serves": noop("Dipakai tonggak perencanaan"),
    "valid_from": noop("Berlaku sejak"),
    "valid_to": noop("Berlaku sampai"),
    "days": noop("Hari dalam tahun"),
    "starts": noop("Mulai"),
    "ends": noop("Selesai"),
}
"""The name of a field by its key."""

OWN: Mapping[tuple[str, str], str] = {
    ("ListOfRows", "label"): noop("Kolom yang menamai baris"),
    ("ListOfRows", "code"): noop("Kode daftar"),
    ("Milestone", "when"): noop("Kapan, menurut sumbernya"),
    ("Table", "columns"): noop("Kunci tabel"),
    ("Option", "code"): noop("Kode pilihan"),
    ("Option", "other_codes"): noop("Kode di skema lain"),
    ("OtherCode", "scheme"): noop("Skema"),
    ("OtherCode", "code"): noop("Kode di skema itu"),
    ("Rule", "code"): noop("Kode aturan"),
    ("Activity", "name"): noop("Judul kegiatan"),
    ("Section", "name"): noop("Judul bagian"),
}

HINTS: Mapping[str, str] = {
    "Variable.code": noop("Tiga huruf bidang, garis bawah, tiga angka: PEM_002."),
    "Variable.question": noop("Satu kalimat tanya, tanpa istilah Inggris."),
    "Variable.example": noop("Satu keadaan nyata dan isiannya: Ada 120 orang: isi 120."),
    "Variable.evidence": noop("Dokumen atau catatan yang dipakai menghitung."),
    "Variable.unit": noop("Seperti di layar: orang, unit, rupiah. Satuan baru ditambahkan sebagai entri."),
    "Variable.decimals": noop("0 bagi bilangan bulat; kosong bila bukan angka."),
    "Variable.parts": noop("Diisi bersama rinciannya."),
    "Variable.relevance": noop("Ungkapan, misalnya PEM_001 = '1'. Kosong = selalu ditanyakan."),
    "Variable.formula": noop("Hanya bila cara isinya dihitung otomatis."),
    "Variable.sources": noop("Satu sumber tiap baris."),
    "Variable.part_of": noop("Misalnya perempuan sebagai bagian dari jumlah penduduk."),
    "Variable.rules": noop(
        "Hubungan antarisian. Jenis jawaban, rentang dan total diperiksa sendiri tanpa aturan."
    ),
    "Rule.code": noop("Diberi sendiri menurut urutan."),
    "Rule.holds": noop("Ungkapan yang harus benar, misalnya KES_012 <= KES_011."),
    "Rule.message": noop(
        "Kalimat bagi operator desa. Angka ditulis dengan kurung kurawal: {KES_012}. "
        "Sesudah titik koma terakhir: cara membetulkannya."
    ),
    "Rule.when": noop("Kosong = selalu dinilai."),
    "Column.code": noop("Tiga huruf, garis bawah, tiga angka: USL_001."),
    "Section.variables": noop("Satu kode tiap baris; urutannya urutan pertanyaan."),
    "Form.code": noop("Huruf besar dan garis bawah: IKN_TAHUNAN."),
    "Form.sections": noop("Tanpa bagian, elemen tersusun menurut konsepnya."),
    "Sector.code": noop("Tiga huruf besar; awal kode semua elemennya."),
    "Classification.code": noop("Huruf besar dan garis bawah: JENIS_PASAR."),
    "ListOfRows.label": noop("Kode kolom, misalnya USL_001."),
    "ListOfRows.code": noop("Huruf kecil, misalnya usulan."),
    "Window.code": noop("Huruf besar dan garis bawah: SEMESTER_BARAT."),
    "Window.opens": noop("Dihitung dari bulan periode berakhir: 0 = bulan itu, 1 = bulan sesudahnya."),
    "Window.due": noop("Tanggal 31 pada bulan yang lebih pendek = hari terakhirnya."),
    "Window.late_until": noop(
        "Yang dikirim sesudah jatuh tempo diberi tanda terlambat; sesudah hari ini ditolak."
    ),
    "Window.regions": noop(
        "Kelompok wilayah yang bergiliran: satu kode kabupaten, kecamatan atau desa tiap baris. "
        "Kosong = semua wilayah yang tidak punya jendela sendiri."
    ),
    "Window.serves": noop("Tonggak yang memakai datanya; kalender menghitung harinya sesudah jatuh tempo."),
    "Window.valid_from": noop("Hari terakhir periode pertama yang memakainya. Kosong = sejak dahulu."),
    "Window.valid_to": noop("Hari terakhir periode terakhir yang memakainya. Kosong = seterusnya."),
    "Window.source": noop("Keputusan yang menetapkan harinya, atau usulan siapa."),
    "Milestone.code": noop("Huruf besar dan garis bawah: MUSDES_RKP_DESA."),
    "Milestone.when": noop("Seperti tertulis pada sumbernya: minggu kedua bulan Maret."),
    "Milestone.days": noop("Hari mulai dan selesai tiap tahun. Tanpa baris = sumber tidak menetapkan hari."),
}
"""How a field is filled in, by class and key; a column of a list has the hints of a variable."""

GROUPS: Mapping[Thing, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Thing.VARIABLE: (
        (
            noop("Yang ditanyakan"),
            ("code", "form", "name", "question", "definition", "reason", "example", "evidence"),
        ),
        (
            noop("Jawaban"),
            ("type", "unit", "decimals", "is_required", "filled_by", "range", "options", "options_from"),
        ),
        (noop("Rincian"), ("classifications", "parts", "rows_by", "part_of")),
        (noop("Kapan ditanyakan dan cara menghitung"), ("relevance", "formula")),
        (noop("Yang diperiksa"), ("rules",)),
        (
            noop("Waktu dan wilayah"),
            ("nature", "reference_date", "accumulation", "time_aggregation", "aggregation", "applies_to"),
        ),
        (
            noop("Pemilik, sumber, dan metadata"),
            (
                "agency", "concept", "measure", "field", "confidentiality", "sources", "confidence",
                "text_confidence", "presentation", "note", "standard_id", "name_en", "question_en",
            ),
        ),
    ),
    Thing.WINDOW: (
        (noop("Formulir dan wilayah"), ("code", "name", "forms", "regions")),
        (noop("Hari"), ("opens", "due", "late_until", "valid_from", "valid_to")),
        (noop("Perencanaan dan sumber"), ("serves", "source", "confidence", "note")),
    ),
}  # fmt: skip
"""The groups of a kind; what no group names stands in the last one, a kind without groups in one."""

KINDS: Mapping[Thing, tuple[str, str, str]] = {
    Thing.VARIABLE: ("elemen", noop("Elemen"), noop("satu pertanyaan dengan arti, contoh dan aturannya")),
    Thing.FORM: ("formulir", noop("Formulir"), noop("elemen satu bidang yang diisi bersama")),
    Thing.LIST: ("daftar", noop("Daftar"), noop("baris dengan kolom, misalnya daftar usulan")),
    Thing.CLASSIFICATION: (
        "klasifikasi",
        noop("Klasifikasi"),
        noop("pilihan atau rincian yang dipakai bersama"),
    ),
    Thing.SECTOR: ("bidang", noop("Bidang"), noop("tiga huruf pertama kode elemen")),
    Thing.AGENCY: ("opd", noop("OPD"), noop("pemilik data")),
    Thing.CONCEPT: ("konsep", noop("Konsep"), noop("gagasan di balik data")),
    Thing.UNIT: ("satuan", noop("Satuan"), noop("orang, unit, rupiah")),
    Thing.INDICATOR: ("indikator", noop("Indikator"), noop("rumus atas beberapa elemen")),
    Thing.WINDOW: ("jendela", noop("Jendela"), noop("kapan formulir dibuka dan ditutup")),
    Thing.MILESTONE: ("tonggak", noop("Tonggak perencanaan"), noop("tahap perencanaan dan waktunya")),
    Thing.ACTIVITY: ("kegiatan", noop("Kegiatan statistik"), noop("MS-Keg bagi beberapa formulir")),
    Thing.PARAMETER: ("parameter", noop("Parameter"), noop("angka peraturan tiap tahun")),
    Thing.TABLE: ("tabel", noop("Tabel rujukan"), noop("angka tiap tahun dan wilayah")),
    Thing.FEED: ("masukan", noop("Peta masukan"), noop("elemen mana menjawab masukan indeks")),
}
"""The word of a kind in addresses, its name, and what it is; in the order in which they are offered."""

FIXED = (
    noop("stok"),
    noop("arus"),
    noop("status"),
    noop("rasio"),
    noop("tidak"),
    noop("per periode"),
    noop("tahun berjalan"),
    noop("terakhir"),
    noop("jumlah"),
    noop("rata-rata"),
    noop("sama dengan total"),
    noop("tanpa total"),
    noop("pusat"),
    noop("baru"),
    noop("diubah"),
    noop("dikerjakan"),
    noop("sudah disimpan ke kamus"),
    noop("dibuang"),
)
"""Words of fixed values that have none of their own on screen elsewhere."""


def name_of(made: str, key: str) -> str:
    """Give the name of a field of a class; an unknown key is its own name."""
    return OWN.get((made, key)) or NAMES.get(key, key)


def hint_of(made: str, key: str) -> str:
    """Give how a field of a class is filled in; empty where its name says enough."""
    return HINTS.get(f"{made}.{key}") or (HINTS.get(f"Variable.{key}", "") if made == "Column" else "")


def slug(kind: Thing) -> str:
    """Give the word of a kind in addresses."""
    return KINDS[kind][0] if kind in KINDS else str(kind)


def kind_of(word: str) -> Thing | None:
    """Find the kind of a word of an address."""
    return next((kind for kind in Thing if slug(kind) == word), None)
