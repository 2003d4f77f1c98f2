"""Why the system could not open or write a file, in Indonesian: the system itself says it in English."""

import errno

_WORDS = {
    errno.ENOENT: "tidak ada berkas atau folder bernama itu",
    errno.EACCES: "tidak ada hak untuk membuka atau menulisnya",
    errno.EPERM: "tidak ada hak untuk membuka atau menulisnya",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "sebagian jalurnya berkas, bukan folder",
    errno.EEXIST: "nama itu sudah dipakai",
    errno.ENOSPC: "ruang simpan penuh",
    errno.EDQUOT: "jatah ruang simpan habis",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.EIO: "perangkat penyimpannya bermasalah",
}


def reason_of(fault: OSError) -> str:
    """Say why, without a full stop; in the system's own words where ours are not known."""
    own = _WORDS.get(fault.errno or 0)
    return own or fault.strerror or type(fault).__name__
