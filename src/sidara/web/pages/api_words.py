"""What the OpenAPI document cannot say by itself: names of groups, common parameters, examples to copy."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

GROUPS = {
    "regions": noop("Wilayah"),
    "dictionary": noop("Kamus data"),
    "forms": noop("Formulir"),
    "datasets": noop("Himpunan data"),
    "figures": noop("Angka"),
    "indices": noop("Indeks"),
    "programmes": noop("Rencana dan kegiatan"),
    "submissions": noop("Isian"),
    "verification": noop("Pemeriksaan isian"),
    "people": noop("Orang"),
}
"""The groups of operations in the order of the page."""

PARAMETERS = {
    "account": noop("Nomor akun."),
    "agency": noop("Kode OPD pemilik elemen."),
    "as_of": noop("Angka seperti yang diketahui pada tanggal ini (2026-06-30)."),
    "breakdown": noop("Kode rincian; _T berarti jumlah seluruhnya."),
    "code": noop("Kode."),
    "confidence": noop("Tingkat keyakinan elemen."),
    "form": noop("Kode formulir."),
    "government": noop("Jenis pemerintah, dengan kata seperti pada jawaban."),
    "index": noop("Kode indeks."),
    "item": noop("Kode butir indeks."),
    "kind": noop("Jenis."),
    "level": noop("Tingkat wilayah."),
    "limit": noop("Banyaknya butir sehalaman."),
    "low": noop("Byte pertama potongan ini di dalam berkas."),
    "name": noop("Kode indeks."),
    "operation": noop("Cara menghitung: LATEST, SUM, COUNT, COUNT_BY_CODE, atau MEAN."),
    "piece": noop("Nomor bukti."),
    "period": noop("Periode, misalnya 2026-Q1."),
    "q": noop("Kata yang dicari."),
    "redaction": noop("Nomor permintaan."),
    "region": noop("Kode wilayah."),
    "role": noop("Kode peran."),
    "sector": noop("Kode bidang."),
    "uid": noop("Nomor dokumen rencana."),
    "under": noop("Kode wilayah yang melingkupi."),
    "unit": noop("Satuan yang melapor."),
    "upload": noop("Nomor berkas (UUID) buatan Anda."),
}
"""What a parameter means where its operation does not say it."""

FIELDS = {
    "base": noop("Revisi yang Anda lihat; 0 bila belum ada."),
    "cells": noop("Sel: variable dengan value atau state; bila perlu breakdown, row, explanation."),
    "claimed_at": noop("Waktu pengisian menurut perangkat."),
    "breakdown": noop("Kode rincian; _T berarti jumlah seluruhnya."),
    "caption": noop("Keterangan singkat."),
    "code": noop("Kode desa yang dijelaskan."),
    "chosen": noop(
        "Yang disalin: variable dan origin seperti pada offers; tanpa ini, semua yang sumbernya sama."
    ),
    "confirm": noop("true menghapus, false menolak."),
    "evidence": noop("Nomor bukti yang dihapus beserta berkasnya."),
    "file": noop("Berkas yang dikirim: isian .xlsx, .csv, .parquet; bukti berupa foto atau PDF."),
    "filler": noop("Nama yang mengisi di atas kertas."),
    "keep_place": noop("Simpan juga tempat dan waktu foto diambil."),
    "name": noop("Nama berkas, atau nama baru perangkat."),
    "reason": noop("Alasan perubahan atau pencabutan."),
    "reason_of": noop("Nomor revisi yang alasannya dihapus."),
    "row": noop("Kode baris daftar."),
    "rows": noop("Baris: kode, tahun, dan jawaban, skor butir, atau subindeks."),
    "content_hash": noop("Sidik isi yang Anda lihat."),
    "due_date": noop("Paling lambat dibetulkan, 2026-08-14."),
    "form": noop("Kode formulir; kosong berarti semua."),
    "period": noop("Periode; kosong berarti semua."),
    "quiet": noop("true: hanya sel yang tidak meragukan."),
    "revision": noop("Revisi yang Anda lihat."),
    "seal": noop("Isi seal dari GET /batch; yang lain tidak ditutup."),
    "step": noop("Langkah: district, community, sector, province; kosong berarti langkah Anda."),
    "under": noop("Kode wilayah; kosong berarti wilayah Anda."),
    "whole": noop("true: seluruh formulir dikembalikan."),
    "scope": noop("numbers: NIK dan nomor telepon; all: seluruh teks dan penjelasan."),
    "sha256": noop("SHA-256 seluruh berkas, heksadesimal."),
    "size": noop("Panjang seluruh berkas dalam byte."),
    "scheme": noop("Skema kode desa; kosong berarti dikenali sendiri."),
    "variable": noop("Kode elemen."),
    "year": noop("Tahun data."),
}
"""What a field of a body means."""

SAVED = '{"base": 0, "cells": [{"variable": "KEP_010", "value": "4"}]}'
ROWS = '"rows": [{"kode": "6201022016", "tahun": 2024, "iks": 0.7, "ike": 0.6, "ikl": 0.8}]'


@dataclass(frozen=True, slots=True)
class Example:
    """How an operation is asked: address below the API, body, and the call of Python."""

    address: str
    call: str
    body: str = ""


KEPT = "/submissions/KEP_TRIWULAN/62.01.02.2016/2026-Q1"
LATER = "/submissions/KEP_SEMESTER/62.01.02.2016/2026-S1"
LATER_CALL = '"KEP_SEMESTER", "62.01.02.2016", "2026-S1"'
CHOSEN = '{"variable": "KEP_001", "origin": "period:KEP_SEMESTER@2025-S2"}'
KEPT_CALL = '"KEP_TRIWULAN", "62.01.02.2016", "2026-Q1"'
NOBODY = "00000000-0000-0000-0000-000000000000"
FILE = "file=@"
"""What the body of a file begins with, as curl sends it."""
BYTES = "@"
"""What the body of bytes begins with, as curl sends it."""
UNDERWAY = f"{KEPT}/uploads/{NOBODY}"
UNDERWAY_CALL = f'{KEPT_CALL}, "{NOBODY}"'
NO_HASH = "0" * 64
ROW_CALL = '[{"kode": "6201022016", "tahun": 2024, "iks": 0.7, "ike": 0.6, "ikl": 0.8}]'
IDM = "external:idm-2024"
ITEMS = "external:idm-items"

VERIFIED = "/verification/submissions/KEP_TRIWULAN/62.01.02.2016/2026-Q1"
NAMED = '"cells": [{"variable": "KEP_010"}]'
NAMED_CALL = '[{"variable": "KEP_010"}]'
WHY = "Salah hitung dusun seberang."
CODE = "7K2M-0Q9R-XT4B"

EXAMPLES = {
    "list_regions": Example("/regions?under=62.01", 'regions(under="62.01")'),
    "search_regions": Example("/regions/search?q=natai+raya", 'find("natai raya")'),
    "show_region": Example("/regions/62.01.02.2016", 'region("62.01.02.2016")'),
    "list_children": Example("/regions/62.01/children", 'children("62.01")'),
    "region_history": Example("/regions/62.01/history", 'region_history("62.01")'),
    "list_revisions": Example("/dictionary/revisions", "revisions()"),
    "diff_revisions": Example("/dictionary/diff?old=0", "diff(0)"),
    "list_entries": Example("/dictionary/variable?q=stunting", 'entries("variable", q="stunting")'),
    "show_entry": Example("/dictionary/variable/KES_028", 'entry("KES_028")'),
    "entry_history": Example("/dictionary/variable/KES_028/history", 'entry_history("KES_028")'),
    "list_forms": Example("/forms", "forms()"),
    "show_form": Example("/forms/KEP_TRIWULAN", 'form("KEP_TRIWULAN")'),
    "list_datasets": Example("/datasets", "datasets()"),
    "show_dataset": Example(f"/datasets/{IDM}", f'dataset("{IDM}")'),
    "ask_figures": Example(
        f"/figures?dataset={IDM}&variable=IDM.IDM&under=62.01.02",
        f'ask("{IDM}", "IDM.IDM", under="62.01.02")',
    ),
    "ask_indicators": Example(
        "/figures/indicators?dataset=simulated:collection&indicator=APM_SD&period=2025&level=district&under=62.01",
        'indicators("APM_SD", "2025", dataset="simulated:collection", level="district", under="62.01")',
    ),
    "list_indices": Example("/indices", "indices()"),
    "show_index": Example("/indices/idm", 'index("idm")'),
    "compute_index": Example("/indices/idm/compute", f'compute("idm", {ROW_CALL})', f"{{{ROWS}}}"),
    "explain_row": Example(
        "/indices/idm/explain",
        f'explain("idm", {ROW_CALL}, code="6201022016", year=2024)',
        f'{{{ROWS}, "code": "6201022016", "year": 2024}}',
    ),
    "explain_village": Example(
        f"/indices/idm/explain/62.01.02.2016?dataset={ITEMS}",
        f'explain_village("idm", "62.01.02.2016", dataset="{ITEMS}")',
    ),
    "search_nomenclature": Example(
        "/programmes/nomenclature?q=air+bersih&year=2027", 'nomenclature("air bersih", year=2027)'
    ),
    "show_nomenclature": Example(
        "/programmes/nomenclature/kabupaten_kota/2.13.04.2.01.0005",
        'code("kabupaten_kota", "2.13.04.2.01.0005")',
    ),
    "check_nomenclature": Example(
        "/programmes/nomenclature/kabupaten_kota/2.13.04.1.01.0010/check?year=2027",
        'check_code("kabupaten_kota", "2.13.04.1.01.0010", year=2027)',
    ),
    "list_kinds": Example("/programmes/kinds", "kinds()"),
    "show_kind": Example("/programmes/kinds/JK-AIR-01", 'kind("JK-AIR-01")'),
    "list_options": Example("/programmes/kinds/answering/idm/S34", 'options("idm", "S34")'),
    "list_plans": Example("/programmes/plans?year=2027", "plans(year=2027)"),
    "show_plan": Example(f"/programmes/plans/{NOBODY}", f'plan("{NOBODY}")'),
    "list_activities": Example(
        "/programmes/activities?within=62.07&year=2027", 'activities(within="62.07", year=2027)'
    ),
    "list_findings": Example("/programmes/findings?under=62.07&year=2027", 'findings("62.07", year=2027)'),
    "verification_queue": Example("/verification/queue?under=62.01.02", 'queue(under="62.01.02")'),
    "show_standing": Example(VERIFIED, f"standing({KEPT_CALL})"),
    "send_submission": Example(f"{VERIFIED}/send", f"send({KEPT_CALL}, revision=1)", '{"revision": 1}'),
    "withdraw_submission": Example(
        f"{VERIFIED}/withdraw", f'withdraw({KEPT_CALL}, reason="{WHY}")', f'{{"reason": "{WHY}"}}'
    ),
    "endorse_submission": Example(
        f"{VERIFIED}/endorse", f'endorse({KEPT_CALL}, "{NO_HASH}")', f'{{"content_hash": "{NO_HASH}"}}'
    ),
    "accept_cells": Example(
        f"{VERIFIED}/accept",
        f"accept({KEPT_CALL}, revision=1, quiet=True)",
        '{"revision": 1, "quiet": true}',
    ),
    "return_cells": Example(
        f"{VERIFIED}/return",
        f'return_cells({KEPT_CALL}, {NAMED_CALL}, revision=1, reason="{WHY}", due_date="2026-08-14")',
        f'{{"revision": 1, {NAMED}, "reason": "{WHY}", "due_date": "2026-08-14"}}',
    ),
    "correct_cells": Example(
        f"{VERIFIED}/correct",
        f'correct({KEPT_CALL}, {NAMED_CALL}, reason="{WHY}")',
        f'{{{NAMED}, "reason": "{WHY}"}}',
    ),
    "show_batch": Example("/verification/batch?under=62.01.02", 'batch(under="62.01.02")'),
    "list_minutes": Example("/verification/minutes?under=62.01.02", 'minutes(under="62.01.02")'),
    "close_batch": Example(
        "/verification/minutes",
        'close_batch(under="62.01.02")',
        '{"under": "62.01.02"}',
    ),
    "check_minutes": Example(f"/verification/minutes/{CODE}", f'check_minutes("{CODE}")'),
    "minutes_file": Example(f"/verification/minutes/{CODE}/file", f'minutes_file("{CODE}")'),
    "show_submission": Example(KEPT, f"submission({KEPT_CALL})"),
    "save_cells": Example(
        KEPT, f'save({KEPT_CALL}, [{{"variable": "KEP_010", "value": "4"}}], base=0)', SAVED
    ),
    "import_file": Example(
        "/imports?dry_run=true", 'import_file("isian.xlsx", dry_run=True)', f"{FILE}isian.xlsx"
    ),
    "submission_history": Example(f"{KEPT}/history", f"submission_history({KEPT_CALL})"),
    "list_evidence": Example(f"{KEPT}/evidence", f"evidence({KEPT_CALL})"),
    "keep_evidence": Example(
        f"{KEPT}/evidence?variable=KEP_010",
        f'keep_evidence({KEPT_CALL}, "balai.jpg", variable="KEP_010")',
        f"{FILE}balai.jpg",
    ),
    "evidence_file": Example(f"{KEPT}/evidence/{NOBODY}/file", f'evidence_file({KEPT_CALL}, "{NOBODY}")'),
    "remove_evidence": Example(
        f"{KEPT}/evidence/{NOBODY}", f'remove_evidence({KEPT_CALL}, "{NOBODY}", reason="salah foto")'
    ),
    "list_uploads": Example(f"{KEPT}/uploads", f"uploads({KEPT_CALL})"),
    "show_upload": Example(UNDERWAY, f"upload({UNDERWAY_CALL})"),
    "begin_upload": Example(
        UNDERWAY,
        f'begin_upload({UNDERWAY_CALL}, name="balai.jpg", size=3400000, sha256="{NO_HASH}")',
        f'{{"name": "balai.jpg", "size": 3400000, "sha256": "{NO_HASH}"}}',
    ),
    "send_part": Example(
        f"{UNDERWAY}/parts/0",
        f'send_part({UNDERWAY_CALL}, 0, open("balai.jpg", "rb").read(256000))',
        f"{BYTES}potongan",
    ),
    "keep_upload": Example(f"{UNDERWAY}/keep", f"keep_upload({UNDERWAY_CALL})"),
    "drop_upload": Example(UNDERWAY, f"drop_upload({UNDERWAY_CALL})"),
    "list_prefill": Example(f"{LATER}/prefill", f"prefill({LATER_CALL})"),
    "take_prefill": Example(
        f"{LATER}/prefill",
        f"take_prefill({LATER_CALL}, [{CHOSEN}], base=0)",
        f'{{"base": 0, "chosen": [{CHOSEN}]}}',
    ),
    "list_redactions": Example(f"{KEPT}/redactions", f"redactions({KEPT_CALL})"),
    "propose_redaction": Example(
        f"{KEPT}/redactions",
        f'propose_redaction({KEPT_CALL}, "KEP_010", reason="ada NIK warga")',
        '{"variable": "KEP_010", "reason": "ada NIK warga"}',
    ),
    "decide_redaction": Example(
        f"{KEPT}/redactions/{NOBODY}",
        f'decide_redaction({KEPT_CALL}, "{NOBODY}", confirm=True)',
        '{"confirm": true}',
    ),
    "who_am_i": Example("/me", "me()"),
    "list_people": Example("/people?under=62.01", 'people(under="62.01")'),
    "show_person": Example(f"/people/{NOBODY}", f'person("{NOBODY}")'),
    "list_devices": Example(f"/people/{NOBODY}/devices", f'devices("{NOBODY}")'),
    "rename_device": Example(
        f"/people/{NOBODY}/devices/{NOBODY}",
        f'rename_device("{NOBODY}", "{NOBODY}", "HP Bu Siti")',
        '{"name": "HP Bu Siti"}',
    ),
    "revoke_device": Example(
        f"/people/{NOBODY}/devices/{NOBODY}/revoke",
        f'revoke_device("{NOBODY}", "{NOBODY}", "HP hilang")',
        '{"reason": "HP hilang"}',
    ),
}
"""An example for each operation, by its id in the document."""
FAULTS = {
    "API_VALUE_WRONG": (400, noop("Nilai yang dikirim tidak dapat dipakai.")),
    "API_BODY_WRONG": (400, noop("Isi permintaan bukan JSON.")),
    "API_CURSOR_WRONG": (400, noop("Penunjuk halaman tidak dikenal.")),
    "API_TOKEN_REFUSED": (401, noop("Token tidak dikenal, berakhir, atau dicabut.")),
    "API_FORBIDDEN": (403, noop("Tidak berhak, atau di luar lingkup token.")),
    "API_CSRF": (403, noop("Tulisan dari sesi masuk tanpa X-CSRFToken.")),
    "API_NOT_FOUND": (404, noop("Alamat, kode, atau orang tidak ada, atau di luar jangkauan Anda.")),
    "API_METHOD_WRONG": (405, noop("Metode tidak berlaku pada alamat ini.")),
    "API_TOO_LARGE": (413, noop("Isi permintaan terlalu besar.")),
    "API_TOO_MANY": (429, noop("Lebih banyak permintaan daripada batas laju.")),
    "API_FAULT": (500, noop("Kesalahan pada SIDARA; tercatat bagi pengelola.")),
}
"""Faults of any operation: status and when."""
