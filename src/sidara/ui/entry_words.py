"""The words of the script that fills in forms: it writes none itself. `{name}` is filled by the script."""

from sidara.ui.language import active, say


def words() -> dict[str, str]:
    """Give every sentence of the script in the active language, by the key under which it asks for it."""
    return (
        {"language": active().value}
        | simulation()
        | _standing()
        | _acts()
        | _review()
        | _questions()
        | _findings()
        | _lists()
        | _offers()
        | _blocks()
    )


def simulation() -> dict[str, str]:
    """Give what is said above all that is about an example village, as on every page."""
    return {
        "simulation": say("Keterangan simulasi"),
        "simulationText": say("Desa contoh: desa ini dan semua isiannya rekaan. Kecamatannya nyata."),
    }


def _standing() -> dict[str, str]:
    return {
        "here": say("{n} isian di perangkat ini"),
        "stored": say("Semua isian tersimpan"),
        "storedAt": say("Tersimpan pukul {time}"),
        "storedNone": say("Belum ada isian"),
        "unsaved": say("{n} isian belum tersimpan"),
        "busy": say("Banyak yang sedang menyimpan"),
        "busyText": say(
            "Teruskan mengisi. Isian Anda aman di perangkat ini dan tersimpan di peladen sebentar lagi."
        ),
        "offline": say("Tidak ada sambungan"),
        "offlineText": say(
            "Teruskan mengisi. Isian Anda aman di perangkat ini dan terkirim sendiri saat ada sinyal."
        ),
        "login": say("Anda perlu masuk lagi"),
        "loginText": say("Isian Anda tetap ada di perangkat ini dan terkirim setelah Anda masuk."),
        "loginLink": say("Masuk lagi"),
        "denied": say("Anda tidak berhak lagi mengirim isian ini"),
        "deniedText": say(
            "Isian Anda tetap ada di perangkat ini. Minta pengelola akun memeriksa hak Anda, lalu coba lagi."
        ),
        "refused": say("Isian belum dapat dikirim"),
        "refusedText": say("Isian Anda tetap ada di perangkat ini. Muat ulang halaman ini, lalu coba lagi."),
        "refusedCells": say("{n} isian tidak dapat disimpan"),
        "notTaken": say("Isian ini tidak dapat diterima peladen."),
        "notTakenRemedy": say("Ringkas atau ketik ulang isian ini."),
        "full": say("Penyimpanan perangkat penuh"),
        "fullText": say(
            "Isian ini hanya ada di layar. Kosongkan ruang di perangkat, dan jangan tutup halaman ini."
        ),
        "screen": say("{n} isian hanya di layar ini"),
        "cellScreen": say("hanya di layar ini"),
        "elsewhere": say("Formulir ini terbuka di jendela lain"),
        "elsewhereText": say("Lanjutkan di jendela itu, atau tutup jendela itu lalu muat ulang halaman ini."),
        "changed": say("Formulir ini berubah sejak Anda mengisinya"),
        "changedText": say("Isian Anda tetap ada. Baca lagi pertanyaannya sebelum mengirim."),
        "gone": say("Ada isian yang tidak ditanyakan lagi"),
        "goneText": say("Formulir versi baru tidak menanyakannya, jadi tidak dapat disimpan: {cells}"),
        "leaving": say("Isian Anda disimpan dahulu"),
        "leavingText": say("Halaman berikutnya terbuka sendiri sesudah semuanya tersimpan."),
        "updated": say("Aplikasi sudah diperbarui"),
        "updatedText": say("Isian Anda tetap ada. Muat ulang halaman ini bila sempat."),
        "readonly": say("Hanya untuk dibaca"),
        "readonlyText": say("Anda dapat melihat isian ini, tetapi tidak mengubahnya."),
        "closedText": say("Isian Anda tetap dapat disimpan sebagai draf."),
        "look": say("Periksa dan kirim"),
        "cellHere": say("di perangkat ini"),
        "cellStored": say("tersimpan"),
    }


