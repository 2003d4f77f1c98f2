"""The first two sheets: how to fill in, and what each question means."""

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from sidara.collection.core.blank import Issue, category
from sidara.collection.core.shown import BETWEEN, COPY, WORDS
from sidara.collection.formats.workbook.looks import Looks
from sidara.collection.formats.workbook.plan import Asked, Page
from sidara.dictionary.core import Type, Variable
from sidara.dictionary.core.metadata import range_words
from sidara.kernel.clock import local_date
from sidara.kernel.number import format_date, format_number
from sidara.regions.core import DESA

_STEPS = (
    "Isi kotak kuning saja. Kotak lain terkunci supaya tidak terubah tanpa sengaja.",
    "Kotak yang dibiarkan kosong tidak dikirim: isian yang sudah tersimpan tetap seperti semula.",
    "Bila tidak ada angkanya, tulis keadaannya: tidak ada, tidak tahu, atau tidak berlaku. Nol ditulis 0.",
    "Untuk mengosongkan isian yang tersimpan, tulis: hapus.",
    "Tulis angka tanpa titik ribuan. Tanggal ditulis seperti 2026-11-24.",
    "Kotak merah berarti isinya tidak mungkin benar. Bila angkanya memang luar biasa, tulis sebabnya pada "
    "kolom Penjelasan.",
    "Jangan menyalin lembar ke buku kerja lain dan jangan menghapus baris atau kolom.",
    "Simpan sebagai .xlsx, lalu serahkan kepada kecamatan atau kirim lewat halaman Kirim berkas Excel.",
)
_COPYING = (
    f"Yang dapat disalin tertulis miring di samping atau di bawah kotak. Bila masih benar, tulis {COPY} pada "
    f"kotaknya ({COPY} 1 atau {COPY} 2 bila sumbernya berbeda); pada daftar, tulis {COPY} pada kotak Baris. "
    "Tidak ada yang disalin sendiri."
)
_HEADS = (
    ("Kode", 10), ("Pertanyaan", 44), ("Definisi", 44), ("Satuan", 10), ("Cara mengisi", 34), ("Contoh", 34),
    ("Bukti", 24), ("Wajib", 8),
)  # fmt: skip


