"""What cores say in Indonesian (findings, notes), told again in the language of the page.

Cores are pure and speak one language. Each sentence that can reach a page stands here with its figures in
braces; a text that fits one is said by the catalogue. A name tells what a figure is: `status` and `goal` are
words of an index, `figure` and `most` numbers, `can` another sentence of the list.
"""

import re
from functools import cache

from django.utils.translation import gettext_noop as noop

from sidara.kernel.number import Language
from sidara.ui.language import active, say
from sidara.web.pages import index

SENTENCES = (
    noop("Sudah pada status tertinggi."),
    noop("Sudah tercapai."),
    noop(
        "Paling tinggi {status} ({figure}) bila semua butir yang boleh berubah dinaikkan penuh;"
        " kurang {most}."
        " Semua butir sudah dihitung penuh."
    ),
    noop(
        "Paling tinggi {status} ({figure}) bila semua butir yang boleh berubah dinaikkan penuh;"
        " kurang {most}."
        " Terjangkau bila butir yang tertahan boleh dinaikkan: {items}."
    ),
    noop(
        "Paling tinggi {status} ({figure}) bila semua butir yang boleh berubah dinaikkan penuh;"
        " kurang {most}."
        " Tidak terjangkau pun bila butir yang tertahan ({items}) dinaikkan."
    ),
    noop("Berkas hanya berisi subindeks; jalur termurah memerlukan skor butir atau jawaban."),
    noop("Pakailah berkas dengan skor setiap butir ({first} sampai {last})."),
    noop(
        "{index} memakai rata-rata geometrik; jalur termurah hanya dihitung untuk indeks yang merupakan"
        " jumlah skor."
    ),
    noop("Pakailah `sidara index whatif` untuk mencoba perubahan."),
    noop("{count} butir tidak punya biaya, jadi tidak dinaikkan: {items}."),
    noop("Tambahkan biayanya, atau satu baris dengan butir '*' untuk semua yang lain."),
    noop(
        "Desa {code} tahun {year} tidak sampai ke {goal} tanpa butir yang aturannya belum terbit atau tidak"
        " berlaku bagi desa ini: {items}. Tidak ada jawaban yang menunjukkan kapan skornya tercapai, jadi"
        " jalurnya belum pasti."
    ),
    noop("Butir '{code}' tidak dikenal."),
    noop("Isi kode butir, misalnya {code}, atau *."),
    noop("Biaya {code} ini sudah ada pada baris {line}."),
    noop("Sisakan satu baris."),
    noop("Biaya {code}, yaitu '{cost}', tidak dapat dipakai."),
    noop(
        "Isi angka dari nol sampai di bawah {most}, paling banyak {decimals} desimal dengan titik; atau"
        " '{fixed}' pada baris tanpa skor."
    ),
    noop("Baris ini memuat {count} isian."),
    noop("Tulis kode butir, koma, biaya; atau kode butir, skor awal, skor baru, biaya."),
    noop("Langkah {code} dari '{start}' ke '{end}' tidak ada."),
    noop("Skor {code}: {scores}; skor awal harus lebih rendah daripada skor baru."),
    noop("Tulis tanpa skor."),
    noop("Isi dengan angka; kosongkan bila tidak ada datanya."),
    noop("Tulis desimal dengan titik, misalnya 0.7429."),
    noop("Perbaiki nilainya."),
    noop("Isi salah satu dari {scores}; kosongkan bila tidak ada datanya."),
    noop("Isi dengan {can}; kosongkan bila tidak ada datanya."),
    noop("ya atau tidak"),
    noop("bilangan bulat"),
    noop("bilangan bulat mulai {figure}"),
    noop("bilangan bulat mulai {figure} sampai {most}"),
    noop("bilangan bulat sampai {most}"),
    noop("angka (paling banyak {decimals} desimal)"),
    noop("angka (paling banyak {decimals} desimal) mulai {figure}"),
    noop("angka (paling banyak {decimals} desimal) mulai {figure} sampai {most}"),
    noop("angka (paling banyak {decimals} desimal) sampai {most}"),
    noop("Periksa kode (desa, kecamatan, kabupaten, atau * untuk semua) dan tahunnya."),
    noop("Ubahlah jawabannya ({items})."),
    noop("Ubahlah jawabannya ({items}) agar {condition}."),
    noop("Isi kelas resminya ({items}) bila hasilnya ada."),
    noop("Ubahlah jawaban lain."),
    noop("Ubahlah skor butirnya ({code})."),
    noop("Mungkin {items}?"),
    noop("Pakailah nama kolom {what} dalam berkas."),
    noop("{figure} angka belum memuat seluruh wilayahnya; sebagian belum melapor."),
    noop("{figure} angka tidak dapat dihitung untuk wilayah yang bergabung."),
)
TURNED = str.maketrans(",.", ".,")


def retold(text: str) -> str:
    """Tell a sentence of a core in the active language; one that is not listed stays as it is."""
    if active() is Language.INDONESIAN or not text:
        return text
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return say(sentence, **{name: _figure(name, word) for name, word in found.groupdict().items()})
    return text


def _figure(name: str, word: str) -> str:
    match name:
        case "status" | "goal":
            return index.word_of(word)
        case "figure" | "most":
            return word.translate(TURNED)
        case "can":
            return retold(word)
        case "index" | "what":
            return say(word)
        case _:
            return word


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give each sentence with the pattern of its texts, those without figures first."""
    ordered = sorted(SENTENCES, key=lambda sentence: (sentence.count("{"), sentence))
    return tuple((sentence, re.compile(_pattern(sentence))) for sentence in ordered)


def _pattern(sentence: str) -> str:
    parts = re.split(r"{(\w+)}", sentence)
    return "".join(f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
