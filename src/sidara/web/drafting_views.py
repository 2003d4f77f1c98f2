"""Views of drafts of the dictionary: opened, filled entry by entry, reviewed, tried, saved."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sidara.dictionary import queries, services
from sidara.dictionary.core import Thing, findings_of, plain
from sidara.dictionary.queries import Review
from sidara.kernel.actor import NotAllowed
from sidara.kernel.clock import local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.ui.language import format_number, say
from sidara.ui.rights import Asking, needs
from sidara.web.pages.editing import addresses, draft, entry, lists, posted, sector, trial, words
from sidara.web.pages.editing.shapes import shapes
from sidara.web.pages.files import FORMATS

EDIT = "dictionary.edit"
READ = "dictionary.read"
LARGEST_FILE = 5_000_000


@needs(EDIT, posts=True)
@never_cache
def drafts(request: Asking) -> HttpResponse:
    """List drafts; a POST opens one."""
    if request.method == "POST":
        opened = services.open_draft(request.actor, title=request.POST.get("judul", ""), clock=now).draft
        return HttpResponseRedirect(addresses.draft(opened.id))
    return render(request, "web/editing/drafts.html", {"page": lists.drafts(request.actor)})


@needs(EDIT, posts=True)
@never_cache
def draft_page(request: Asking, draft: UUID) -> HttpResponse:
    """Show a draft as it would change the dictionary; a POST does what its button says."""
    review = _review(request, draft)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("aksi", ""))
        if act is None:
            raise Http404("aksi")
        return act(request, review)
    return _draft(request, review)


@needs(EDIT, posts=True)
@never_cache
def draft_new(request: Asking, draft: UUID, kind: str) -> HttpResponse:
    """Show the form of a new entry; a POST puts it into the draft."""
    thing = _kind(kind)
    review = _review(request, draft)
    if request.method == "POST":
        return _put(request, review, thing, "")
    form = request.GET.get("formulir") or request.GET.get("bidang") or ""
    page = entry.fresh(review, thing, form, request.actor)
    return render(request, "web/editing/entry.html", {"page": page})


@needs(EDIT, posts=True)
@never_cache
def draft_entry(request: Asking, draft: UUID, kind: str, entry_code: str) -> HttpResponse:
    """Show one entry of a draft; a POST keeps what was typed, however faulty."""
    thing = _kind(kind)
    review = _review(request, draft)
    if request.method == "POST":
        return _put(request, review, thing, entry_code)
    page = entry.build(review, thing, entry_code, request.actor)
    if page is None:
        raise Http404(entry_code)
    return render(request, "web/editing/entry.html", {"page": page})


@needs(EDIT, posts=True)
@never_cache
def draft_sector(request: Asking, draft: UUID) -> HttpResponse:
    """Ask for a new sector with its agency and first form; a POST puts all of them into the draft."""
    review = _review(request, draft)
    page = sector.build(review, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not page.faults:
        for kind, body in page.entries:
            services.put_entry(request.actor, draft_id=draft, kind=kind, code="", body=body, clock=now)
        messages.success(request, say("Bidang dan formulirnya sudah masuk rancangan. Tambahkan elemennya."))
        return HttpResponseRedirect(f"{addresses.draft(draft)}#versi-j")
    return render(request, "web/editing/sector.html", {"page": page})


@needs(EDIT, posts=True)
@never_cache
def draft_trial(request: Asking, draft: UUID, form: str) -> HttpResponse:
    """Let the form of a draft be filled in with example answers, and show what the checks find."""
    review = _review(request, draft)
    page = trial.build(review, request.actor, form, request.POST if request.method == "POST" else None)
    if page is None:
        raise Http404(form)
    return render(request, "web/editing/trial.html", {"page": page})


@needs(EDIT)
@never_cache
def draft_xlsform(request: Asking, draft: UUID, form: str) -> HttpResponse:
    """Give a form of a draft as XLSForm."""
    content = _review(request, draft).xlsform(form)
    if content is None:
        raise Http404(form)
    disposition = f'attachment; filename="{form}-rancangan.xlsx"'
    return HttpResponse(content, content_type=FORMATS["xlsx"], headers={"Content-Disposition": disposition})


@needs(EDIT, posts=True)
@never_cache
def draft_import(request: Asking, draft: UUID) -> HttpResponse:
    """Take an XLSForm into a draft; what cannot be taken is told with sheet, row and column."""
    review = _review(request, draft)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        findings, is_taken = _imported(request, draft)
        if is_taken and not findings:
            messages.success(request, say("Isi berkas sudah masuk rancangan. Periksa perubahannya di bawah."))
            return HttpResponseRedirect(addresses.draft(draft))
        if is_taken:
            messages.success(
                request, say("Isi berkas sudah masuk rancangan; perhatikan catatan di bawah ini.")
            )
    context = {
        "draft": review.draft,
        "findings": findings,
        "sectors": review.dictionary.sectors.values(),
        "trail": addresses.trail(),
        "back": addresses.draft(draft),
    }
    return render(request, "web/editing/import.html", context)


@needs(EDIT, posts=True)
@never_cache
def edit(request: Asking, kind: str, entry_code: str) -> HttpResponse:
    """Take an entry of the dictionary into an own draft: the only one, a chosen one, or a new one."""
    thing = _kind(kind)
    made = queries.dictionary(request.actor)
    here = made.of(thing).get(entry_code)
    if here is None:
        raise Http404(entry_code)
    if not queries.may_edit_entry(request.actor, made, thing, entry_code):
        raise NotAllowed(request.actor, EDIT)
    if request.method != "POST":
        context = {
            "drafts": lists.own(request.actor),
            "heading": say("Ubah {name}", name=f"{say(words.KINDS[thing][1])} {entry_code}"),
            "trail": addresses.trail(),
        }
        return render(request, "web/editing/choose.html", context)
    draft_id = _chosen(request)
    held = queries.draft(request.actor, draft_id)
    if held is not None and held.put(thing, entry_code) is None:
        services.put_entry(
            request.actor, draft_id=draft_id, kind=thing, code=entry_code, body=plain(here), clock=now
        )
    return HttpResponseRedirect(addresses.entry(draft_id, thing, entry_code))


@needs(EDIT, posts=True)
@never_cache
def begin(request: Asking, kind: str) -> HttpResponse:
    """Begin a new entry in an own draft, chosen as in `edit`; `seperti` = an entry that it begins like."""
    thing = _kind(kind)
    like = request.GET.get("seperti", "")
    if not queries.may_draft(request.actor, queries.dictionary(request.actor)):
        raise NotAllowed(request.actor, EDIT)
    if request.method != "POST":
        context = {
            "drafts": lists.own(request.actor),
            "heading": say("{kind} baru", kind=say(words.KINDS[thing][1])),
            "trail": addresses.trail(),
        }
        return render(request, "web/editing/choose.html", context)
    return HttpResponseRedirect(addresses.fresh(_chosen(request), thing, quote(like)))


@needs(READ)
def history(request: Asking) -> HttpResponse:
    """Show all saves of the dictionary."""
    return render(request, "web/editing/history.html", {"lines": lists.saves(request.actor)})


@needs(READ)
def revision(request: Asking, number: int) -> HttpResponse:
    """Show one save: who, when, why, and what changed."""
    page = lists.save(request.actor, number)
    if page is None:
        raise Http404(str(number))
    return render(request, "web/editing/revision.html", {"page": page})


@needs(READ)
def entry_history(request: Asking, kind: str, entry_code: str) -> HttpResponse:
    """Show all versions of an entry."""
    thing = _kind(kind)
    made = queries.dictionary(request.actor)
    may_edit = queries.may_edit_entry(request.actor, made, thing, entry_code)
    page = lists.entry(request.actor, thing, entry_code, may_edit=may_edit)
    if page is None:
        raise Http404(entry_code)
    return render(request, "web/editing/entry_history.html", {"page": page})


def _kind(word: str) -> Thing:
    found = words.kind_of(word)
    if found is None:
        raise Http404(word)
    return found


def _review(request: Asking, draft_id: UUID) -> Review:
    found = queries.review(request.actor, draft_id)
    if found is None:
        raise Http404(str(draft_id))
    return found


def _chosen(request: Asking) -> UUID:
    """Give the draft that was chosen; a new one where none was."""
    text = request.POST.get("rancangan", "")
    found = next((one.id for one in lists.own(request.actor) if str(one.id) == text), None)
    if found is not None:
        return found
    return services.open_draft(request.actor, title=request.POST.get("judul", ""), clock=now).draft.id


def _put(request: Asking, review: Review, kind: Thing, code: str) -> HttpResponse:
    """Keep what was typed, then lead on: back to the form for more, or to the draft when all is well."""
    draft_id = review.draft.id
    act = posted.act_of(request.POST)
    body = posted.body_of(request.POST, shapes(kind), act)
    if kind in {Thing.VARIABLE, Thing.LIST}:
        body = posted.lettered(body, str(body.get("code") or code))
    done = services.put_entry(request.actor, draft_id=draft_id, kind=kind, code=code, body=body, clock=now)
    held = done.put.code if done.put else code
    _add(request, draft_id, str(body.get("measure") or ""))
    address = addresses.entry(draft_id, kind, held)
    if act is not None:
        return HttpResponseRedirect(f"{address}#f-{act.path.split('.')[0]}")
    after = _review(request, draft_id)
    errors = [one for one in findings_of(after.findings, kind, held) if one.severity is Severity.ERROR]
    if errors or request.POST.get("tambah_entri"):
        return HttpResponseRedirect(address)
    messages.success(request, say("{code} sudah masuk rancangan.", code=held))
    return HttpResponseRedirect(addresses.draft(draft_id))


def _add(request: Asking, draft_id: UUID, measure: str) -> None:
    """Put a unit or concept that an entry names and nobody has yet."""
    word, _, name = request.POST.get("tambah_entri", "").partition(":")
    if not name or word not in {Thing.UNIT, Thing.CONCEPT}:
        return
    body: dict[str, Any] = {"code": name}
    if word == Thing.UNIT and measure:
        body["measures"] = [measure]
    services.put_entry(request.actor, draft_id=draft_id, kind=Thing(word), code="", body=body, clock=now)


def _imported(request: Asking, draft_id: UUID) -> tuple[tuple[Finding, ...], bool]:
    """Read the file that was sent; say what is wrong, and whether anything was taken."""
    given = request.FILES.get("berkas")
    if given is None:
        say_missing = say("Berkas belum dipilih.")
        return (Finding("FILE_MISSING", say_missing, say("Pilih berkas .xlsx.")),), False
    if (given.size or 0) > LARGEST_FILE:
        too_large = say("Berkas terlalu besar: paling besar {most} MB.", most=LARGEST_FILE // 1_000_000)
        return (Finding("FILE_TOO_LARGE", too_large, say("Kirim formulirnya saja.")),), False
    done = services.put_form(
        request.actor,
        draft_id=draft_id,
        content=given.read(),
        file_name=given.name or "",
        sector=request.POST.get("bidang", ""),
        clock=now,
    )
    return done.findings, not any(one.severity is Severity.ERROR for one in done.findings)


def _draft(request: Asking, review: Review, faults: tuple[str, ...] = (), reason: str = "") -> HttpResponse:
    saved = {one.revision: queries.saved(request.actor, one.revision) for one in review.met}
    who = [(number, f"{one.actor_name}: {one.reason}") for number, one in saved.items() if one]
    page = draft.build(review, request.actor, who, faults, reason, today=local_date(now()))
    return render(request, "web/editing/draft.html", {"page": page})


def _publish(request: Asking, review: Review) -> HttpResponse:
    reason = request.POST.get("alasan", "")
    done = services.publish_draft(request.actor, draft_id=review.draft.id, reason=reason, clock=now)
    if not done.is_stored:
        told = tuple(f"{one.message} {one.remedy}" for one in done.findings if one.severity is Severity.ERROR)
        unchanged = (say("Tidak ada yang berbeda dari kamus yang berlaku."),)
        return _draft(request, _review(request, review.draft.id), told or unchanged, reason)
    count = format_number(done.created + done.updated)
    messages.success(
        request, say("{count} entri disimpan sebagai revisi {number}.", count=count, number=done.revision)
    )
    return HttpResponseRedirect(addresses.draft(review.draft.id))


def _drop(request: Asking, review: Review) -> HttpResponse:
    word, code, _ = (*request.GET.get("entri", "").split("|"), "", "")[:3]
    if word in set(Thing):
        services.drop_entry(request.actor, draft_id=review.draft.id, kind=Thing(word), code=code, clock=now)
        messages.success(request, say("{code} keluar dari rancangan; kamus tetap seperti semula.", code=code))
    return HttpResponseRedirect(addresses.draft(review.draft.id))


def _remove(request: Asking, review: Review) -> HttpResponse:
    word, code, _ = (*request.GET.get("entri", "").split("|"), "", "")[:3]
    if word in set(Thing):
        services.put_entry(
            request.actor, draft_id=review.draft.id, kind=Thing(word), code=code, body=None, clock=now
        )
    return HttpResponseRedirect(addresses.draft(review.draft.id))


def _rebase(request: Asking, review: Review) -> HttpResponse:
    theirs = []
    for name, value in request.POST.items():
        parts = name.split("|")
        if value == "mereka" and len(parts) == 3 and parts[0] in set(Thing):
            theirs.append((Thing(parts[0]), parts[1], parts[2]))
    services.rebase_draft(request.actor, draft_id=review.draft.id, theirs=theirs, clock=now)
    messages.success(request, say("Rancangan sudah digabung dengan simpanan yang lebih baru."))
    return HttpResponseRedirect(addresses.draft(review.draft.id))


def _discard(request: Asking, review: Review) -> HttpResponse:
    services.discard_draft(request.actor, draft_id=review.draft.id, clock=now)
    messages.success(request, say("Rancangan dibuang. Anda dapat membukanya kembali di daftar ini."))
    return HttpResponseRedirect(addresses.drafts())


def _reopen(request: Asking, review: Review) -> HttpResponse:
    services.reopen_draft(request.actor, draft_id=review.draft.id, clock=now)
    return HttpResponseRedirect(addresses.draft(review.draft.id))


def _copy(request: Asking, review: Review) -> HttpResponse:
    made = services.copy_draft(request.actor, draft_id=review.draft.id, clock=now).draft
    messages.success(request, say("Ini salinan milik Anda; rancangan asalnya tidak berubah."))
    return HttpResponseRedirect(addresses.draft(made.id))


ACTS: dict[str, Callable[[Asking, Review], HttpResponse]] = {
    "simpan": _publish,
    "keluarkan": _drop,
    "hapus": _remove,
    "gabung": _rebase,
    "buang": _discard,
    "buka-lagi": _reopen,
    "salin": _copy,
}
"""What the buttons of a draft do."""