def write_guide(sheet: Worksheet, looks: Looks, issue: Issue, pages: Sequence[Page]) -> None:
    """Write what the form is, how it is filled in, and its sheets with how much is filled."""
    form = issue.asking.questionnaire.form
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 3, 12)
    sheet.write_string(0, 0, form.name, looks.title)
    sheet.set_row(0, 26)
    row = 1
    for word, text in _about(issue):
        sheet.write_string(row, 0, word, looks.text)
        sheet.write_string(row, 1, text, looks.strong)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Cara mengisi", looks.strong)
    has_offers = any(blank.offers for blank in issue.blanks)
    for number, text in enumerate((*_STEPS, *((_COPYING,) if has_offers else ())), 1):
        sheet.write_string(row, 1, f"{number}. {text}", looks.text)
        sheet.set_row(row, 15 * (1 + len(text) // 72) + 3)
        row += 1
    row += 1
    for at, words in enumerate(("Lembar", "Isi", "Terisi", "Kotak")):
        sheet.write_string(row, at, words, looks.head)
    for page in pages:
        row += 1
        left = 1 + len(page.wide)
        area = xl_range_abs(6, left, 5 + len(page.rows), left + len(page.columns) - 1)
        cells = [cell for one in page.rows for cell in one.cells if cell is not None]
        filled = sum(1 for cell in cells if cell.text)
        sheet.write_url(row, 0, f"internal:'{page.name}'!B2", looks.link, page.name)
        sheet.write_string(row, 1, page.title, looks.text)
        words = f"COUNTA('{page.name}'!{area})"
        below = sum(1 for one in page.rows if one.kind == "last" for text in one.last if text)
        sheet.write_formula(row, 2, f"={words}-{below}" if below else f"={words}", looks.word, filled)
        sheet.write_number(row, 3, len(cells), looks.word)


def _about(issue: Issue) -> Iterator[tuple[str, str]]:
    asking = issue.asking
    if issue.is_joint:
        yield "Wilayah", f"{issue.under.full_name} ({issue.under.code}), {_villages(issue)}"
    else:
        blank = issue.blanks[0]
        yield "Desa", f"{blank.region.full_name} ({blank.region.code})"
        yield "Di", ", ".join(one.full_name for one in reversed(blank.within))
    words, code = issue.period_words, str(issue.period)
    yield "Periode", words if words == code else f"{words} ({code})"
    yield "Formulir", f"{asking.questionnaire.form.code}, versi {asking.number}"
    yield "Dibuat", format_date(local_date(issue.made_at))
    if issue.is_simulated:
        yield "SIMULASI", "Isi buku kerja ini buatan, bukan data desa yang sebenarnya."
    if asking.questionnaire.form.hint:
        yield "Keterangan", asking.questionnaire.form.hint


def _villages(issue: Issue) -> str:
    """Say how many desa and kelurahan share the workbook."""
    desa = sum(one.region.kind in DESA for one in issue.blanks)
    counts = ((desa, "desa"), (len(issue.blanks) - desa, "kelurahan"))
    return " dan ".join(f"{format_number(count)} {word}" for count, word in counts if count)


def write_definitions(sheet: Worksheet, looks: Looks, issue: Issue) -> None:
    """Write what each question means, in the order of the form."""
    sheet.write_string(0, 0, "Definisi", looks.title)
    sheet.set_row(0, 26)
    for at, (words, width) in enumerate(_HEADS):
        sheet.set_column(at, at, width)
        sheet.write_string(2, at, words, looks.head)
    row = 3
    made = issue.asking.questionnaire
    groups: list[tuple[str, Sequence[Asked]]] = [*made.sections]
    groups += [(one.name, one.columns) for one in made.lists]
    for name, asked in groups:
        sheet.write_string(row, 0, name, looks.section)
        for at in range(1, len(_HEADS)):
            sheet.write_blank(row, at, None, looks.section)
        row += 1
        for one in asked:
            texts = (
                one.code, one.question, one.definition, one.unit, how(issue, one), one.example, one.evidence,
                "ya" if one.is_required else "tidak",
            )  # fmt: skip
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, looks.word)
            lines = max(
                -(-len(text) * 11 // (10 * int(width)))
                for text, (_, width) in zip(texts, _HEADS, strict=True)
            )
            sheet.set_row(row, 15 * max(1, lines) + 4)
            row += 1
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)


def how(issue: Issue, asked: Asked) -> str:
    """Say how a question is answered: type, range, options, states."""
    if not asked.is_asked:
        return "Tidak diisi: dihitung otomatis dari isian lain."
    if asked.type is Type.FILE:
        return "Berkas diunggah lewat halaman isian, bukan di sini."
    parts = [asked.type.words[:1].upper() + asked.type.words[1:]]
    if words := range_words(asked.range):
        parts.append(words)
    if asked.is_number and asked.decimals:
        parts.append(f"paling banyak {asked.decimals} angka di belakang koma")
    if asked.type is Type.DATE:
        parts.append("tulis seperti 2026-11-24")
    if asked.type is Type.CHOICES:
        labels = [one.label for one in issue.asking.dictionary.options_of(asked)]
        parts.append(f"tulis dengan {BETWEEN.strip()} di antaranya: {BETWEEN.join(labels)}")
    if isinstance(asked, Variable) and asked.classifications:
        found = issue.asking.dictionary.breakdowns(asked)
        parts.append("menurut " + ", ".join(category(issue.asking.dictionary, one) for one in found))
    states = ", ".join(word for word in WORDS if word != "hapus")
    return ", ".join(parts) + f". Bila tidak ada nilainya: {states}."