def _acts() -> dict[str, str]:
    """Give what is said of the act of sending that waits on the device."""
    return {
        "actWaiting": say("Menunggu dikirim"),
        "actWaitingText": say(
            "Keputusan Anda mengirim tersimpan di perangkat ini dan dijalankan sendiri saat ada sinyal, "
            "sesudah semua isian sampai."
        ),
        "actHeld": say("Belum dapat dikirim"),
        "actHeldText": say("Isian Anda tidak berkurang. Betulkan yang disebut, lalu kirim lagi."),
        "actDone": say("Formulir sudah terkirim"),
        "actDoneText": say("Formulir menunggu pengesahan kepala desa. Isinya terkunci."),
        "actMoved": say("Isian di peladen berbeda dari yang Anda periksa."),
        "actMovedRemedy": say("Buka formulirnya, periksa lagi, lalu kirim."),
        "actCells": say("Sebagian isian tidak dapat disimpan."),
        "actCellsRemedy": say("Betulkan isian itu pada formulir, lalu kirim lagi."),
        "actRefused": say("Pengiriman ini ditolak."),
        "actRefusedRemedy": say("Buka halaman Periksa dan kirim saat ada sinyal, lalu ulangi."),
    }


def _review() -> dict[str, str]:
    """Give the sentences of looking a form over on the device."""
    return {
        "holding": say("{n} hal menahan pengiriman."),
        "readyToSend": say("Formulir ini siap dikirim."),
        "wholeButClosed": say("Formulir ini lengkap, tetapi tidak dapat dikirim sekarang."),
        "notBegun": say("Formulir ini belum diisi."),
        "notBegunText": say("Isi formulirnya dahulu, lalu kirim."),
        "unreadRemedy": say("Ketik jawaban yang dapat dibaca, atau kosongkan kotaknya."),
        "reviewMissing": say("Yang kurang"),
        "reviewFaults": say("Yang perlu dibetulkan"),
        "reviewDoubts": say("Yang meragukan"),
        "reviewTold": say("Temuan peladen saat terakhir tersambung"),
        "explained": say("Penjelasan: {text}"),
        "actTitle": say("Yang dapat Anda lakukan"),
        "actStatement": say("Dengan mengirim, Anda menyatakan sudah memeriksa isian ini."),
        "actLater": say(
            "Setelah dikirim, isinya terkunci. Tanpa sambungan, keputusan Anda menunggu di perangkat ini dan "
            "dapat dibatalkan."
        ),
        "actSend": say("Kirim untuk disahkan"),
        "actMend": say("Selesaikan dahulu yang disebut di bawah."),
        "actRevokeText": say(
            "Selama menunggu, isiannya terkunci. Batalkan bila masih ada yang perlu diubah."
        ),
        "actRevoke": say("Batalkan pengiriman"),
        "actUnderWay": say(
            "Pengiriman sudah dimulai, hasilnya diketahui saat ada sinyal. Sesudah itu Anda dapat menariknya "
            "kembali."
        ),
        "actDoneLink": say("Lihat keadaannya"),
        "actFullText": say("Keputusan Anda belum tersimpan. Kosongkan ruang di perangkat, lalu ulangi."),
    }


def takeaway() -> dict[str, str]:
    """Give the sentences of the form as a file: those of the script, some in other words, and its own."""
    return words() | {
        "skip": say("Langsung ke isi"),
        "without": say("Berkas ini memerlukan JavaScript. Buka dengan Chrome, Firefox, atau Edge."),
        "file": say("Formulir dalam berkas"),
        "stored": say("Belum ada isian baru"),
        "storedNone": say("Belum ada isian baru"),
        "look": say("Ke berkas hasil"),
        "full": say("Perangkat ini tidak dapat menyimpan isian"),
        "fullText": say(
            "Isian ini hanya ada di layar. Simpan berkas hasil sebelum menutup halaman; dari berkas itu "
            "isian dapat dibuka lagi."
        ),
        "locked": say("Formulir ini sudah dikirim"),
        "lockedText": say("Isinya dapat dibaca di sini, tetapi tidak dapat diubah."),
        "result": say("Bawa hasilnya"),
        "resultText": say(
            "Simpan berkas hasil, lalu bawa dengan USB atau kirim lewat WhatsApp kepada operator desa atau "
            "petugas kecamatan. Yang menerima memasukkannya lewat halaman Kirim berkas Excel."
        ),
        "filler": say("Yang mengisi (nama dan jabatan)"),
        "fillerMissing": say("Tulis nama dan jabatan yang mengisi."),
        "save": say("Simpan berkas hasil"),
        "saved": say("Berkas {name} disimpan, berisi {n} isian."),
        "nothing": say("Belum ada isian baru yang dapat dibawa."),
        "notCarried": say(
            "{n} isian tidak ikut karena belum tersimpan: {cells}. Betulkan, lalu simpan hasilnya lagi."
        ),
        "codes": say("Tampilkan kode QR"),
        "codeOf": say("Kode QR {n} dari {all}"),
        "codesText": say("Pindai semua kode, satu baris satu kode, ke dalam satu berkas teks."),
        "codesLong": say("Isian terlalu banyak untuk kode QR. Pakai berkas hasil."),
        "openResult": say("Buka isian dari berkas hasil"),
        "opened": say("{n} isian dibuka dari berkas hasil."),
        "openedNot": say("Berkas itu bukan hasil dari formulir ini, atau rusak."),
    }


