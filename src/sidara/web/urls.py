"""Addresses: Indonesian words, permanent for a place by its Kemendagri code; English pages under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, register_converter

from sidara.web import (
    alignment_views,
    award_views,
    board_views,
    codes_views,
    dictionary_views,
    drafting_views,
    entry_views,
    equity_views,
    evidence_views,
    handing_views,
    kokpit_views,
    minutes_views,
    offline_views,
    our_village_views,
    paper_views,
    plan_import_views,
    plan_views,
    planning_views,
    prefill_views,
    programme_views,
    receipts_views,
    redaction_views,
    register_views,
    sending_views,
    targeting_views,
    verifying_views,
    views,
)
from sidara.web.languages import API as PREFIX


class Suffix:
    """The formats of files."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """Take the suffix as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write the suffix as it is."""
        return value


class Door(Suffix):
    """The formats of forms that are given out."""

    regex = "|".join(handing_views.KINDS)


register_converter(Suffix, "suffix")
register_converter(Door, "door")

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PREFIX.strip('/')}/", include("sidara.web.api.app")),
    path("pekerja.js", offline_views.worker, name="offline-worker"),
    path("sidara.webmanifest", offline_views.manifest, name="offline-manifest"),
]
urlpatterns += i18n_patterns(
    # The address that is asked most stands first: addresses are tried in this order.
    path("isi/<str:form>/<str:code>/<str:period>/simpan", entry_views.save, name="entry-save"),
    path("", views.home, name="home"),
    path("cari", views.search, name="search"),
    path("program", programme_views.programmes, name="programmes"),
    path("program/<slug:table>.<suffix:suffix>", programme_views.programmes_file, name="programmes-file"),
    path("program/baru", programme_views.programme_new, name="programme-new"),
    path("program/<uuid:uid>", programme_views.programme, name="programme"),
    path("program/<uuid:uid>/ubah", programme_views.programme_edit, name="programme-edit"),
    path(
        "program/<uuid:uid>/<slug:table>.<suffix:suffix>",
        programme_views.programme_file,
        name="programme-file",
    ),
    path("rencana", plan_views.plans, name="plans"),
    path("rencana/baru", plan_views.plan_new, name="plan-new"),
    path("rencana/<uuid:uid>", plan_views.plan, name="plan"),
    path("rencana/<uuid:uid>/ubah", plan_views.plan_edit, name="plan-edit"),
    path("rencana/<uuid:uid>/<slug:table>.<suffix:suffix>", plan_views.plan_file, name="plan-file"),
    path("cari/calon", views.search_suggestions, name="search-suggestions"),
    path("wilayah/<str:code>", views.area, name="area"),
    path("wilayah/<str:code>/riwayat", views.place_history, name="area-history"),
    path(
        "wilayah/<str:code>/riwayat/<slug:table>.<suffix:suffix>",
        views.history_file,
        name="area-history-file",
    ),
    path("wilayah/<str:code>/<slug:table>.<suffix:suffix>", views.area_file, name="area-file"),
    path("desa/<str:code>", views.village, name="village"),
    path("desa/<str:code>/riwayat", views.place_history, name="village-history"),
    path(
        "desa/<str:code>/riwayat/<slug:table>.<suffix:suffix>",
        views.history_file,
        name="village-history-file",
    ),
    path("desa/<str:code>/<slug:table>.<suffix:suffix>", views.village_file, name="village-file"),
    path("desa/<str:code>/andai", planning_views.whatif, name="whatif"),
    path("desa/<str:code>/andai/hasil", planning_views.whatif_result, name="whatif-result"),
    path(
        "desa/<str:code>/andai/<slug:table>.<suffix:suffix>", planning_views.whatif_file, name="whatif-file"
    ),
    path("desa/<str:code>/jalur", planning_views.path, name="path"),
    path("desa/<str:code>/jalur/<slug:table>.<suffix:suffix>", planning_views.path_file, name="path-file"),
    path("desa/<str:code>/untuk-desa-kami", our_village_views.our_village, name="our-village"),
    path(
        "desa/<str:code>/untuk-desa-kami/lembar-musdes.pdf",
        our_village_views.our_village_sheet,
        name="our-village-sheet",
    ),
    path(
        "desa/<str:code>/untuk-desa-kami/<slug:table>.<suffix:suffix>",
        our_village_views.our_village_file,
        name="our-village-file",
    ),
    path("wilayah/<str:code>/andai", planning_views.area_whatif, name="area-whatif"),
    path(
        "wilayah/<str:code>/andai/<slug:table>.<suffix:suffix>",
        planning_views.area_whatif_file,
        name="area-whatif-file",
    ),
    path("wilayah/<str:code>/jalur", planning_views.area_path, name="area-path"),
    path(
        "wilayah/<str:code>/jalur/<slug:table>.<suffix:suffix>",
        planning_views.area_path_file,
        name="area-path-file",
    ),
    path("unduh/<slug:table>.<suffix:suffix>", views.home_file, name="home-file"),
    path("peta", views.atlas, name="atlas"),
    path("peta/status.json", views.atlas_marks, name="atlas-marks"),
    path("peta/batas-<slug:key>.pmtiles", views.atlas_tiles, name="atlas-tiles"),
    path("kamus", dictionary_views.elements, name="dictionary"),
    path("kamus/peta", dictionary_views.map_page, name="dictionary-map"),
    path("kamus/satu-data", dictionary_views.satu_data_page, name="satu-data"),
    path("kamus/<slug:table>.<suffix:suffix>", dictionary_views.table_file, name="dictionary-file"),
    path("kamus/rancangan", drafting_views.drafts, name="drafts"),
    path("kamus/rancangan/<uuid:draft>", drafting_views.draft_page, name="draft"),
    path("kamus/rancangan/<uuid:draft>/bidang-baru", drafting_views.draft_sector, name="draft-sector"),
    path("kamus/rancangan/<uuid:draft>/impor", drafting_views.draft_import, name="draft-import"),
    path("kamus/rancangan/<uuid:draft>/uji/<str:form>", drafting_views.draft_trial, name="draft-trial"),
    path(
        "kamus/rancangan/<uuid:draft>/xlsform/<str:form>.xlsx",
        drafting_views.draft_xlsform,
        name="draft-xlsform",
    ),
    path("kamus/rancangan/<uuid:draft>/<slug:kind>", drafting_views.draft_new, name="draft-new"),
    path(
        "kamus/rancangan/<uuid:draft>/<slug:kind>/<path:entry_code>",
        drafting_views.draft_entry,
        name="draft-entry",
    ),
    path("kamus/ubah/<slug:kind>/<path:entry_code>", drafting_views.edit, name="dictionary-edit"),
    path("kamus/baru/<slug:kind>", drafting_views.begin, name="dictionary-begin"),
    path("kamus/riwayat", drafting_views.history, name="dictionary-history"),
    path("kamus/riwayat/<int:number>", drafting_views.revision, name="dictionary-revision"),
    path(
        "kamus/riwayat/<slug:kind>/<path:entry_code>",
        drafting_views.entry_history,
        name="dictionary-entry-history",
    ),
    path("kamus/<str:code>", dictionary_views.element_page, name="dictionary-element"),
    path("formulir", dictionary_views.form_list, name="forms"),
    path("formulir/<str:code>", dictionary_views.form_page, name="form"),
    path("formulir/<str:code>/xlsform.xlsx", dictionary_views.form_xlsform, name="form-xlsform"),
    path("nomenklatur", codes_views.nomenclature, name="nomenclature"),
    path("nomenklatur/<str:government>/<str:code>", codes_views.nomenclature_code, name="nomenclature-code"),
    path("butir/<slug:index>/<str:item>", codes_views.index_item, name="index-item"),
    path("jenis-kegiatan/<str:code>", codes_views.activity_kind, name="activity-kind"),
    path("kalender", dictionary_views.calendar_page, name="calendar"),
    path("kalender/sidara.ics", dictionary_views.calendar_ics, name="calendar-ics"),
    path("kalender/<slug:table>.<suffix:suffix>", dictionary_views.calendar_file, name="calendar-file"),
    path("tugas", entry_views.tasks, name="tasks"),
    path("berita-acara", minutes_views.minutes_search, name="minutes-search"),
    path("berita-acara/<str:paper>", minutes_views.minutes_page, name="minutes"),
    path("periksa/berita-acara", minutes_views.minutes_closing, name="minutes-closing"),
    path("periksa/berita-acara/<str:paper>.pdf", minutes_views.minutes_pdf, name="minutes-file"),
    path("terima", receipts_views.receipts_page, name="receipts"),
    path("tanda-terima/<str:paper>", receipts_views.receipt_page, name="receipt"),
    path("tanda-terima/<str:paper>/kertas.pdf", receipts_views.receipt_file, name="receipt-file"),
    path("penghargaan", award_views.award_lists, name="award"),
    path("penghargaan/<slug:table>.<suffix:suffix>", award_views.award_file, name="award-file"),
    path("penghargaan/<int:number>/<slug:roll>/<str:subject>", award_views.award_score, name="award-score"),
    path(
        "penghargaan/<int:number>/<slug:roll>/<str:subject>/<slug:table>.<suffix:suffix>",
        award_views.award_score_file,
        name="award-score-file",
    ),
    path("papan", board_views.board, name="board"),
    path("papan/rencana", board_views.efforts, name="efforts"),
    path("papan/rencana/<slug:table>.<suffix:suffix>", board_views.efforts_file, name="efforts-file"),
    path("papan/<slug:table>.<suffix:suffix>", board_views.board_file, name="board-file"),
    path("sasaran", targeting_views.targets, name="targets"),
    path("sasaran/simpan", targeting_views.target_keep, name="target-keep"),
    path("sasaran/anggaran", targeting_views.target_budget, name="target-budget"),
    path(
        "sasaran/anggaran/<slug:table>.<suffix:suffix>",
        targeting_views.target_budget_file,
        name="target-budget-file",
    ),
    path("sasaran/celah/<str:code>", targeting_views.gap, name="gap"),
    path("sasaran/<slug:table>.<suffix:suffix>", targeting_views.targets_file, name="targets-file"),
    path("pemerataan", equity_views.equity, name="equity"),
    path("pemerataan/<slug:table>.<suffix:suffix>", equity_views.equity_file, name="equity-file"),
    path("register/aparatur", register_views.register_apparatus, name="register-apparatus"),
    path(
        "register/aparatur/<slug:table>.<suffix:suffix>",
        register_views.register_apparatus_file,
        name="register-apparatus-file",
    ),
    path("register/partisipasi", register_views.register_participation, name="register-participation"),
    path(
        "register/partisipasi/<slug:table>.<suffix:suffix>",
        register_views.register_participation_file,
        name="register-participation-file",
    ),
    path("register/lembaga", register_views.register_institutions, name="register-institutions"),
    path(
        "register/lembaga/<slug:table>.<suffix:suffix>",
        register_views.register_institutions_file,
        name="register-institutions-file",
    ),
    path("usulan", register_views.proposals_page, name="proposals"),
    path("usulan/<slug:table>.<suffix:suffix>", register_views.proposals_file, name="proposals-file"),
    path("usulan/<uuid:uid>", register_views.proposal_page, name="proposal"),
    path("usulan/<uuid:uid>/putusan", register_views.proposal_decide, name="proposal-decide"),
    path("sinkronisasi", alignment_views.alignment, name="alignment"),
    path("sinkronisasi/<slug:table>.<suffix:suffix>", alignment_views.alignment_file, name="alignment-file"),
    path("sinkronisasi/temuan/<uuid:finding>", alignment_views.alignment_finding, name="alignment-finding"),
    path("kokpit", kokpit_views.kokpit, name="kokpit"),
    path("kokpit/<slug:table>.<suffix:suffix>", kokpit_views.kokpit_file, name="kokpit-file"),
    path("periksa", verifying_views.verification_queue, name="verification-queue"),
    path(
        "periksa/<str:form>/<str:code>/<str:period>",
        verifying_views.verification_review,
        name="verification-review",
    ),
    path(
        "periksa/<str:form>/<str:code>/<str:period>/<slug:step>/paket.json",
        verifying_views.review_bundle,
        name="verification-bundle",
    ),
    path(
        "periksa/<str:form>/<str:code>/<str:period>/<slug:step>/antrean",
        verifying_views.queued_verifying,
        name="queued-verifying",
    ),
    path("isi/<str:form>/<str:code>/<str:period>", entry_views.entry, name="entry"),
    path("isi/<str:form>/<str:code>/<str:period>/paket.json", entry_views.bundle, name="entry-bundle"),
    path(
        "isi/<str:form>/<str:code>/<str:period>/formulir.<door:suffix>",
        handing_views.form_file,
        name="entry-file",
    ),
    path("kertas/<str:form>/<str:code>/<str:period>", paper_views.paper_entry, name="paper-entry"),
    path("rencana/impor", plan_import_views.front, name="plan-import"),
    path("rencana/impor/<uuid:file>", plan_import_views.file, name="plan-import-file"),
    path("rencana/impor/riwayat/<uuid:file>", plan_import_views.kept, name="plan-import-kept"),
    path("rencana/impor/kosong/<slug:table>.xlsx", plan_import_views.empty, name="plan-table-empty"),
    path("rencana/tabel/<uuid:file>.xlsx", plan_import_views.sheet, name="plan-sheet"),
    path("berkas", handing_views.files, name="files"),
    path("berkas/<uuid:file>", handing_views.handed, name="handed"),
    path("berkas/<uuid:file>/temuan.xlsx", handing_views.handed_marked, name="handed-marked"),
    path(
        "kirim/<str:form>/<str:code>/<str:period>",
        sending_views.submission_sending,
        name="submission-sending",
    ),
    path(
        "kirim/<str:form>/<str:code>/<str:period>/antrean",
        sending_views.queued_sending,
        name="queued-sending",
    ),
    path(
        "koreksi/<str:form>/<str:code>/<str:period>",
        sending_views.submission_correcting,
        name="submission-correcting",
    ),
    path("bukti/<str:form>/<str:code>/<str:period>", evidence_views.evidence, name="evidence"),
    path(
        "bukti/<str:form>/<str:code>/<str:period>/<uuid:file>",
        evidence_views.evidence_file,
        name="evidence-file",
    ),
    path(
        "bukti/<str:form>/<str:code>/<str:period>/<uuid:file>/kecil",
        evidence_views.evidence_small,
        name="evidence-small",
    ),
    path("salin/<str:form>/<str:code>/<str:period>", prefill_views.prefill, name="prefill"),
    path("hapus-data", redaction_views.redactions, name="redactions"),
    path("hapus-data/<str:form>/<str:code>/<str:period>", redaction_views.redaction, name="redaction"),
    path("luring", offline_views.shell, name="offline-shell"),
    path("luring/periksa", verifying_views.verification_shell, name="verification-shell"),
    path("luring/masuk.json", offline_views.session, name="offline-session"),
    path("istilah", views.terms, name="terms"),
    path("tentang", views.about, name="about"),
    path("api", views.api, name="api"),
    path("", include("sidara.accounts.urls")),
    prefix_default_language=False,
)
