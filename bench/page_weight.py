"""Weigh the pages of a served SIDARA as a browser gets them: compressed bytes, against the design's bounds.

Usage: python bench/page_weight.py http://127.0.0.1:8000
"""

import gzip
import platform
import re
import sys
import urllib.request
from dataclasses import dataclass

FIRST_LOAD = 150_000
LATER_PAGE = 30_000
MAP_LEVEL = 60_000
PAGES = (
    ("Beranda", "/"),
    ("Beranda, segi enam", "/?peta=heksagon"),
    ("Kabupaten Kapuas (231 desa)", "/wilayah/62.03"),
    ("Kecamatan Arut Selatan", "/wilayah/62.01.02"),
    ("Kecamatan dengan 26 desa kecil pada peta", "/wilayah/62.03.09"),
    ("Desa dengan butir", "/desa/62.01.02.2016"),
    ("Desa tanpa butir", "/desa/62.13.06.2003"),
    ("Desa, Indeks Desa belum pasti", "/desa/62.07.02.2008"),
    ("Beranda, Indeks Desa", "/?indeks=indeks-desa"),
    ("Kabupaten Kapuas, Indeks Desa", "/wilayah/62.03?indeks=indeks-desa"),
    ("Bagaimana jika, desa", "/desa/62.01.02.2016/andai?indeks=idm&S02=0"),
    ("Jalur termurah, desa", "/desa/62.07.01.2009/jalur?indeks=idm"),
    ("Bagaimana jika, kabupaten", "/wilayah/62.03/andai?indeks=idm&data=simulated%3Aidm&jumlah_dokter=3"),
    ("Jalur termurah, kabupaten", "/wilayah/62.03/jalur?indeks=idm&data=simulated%3Aidm&anggaran=40"),
    ("Kelurahan", "/desa/62.01.02.1005"),
    ("Peta besar", "/peta"),
    ("Peta besar, kecamatan", "/peta?di=62.01.02"),
    ("Cari", "/cari?q=tumbang"),
    ("Calon saat mengetik", "/cari/calon?q=tumbang"),
    ("Istilah", "/istilah"),
    ("Tentang", "/tentang"),
    ("Beranda, Inggris", "/en/"),
    ("Kabupaten Kapuas, Inggris", "/en/wilayah/62.03"),
    ("Desa dengan butir, Inggris", "/en/desa/62.01.02.2016"),
    ("Istilah, Inggris", "/en/istilah"),
)
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONT = re.compile(r"url\(\.?/?([\w./-]+\.woff2)\)")
MAP = re.compile(r'<svg class="peta[ "].*?</svg>', re.DOTALL)
"""The drawing of a map, and those of the small places beside it."""


@dataclass(frozen=True)
class Weight:
    """Bytes of a page: as sent (gzip), unpacked, and of its map alone (gzip)."""

    sent: int
    raw: int
    map: int

    @property
    def page(self) -> int:
        """Bytes of the page beside its map, which has a bound of its own."""
        return self.sent - self.map


def fetch(address: str) -> tuple[int, bytes]:
    """Get one address as a browser does; give bytes on the wire and the unpacked content."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    return len(body), gzip.decompress(body) if is_packed else body


def page(address: str, path: str) -> Weight:
    """Weigh one page without its files."""
    sent, content = fetch(address + path)
    drawn = "".join(MAP.findall(content.decode()))
    return Weight(sent, len(content), len(gzip.compress(drawn.encode(), 9)) if drawn else 0)


def files(address: str) -> dict[str, int]:
    """Weigh the style, script and fonts that the first page brings; they are kept after that."""
    _, content = fetch(f"{address}/")
    found = dict.fromkeys(ASSET.findall(content.decode()))
    weights = {}
    for file in found:
        weights[file], body = fetch(address + file)
        if file.endswith(".css"):
            for font in FONT.findall(body.decode()):
                name = f"{file.rpartition('/')[0]}/{font}"
                weights[name] = fetch(address + name)[0]
    return weights


def main(address: str) -> int:
    """Print the table; 1 when a bound is passed."""
    kept = files(address)
    print(f"{platform.machine()}, Python {platform.python_version()}; bytes, gzip")
    for file, size in kept.items():
        print(f"  {file:<52} {size:>9,}")
    first = page(address, "/").sent + sum(kept.values())
    print(f"\n{'first load of the home page':<32} {first:>9,}  bound {FIRST_LOAD:,}")
    print(f"\n{'page':<32} {'sent':>9} {'unpacked':>9} {'map':>8}")
    is_over = first > FIRST_LOAD
    for name, path in PAGES:
        weight = page(address, path)
        is_over |= weight.page > LATER_PAGE or weight.map > MAP_LEVEL
        print(f"{name:<32} {weight.sent:>9,} {weight.raw:>9,} {weight.map:>8,}")
    print(f"\nbounds: later page {LATER_PAGE:,}, map level {MAP_LEVEL:,}: {'passed' if is_over else 'kept'}")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