def device() -> dict[str, str]:
    """Give the sentences of the page of tasks about what lies on the device, by their keys."""
    return _acts() | {
        "here": say("{n} isian di perangkat ini"),
        "waiting": say("{n} isian di perangkat ini belum terkirim"),
        "waitingText": say("Isian terkirim sendiri saat ada sinyal. Biarkan halaman ini terbuka sebentar."),
        "offline": say("Tidak ada sambungan"),
        "offlineText": say(
            "Teruskan mengisi. Isian Anda aman di perangkat ini dan terkirim sendiri saat ada sinyal."
        ),
        "offlineTasks": say(
            "Formulir di bawah tetap dapat diisi. Jumlah yang terisi adalah keadaan saat terakhir tersambung."
        ),
        "loginText": say("Isian Anda tetap ada di perangkat ini dan terkirim setelah Anda masuk."),
        "loginLink": say("Masuk lagi"),
        "denied": say("Anda tidak berhak lagi mengirim isian ini"),
        "deniedText": say(
            "Isian Anda tetap ada di perangkat ini. Minta pengelola akun memeriksa hak Anda, lalu coba lagi."
        ),
        "refused": say("Isian belum dapat dikirim"),
        "refusedText": say("Isian Anda tetap ada di perangkat ini. Buka formulirnya, lalu coba lagi."),
        "refusedCells": say("{n} isian tidak dapat disimpan"),
        "refusedCellsText": say("Isian itu tetap ada di perangkat ini. Buka formulirnya, lalu betulkan."),
        "refusedLink": say("Buka {form}"),
        "notTaken": say("Isian ini tidak dapat diterima peladen."),
        "notTakenRemedy": say("Ringkas atau ketik ulang isian ini."),
        "full": say("Penyimpanan perangkat penuh"),
        "fullTasks": say(
            "Isian tetap terkirim, tetapi perangkat belum dapat mencatatnya. Kosongkan ruang di perangkat."
        ),
        "other": say("{n} isian dari {name} belum terkirim"),
        "otherText": say(
            "Isian itu ada di perangkat ini. Bila Anda mengirimnya, pengisi dan pengirim sama-sama tercatat."
        ),
        "otherSend": say("Kirim isian dari {name}"),
        "actMendLink": say("Periksa lagi: {form}"),
        "bringing": say("Menyiapkan untuk dipakai tanpa sambungan: {n} dari {all} formulir"),
        "bringFull": say(
            "Perangkat penuh, sebagian formulir belum siap tanpa sambungan. Kosongkan ruang, lalu muat ulang."
        ),
        "ready": say("Siap dipakai tanpa sambungan: {n} dari {all} formulir"),
        "unable": say("Alamat ini tidak memakai https, jadi formulir hanya dapat dibuka dengan sambungan."),
    }


