"""The fixed words of the dictionary: kinds, types, frequencies, confidence; each with its words on screen.

Values stand in content and files as they are written here. Sources: MS-Var and MS-Ind of Satu Data
Indonesia (Peraturan BPS 5/2020) for what metadata asks; SDMX for frequency.
"""

from enum import StrEnum

from sidara.expressions import Kind as Valued
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency as Span


class Thing(StrEnum):
    """What the dictionary holds; every entry of a kind has a code of its own."""

    SECTOR = "sector"
    AGENCY = "agency"
    CONCEPT = "concept"
    UNIT = "unit"
    CLASSIFICATION = "classification"
    PARAMETER = "parameter"
    TABLE = "table"
    FORM = "form"
    LIST = "list"
    VARIABLE = "variable"
    INDICATOR = "indicator"
    FEED = "feed"
    ACTIVITY = "activity"
    WINDOW = "window"
    MILESTONE = "milestone"

    @property
    def words(self) -> str:
        """The kind in Indonesian."""
        return _THINGS[self]


_THINGS = {
    Thing.SECTOR: "bidang",
    Thing.AGENCY: "OPD",
    Thing.CONCEPT: "konsep",
    Thing.UNIT: "satuan",
    Thing.CLASSIFICATION: "klasifikasi",
    Thing.PARAMETER: "parameter",
    Thing.TABLE: "tabel rujukan",
    Thing.FORM: "formulir",
    Thing.LIST: "daftar",
    Thing.VARIABLE: "elemen",
    Thing.INDICATOR: "indikator",
    Thing.FEED: "peta masukan",
    Thing.ACTIVITY: "kegiatan statistik",
    Thing.WINDOW: "jendela",
    Thing.MILESTONE: "tonggak perencanaan",
}


class Type(StrEnum):
    """What an answer is."""

    WHOLE = "bulat"
    DECIMAL = "desimal"
    MONEY = "uang"
    PERCENT = "persen"
    YES_NO = "ya_tidak"
    CHOICE = "pilihan"
    CHOICES = "pilihan_jamak"
    TEXT = "teks"
    DATE = "tanggal"
    POINT = "titik"
    FILE = "berkas"

    @property
    def words(self) -> str:
        """The type for readers."""
        return _TYPES[self]

    @property
    def kind(self) -> Valued:
        """What the answer is in expressions; places and files are read as texts."""
        if self in NUMERIC:
            return Valued.NUMBER
        return {Type.YES_NO: Valued.BOOLEAN, Type.DATE: Valued.DATE}.get(self, Valued.TEXT)


NUMERIC = frozenset({Type.WHOLE, Type.DECIMAL, Type.MONEY, Type.PERCENT})
CHOSEN = frozenset({Type.CHOICE, Type.CHOICES})
_TYPES = {
    Type.WHOLE: "bilangan bulat",
    Type.DECIMAL: "bilangan desimal",
    Type.MONEY: "rupiah bulat",
    Type.PERCENT: "persen 0 sampai 100",
    Type.YES_NO: "ya atau tidak",
    Type.CHOICE: "satu pilihan",
    Type.CHOICES: "boleh lebih dari satu pilihan",
    Type.TEXT: "teks",
    Type.DATE: "tanggal",
    Type.POINT: "titik pada peta",
    Type.FILE: "berkas",
}


class Frequency(StrEnum):
    """How often a form is asked. `saat_berubah` is a yearly form with the day of the event."""

    YEARLY = "tahunan"
    SEMESTER = "semesteran"
    QUARTERLY = "triwulanan"
    MONTHLY = "bulanan"
    ON_CHANGE = "saat_berubah"

    @property
    def span(self) -> Span:
        """The frequency of its periods."""
        return _SPANS[self]

    @property
    def words(self) -> str:
        """The frequency for readers."""
        return self.value.replace("_", " ")


_SPANS = {
    Frequency.YEARLY: Span.YEAR,
    Frequency.SEMESTER: Span.SEMESTER,
    Frequency.QUARTERLY: Span.QUARTER,
    Frequency.MONTHLY: Span.MONTH,
    Frequency.ON_CHANGE: Span.YEAR,
}


class Nature(StrEnum):
    """What a figure tells: a state at a day, events of a period, a category, or a ratio."""

    STOCK = "stok"
    FLOW = "arus"
    STATUS = "status"
    RATIO = "rasio"


class Accumulation(StrEnum):
    """Whether a flow counts its period only or runs from January."""

    NONE = "tidak"
    PER_PERIOD = "per_periode"
    YEAR_TO_DATE = "tahun_berjalan"


class TimeAggregation(StrEnum):
    """How figures of several periods become one."""

    LAST = "terakhir"
    SUM = "jumlah"
    MEAN = "rata_rata"
    NONE = "tidak"


class ReferenceDate(StrEnum):
    """Of which day a figure tells."""

    END_OF_PERIOD = "akhir_periode"
    WHOLE_PERIOD = "sepanjang_periode"
    EVENT = "tanggal_kejadian"
    ENACTMENT = "tanggal_penetapan"

    @property
    def words(self) -> str:
        """The reference date for readers."""
        return self.value.replace("_", " ")


class Aggregation(StrEnum):
    """How figures of villages become one of an area."""

    SUM = "jumlah"
    COUNT_YES = "hitung_ya"
    COUNT_CATEGORY = "hitung_kategori"
    MEAN = "rata_rata"
    RATIO = "rasio"
    MAXIMUM = "maks"
    NONE = "tidak"

    @property
    def words(self) -> str:
        """How it is done, for readers."""
        return _AGGREGATIONS[self]


