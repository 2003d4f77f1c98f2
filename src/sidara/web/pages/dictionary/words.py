"""Words of the kinds and states of the dictionary, each once, so that it has its English."""

from decimal import Decimal

from django.utils.translation import gettext_noop as noop

from sidara.dictionary.core.metadata import Obstacle, Reason
from sidara.dictionary.core.things import Range
from sidara.ui.figures import Cell, text_cell
from sidara.ui.language import format_number, say

WORDS = (
    noop("tahunan"),
    noop("semesteran"),
    noop("triwulanan"),
    noop("bulanan"),
    noop("saat berubah"),
    noop("resmi"),
    noop("terbit"),
    noop("usulan"),
    noop("bilangan bulat"),
    noop("bilangan desimal"),
    noop("rupiah bulat"),
    noop("persen 0 sampai 100"),
    noop("ya atau tidak"),
    noop("satu pilihan"),
    noop("boleh lebih dari satu pilihan"),
    noop("teks"),
    noop("tanggal"),
    noop("titik pada peta"),
    noop("berkas"),
    noop("akhir periode"),
    noop("sepanjang periode"),
    noop("tanggal kejadian"),
    noop("tanggal penetapan"),
    noop("jumlahkan nilai desa"),
    noop("banyaknya desa bernilai ya, dan persentasenya terhadap desa yang melapor"),
    noop("banyaknya desa tiap kategori"),
    noop("rata-rata sederhana desa yang melapor"),
    noop("dihitung ulang dari pembilang dan penyebut, tidak dirata-ratakan"),
    noop("nilai terbesar (boleh juga median), tidak dijumlah"),
    noop("tidak diagregasi"),
    noop("desa"),
    noop("desa dan kelurahan"),
    noop("ekonomi"),
    noop("sosial"),
    noop("infrastruktur"),
    noop("lingkungan"),
    noop("tata kelola"),
    noop("terbuka"),
    noop("terbuka, angka 1 sampai 4 disembunyikan"),
    noop("terbatas, tidak ditayangkan"),
    noop("diisi"),
    noop("dihitung otomatis"),
    noop("diambil dari hasil resmi, boleh diketik"),
    noop("menahan kirim"),
    noop("minta penjelasan"),
    noop("hanya memberi tahu"),
    noop("elemen yang sama"),
    noop("dihitung dari elemen lama"),
    noop("elemen yang ditambahkan bagi indeks"),
    noop("makin tinggi makin baik"),
    noop("makin rendah makin baik"),
    noop("tidak menunjukkan baik atau buruk"),
    noop("keadaan pada tanggal acuan, dibawa dari periode sebelumnya"),
    noop("sejak Januari, mulai kosong tiap Januari"),
    noop("bagi tahun rencana"),
    noop("kecamatan"),
    noop("kabupaten"),
    noop("provinsi"),
)


def cited(text: str, *, href: str = "") -> Cell:
    """Make a cell of words that stay as the dictionary has them, in Indonesian."""
    return text_cell(text, href=href, language="id")


def reason(one: Reason) -> str:
    """Say what stands between a variable and Satu Data; names stay as they are, in quotes."""
    match one.obstacle:
        case Obstacle.FIELD:
            return say("MS-Var: “{field}” belum diisi", field=one.subject)
        case Obstacle.TEXT:
            return say("teks menunggu persetujuan “{owner}”", owner=one.subject)
        case Obstacle.ACTIVITY:
            return say(
                "MS-Keg “{activity}”: {count} isian wajib belum ada",
                activity=one.subject,
                count=format_number(one.count),
            )
        case Obstacle.HOMELESS:
            return say("tidak termasuk kegiatan statistik mana pun")


def limits(given: Range | None) -> str:
    """Say a range: `0 sampai 100`, `lebih dari 0`; empty where there is none."""
    if given is None:
        return ""

    def figure(value: Decimal) -> str:
        return format_number(value, max(0, -int(value.as_tuple().exponent)))

    parts = []
    if given.above is not None:
        parts.append(say("lebih dari {low}", low=figure(given.above)))
    if given.minimum is not None and given.maximum is not None:
        return say("{low} sampai {high}", low=figure(given.minimum), high=figure(given.maximum))
    if given.minimum is not None:
        parts.append(say("paling sedikit {low}", low=figure(given.minimum)))
    if given.maximum is not None:
        parts.append(say("paling banyak {high}", high=figure(given.maximum)))
    return ", ".join(parts)