def _questions() -> dict[str, str]:
    return {
        "sections": say("Bagian formulir"),
        "section": say("Bagian {n}. {name}"),
        "sectionOf": say("Bagian {n} dari {all}, {filled} dari {asked} terisi"),
        "filled": say("{filled} dari {asked}"),
        "next": say("Bagian {n}"),
        "missing": say("{n} isian wajib masih kosong di bagian ini"),
        "complete": say("Semua isian wajib di bagian ini sudah terisi"),
        "noneRequired": say("Tidak ada isian wajib di bagian ini"),
        "help": say("Arti dan contoh"),
        "definition": say("Arti"),
        "reason": say("Gunanya"),
        "example": say("Contoh"),
        "unit": say("Satuan"),
        "evidence": say("Bukti"),
        "required": say("wajib"),
        "before": say("{period}: {value}"),
        "beforeNone": say("{period}: belum ada"),
        "state": say("Keadaan"),
        "stateValue": say("isi jawaban"),
        "stateNone": say("tidak ada"),
        "stateUnknown": say("tidak tahu"),
        "stateSkipped": say("tidak berlaku"),
        "stateUndecided": say("Muncul bila perlu, sesudah diisi: {name}"),
        "stateEmpty": say("belum diisi"),
        "choose": say("Pilih jawaban"),
        "yes": say("Ya"),
        "no": say("Tidak"),
        "total": say("Jumlah"),
        "computed": say("dihitung otomatis"),
        "notYet": say("belum bisa dihitung"),
        "category": say("Rincian"),
        "gridHelp": say("Panah dan Enter berpindah kotak. Blok dari Excel dapat ditempel."),
        "fault-angka": say("Tulis angka saja, misalnya 1250 atau 12,5."),
        "fault-angka-bulat": say("Tulis bilangan bulat saja, tanpa koma, misalnya 1250."),
        "fault-desimal": say("Paling banyak {n} angka di belakang koma."),
        "fault-desimal-bulat": say("Tulis bilangan bulat saja, tanpa koma."),
        "fault-panjang": say("Angka terlalu panjang."),
        "fault-tanggal": say("Tulis tanggal seperti 2026-11-24."),
        "fault-pilihan": say("Pilih salah satu jawaban yang tersedia."),
    }


def _findings() -> dict[str, str]:
    return {
        "errors": say("Perlu diperbaiki: {n}"),
        "warnings": say("Perlu dijelaskan: {n}"),
        "explain": say("Penjelasan Anda"),
        "explainHelp": say("Satu kalimat cukup. Pemeriksa membacanya."),
        "conflict": say("Isian ini juga diubah orang lain"),
        "conflictText": say("Keduanya disimpan. Pilih yang benar."),
        "conflictStored": say("Tersimpan: {value}"),
        "conflictSent": say("Isian lain: {value}"),
        "conflictTake": say("Pakai {value}"),
        "conflicts": say("Isian yang diubah dua orang: {n}"),
        "notStored": say("Belum tersimpan. {message}"),
        "notStoredHeld": say("Belum tersimpan, jawaban tetap {value}. {message}"),
    }


def _lists() -> dict[str, str]:
    return {
        "rowNew": say("Tambah baris"),
        "rowOf": say("Baris {n}"),
        "rowRemove": say("Tandai dihapus"),
        "rowRemoved": say("Baris yang dihapus: {n}"),
        "rowRestore": say("Kembalikan"),
        "rowsNone": say("Belum ada baris."),
        "listEmpty": say("Nyatakan tidak ada"),
        "listIsEmpty": say("Dinyatakan tidak ada."),
        "listNotEmpty": say("Batalkan pernyataan"),
    }


def _offers() -> dict[str, str]:
    """Give what is said of answers that may be taken over from elsewhere."""
    return {
        "offerTake": say("Salin {value}"),
        "offerShort": say("Salin"),
        "offersDiffer": say("Sumbernya berbeda."),
        "offerAll": say("Salin {n} isian kosong yang sumbernya sependapat"),
        "offerAllRows": say("Salin {n} baris yang masih ada"),
        "offerAllText": say("Di bagian ini. Periksa dengan keadaan sekarang; asalnya tetap tercatat."),
        "offerRow": say("Salin baris ini"),
        "offerRows": say("Baris yang dapat disalin: {n}"),
        "originGone": say("Asal isian tidak dicatat"),
    }


def _blocks() -> dict[str, str]:
    return {
        "paste": say("Tempel blok dari Excel"),
        "pasteText": say("{good} isian siap dimasukkan, {bad} tidak dapat dibaca."),
        "pasteTake": say("Masukkan {n} isian"),
        "pasteDrop": say("Batal"),
        "pasteCell": say("Kotak"),
        "pasteGiven": say("Dari Excel"),
        "pasteVerdict": say("Hasil"),
        "pasteGood": say("siap"),
        "block-angka": say("bukan angka"),
        "block-desimal": say("terlalu banyak angka di belakang koma"),
        "block-panjang": say("angka terlalu panjang"),
        "block-tanggal": say("bukan tanggal"),
        "block-pilihan": say("bukan salah satu jawaban"),
        "block-luar": say("di luar tabel"),
        "block-tertutup": say("tidak diisi di sini"),
    }
