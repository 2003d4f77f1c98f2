"""The form as it was when a file was given out that comes back now."""

from sidara.collection.core.answering import Asking, form_unknown
from sidara.collection.core.bulk.placing import stale_version
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding


def form_given_out(actor: Actor, form: str, version: int, digest: str) -> Asking | Finding:
    """Find the form at the version for which a file was made; `digest` may be its beginning."""
    now = dictionary.form(actor, form)
    if now is None:
        return form_unknown(form)
    found = dictionary.form(actor, form, version)
    if found is None:
        return stale_version(version, now.version)
    if not digest or not found.digest.startswith(digest):
        return Finding(
            "WORKBOOK_ELSEWHERE",
            f"Berkas ini dibuat dari versi v{version} formulir yang lain isinya.",
            "Unduh formulir dari SIDARA ini, salin isian Anda ke dalamnya, lalu kirim.",
            value=digest[:12],
        )
    return Asking(found.dictionary, found.questionnaire, found.digest, found.version)