_AGGREGATIONS = {
    Aggregation.SUM: "jumlahkan nilai desa",
    Aggregation.COUNT_YES: "banyaknya desa bernilai ya, dan persentasenya terhadap desa yang melapor",
    Aggregation.COUNT_CATEGORY: "banyaknya desa tiap kategori",
    Aggregation.MEAN: "rata-rata sederhana desa yang melapor",
    Aggregation.RATIO: "dihitung ulang dari pembilang dan penyebut, tidak dirata-ratakan",
    Aggregation.MAXIMUM: "nilai terbesar (boleh juga median), tidak dijumlah",
    Aggregation.NONE: "tidak diagregasi",
}


class Totals(StrEnum):
    """Whether the parts of a breakdown add up to the variable itself."""

    EQUAL = "sama_dengan_total"
    WITHOUT = "tanpa_total"


class AppliesTo(StrEnum):
    """Where it is asked."""

    VILLAGES = "desa"
    ALL = "desa_dan_kelurahan"

    @property
    def words(self) -> str:
        """Where it is asked, for readers."""
        return self.value.replace("_", " ")


class Field(StrEnum):
    """The field of strengthening a village that it serves."""

    ECONOMY = "ekonomi"
    SOCIAL = "sosial"
    INFRASTRUCTURE = "infrastruktur"
    ENVIRONMENT = "lingkungan"
    GOVERNANCE = "tata_kelola"

    @property
    def words(self) -> str:
        """The field for readers."""
        return self.value.replace("_", " ")


class Confidentiality(StrEnum):
    """Who may see it: everybody, everybody but for small cells (1 to 4), nobody outside."""

    OPEN = "terbuka"
    SMALL_CELLS = "sel_kecil"
    RESTRICTED = "terbatas"

    @property
    def words(self) -> str:
        """The confidentiality for readers."""
        return {
            Confidentiality.OPEN: "terbuka",
            Confidentiality.SMALL_CELLS: "terbuka, angka 1 sampai 4 disembunyikan",
            Confidentiality.RESTRICTED: "terbatas, tidak ditayangkan",
        }[self]


class FilledBy(StrEnum):
    """Where the value comes from: asked, derived by its formula, or taken from an official result."""

    ASKED = "isi"
    DERIVED = "turunan"
    IMPORTED = "impor"

    @property
    def words(self) -> str:
        """Where the value comes from, for readers."""
        return {
            FilledBy.ASKED: "diisi",
            FilledBy.DERIVED: "dihitung otomatis",
            FilledBy.IMPORTED: "diambil dari hasil resmi, boleh diketik",
        }[self]


class Confidence(StrEnum):
    """How sure a fact or text is: from an official paper, from a published one, or written by the authors."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    INFERRED = "inferred"

    @property
    def words(self) -> str:
        """The confidence for readers."""
        return {
            Confidence.OFFICIAL: "resmi",
            Confidence.PUBLISHED: "terbit",
            Confidence.INFERRED: "usulan",
        }[self]


class RowSpan(StrEnum):
    """What the rows of a list cover: a state carried on, the year so far, the year that is planned."""

    STATE = "keadaan"
    YEAR_TO_DATE = "tahun_berjalan"
    PLANNED_YEAR = "tahun_rencana"

    @property
    def words(self) -> str:
        """What the rows cover, for readers."""
        return {
            RowSpan.STATE: "keadaan pada tanggal acuan, dibawa dari periode sebelumnya",
            RowSpan.YEAR_TO_DATE: "sejak Januari, mulai kosong tiap Januari",
            RowSpan.PLANNED_YEAR: "bagi tahun rencana",
        }[self]


class Weight(StrEnum):
    """What a broken rule does: holds back sending, asks for an explanation, only tells."""

    ERROR = "galat"
    WARNING = "peringatan"
    INFO = "info"

    @property
    def severity(self) -> Severity:
        """The severity of its findings."""
        return {
            Weight.ERROR: Severity.ERROR,
            Weight.WARNING: Severity.WARNING,
            Weight.INFO: Severity.INFO,
        }[self]

    @property
    def words(self) -> str:
        """What it does, for readers."""
        return {
            Weight.ERROR: "menahan kirim",
            Weight.WARNING: "minta penjelasan",
            Weight.INFO: "hanya memberi tahu",
        }[self]


class Relation(StrEnum):
    """How an input of an index relates to what was asked before: the same, made from it, or newly asked."""

    SAME = "sama"
    DERIVED = "turunan"
    NEW = "belum_ada"

    @property
    def words(self) -> str:
        """The relation for readers."""
        return {
            Relation.SAME: "elemen yang sama",
            Relation.DERIVED: "dihitung dari elemen lama",
            Relation.NEW: "elemen yang ditambahkan bagi indeks",
        }[self]


class Direction(StrEnum):
    """Which way an indicator is better."""

    UP = "naik"
    DOWN = "turun"
    NONE = "tidak"

    @property
    def words(self) -> str:
        """Which way is better, for readers."""
        return {
            Direction.UP: "makin tinggi makin baik",
            Direction.DOWN: "makin rendah makin baik",
            Direction.NONE: "tidak menunjukkan baik atau buruk",
        }[self]
