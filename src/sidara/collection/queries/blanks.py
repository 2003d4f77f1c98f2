"""Forms to be filled in outside: what is asked of which villages, what is stored, what stood before."""

from datetime import datetime
from uuid import UUID

from sidara.collection.core.answering import Asking, form_unknown, other_dataset, period_of, region_unknown
from sidara.collection.core.blank import Blank, Issue
from sidara.collection.core.dataset import EXAMPLES, dataset_of
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Key, Submission, SubmissionKey
from sidara.collection.formats import cells_file, workbook
from sidara.collection.queries.prefilling import suggested
from sidara.collection.queries.submissions import filled, pinned_version
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.period import Period
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region


def issue(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    form: str,
    region: str,
    period: str,
    uid: UUID,
    now: datetime,
    dataset: str = "",
    has_offers: bool = True,
) -> tuple[Issue | None, tuple[Finding, ...]]:
    """Hand out a form for a village, or for all villages of a larger region; `None` with what is wrong.

    With `has_offers` beside what sources offer for cells that nobody filled in (`core.prefill`).

    All villages are the real ones, or the example villages if the data set is theirs.

    Refuses (`NotAllowed`) an actor who may not read what is filled in for one of them. Villages whose
    submission is filled in at another version of the form are left out, each with a finding.
    """
    top = regions.resolve(actor, region)
    if top is None:
        return None, (region_unknown(region),)
    dataset = dataset or dataset_of(top.code)
    if top.level is Level.VILLAGE and dataset != dataset_of(top.code):
        return None, (other_dataset(top.code),)
    require(actor, READ, region=top.code, dataset=dataset)
    villages = regions.villages(actor, top.code, examples=dataset == EXAMPLES)
    pinned = {
        one.code: pinned_version(actor, SubmissionKey(form, one.code, period, dataset), one.id)
        for one in villages
    }
    version = pinned[top.code] if top.level is Level.VILLAGE else None
    found = dictionary.form(actor, form, version)
    if found is None:
        return None, (form_unknown(form, dictionary.dictionary(actor).forms),)
    at = period_of(found.questionnaire.form, period)
    if isinstance(at, Finding):
        return None, (at,)
    findings = tuple(
        _other_version(one, pinned[one.code], found.version)
        for one in villages
        if pinned[one.code] not in {None, found.version}
    )
    taken = [one for one in villages if pinned[one.code] in {None, found.version}]
    if not taken:
        return None, (*findings, _no_village(top))
    asking = Asking(found.dictionary, found.questionnaire, found.digest, found.version)
    blanks = tuple(_blank(actor, asking, one, at, dataset, has_offers=has_offers) for one in taken)
    return Issue(uid, asking, at, now, blanks, top, dataset), findings


def form_workbook(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, form: str, region: str, period: str, uid: UUID, now: datetime, dataset: str = ""
) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Give the workbook (XLSX) of a form for a village or for all of a larger region; see `issue`."""
    made, findings = issue(actor, form=form, region=region, period=period, uid=uid, now=now, dataset=dataset)
    return (workbook.write(made) if made else None), findings


def form_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, form: str, region: str, period: str, uid: UUID, now: datetime, dataset: str = ""
) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Give the table of cells (CSV) of a form for a village or for all of a larger region; see `issue`."""
    made, findings = issue(
        actor,
        form=form,
        region=region,
        period=period,
        uid=uid,
        now=now,
        dataset=dataset,
        has_offers=False,
    )
    return (cells_file.write(made) if made else None), findings


def form_paper(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, form: str, region: str, period: str, uid: UUID, now: datetime, dataset: str = ""
) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Give the paper (PDF) of a form for a village or for all of a larger region; see `issue`."""
    made, findings = issue(actor, form=form, region=region, period=period, uid=uid, now=now, dataset=dataset)
    if made is None:
        return None, findings
    from sidara.collection.formats import paper  # its library is large, and seldom needed

    return paper.write(made), findings


def _blank(  # noqa: PLR0913 - which copy, and of what
    actor: Actor, asking: Asking, place: Region, at: Period, dataset: str, *, has_offers: bool
) -> Blank:
    form = asking.questionnaire.form.code
    key = SubmissionKey(form, place.code, str(at), dataset)
    now = filled(actor, key)
    before = filled(actor, SubmissionKey(form, place.code, str(at.preceding), dataset))
    cells: dict[Key, Content] = now.state.contents if now else {}
    last = before.state.contents if before else {}
    state = now.state if now else Submission()
    found = suggested(actor, (asking, place, at), key, state, last) if has_offers else ()
    offers = {one.key: one.offers for one in found if one.is_empty}
    return Blank(place, regions.ancestors(actor, place.id), state.revision, cells, last, offers)


def _no_village(top: Region) -> Finding:
    return Finding(
        "REGION_WITHOUT_VILLAGES",
        f"Tidak ada desa di {top.full_name} yang dapat dibuatkan formulir ini.",
        "Pilih kecamatan lain, atau buat formulir desa satu per satu.",
        place=Place(column="region"),
        value=top.code,
    )


def _other_version(one: Region, held: int | None, version: int) -> Finding:
    return Finding(
        "FORM_VERSION_OTHER",
        f"{one.full_name} sudah mengisi formulir versi {held}, sedangkan berkas ini versi {version}.",
        "Buat berkas sendiri bagi desa ini.",
        Severity.WARNING,
        Place(column="region"),
        one.code,
    )
