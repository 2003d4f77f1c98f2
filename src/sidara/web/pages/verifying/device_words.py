"""The words of the scripts of a verifier's device. `{name}` is filled by the script."""

from sidara.ui.language import say
from sidara.ui.pin_words import gate, pin
from sidara.web.pages.verifying.review import OTHER


def words() -> dict[str, str]:
    """Give every sentence of the scripts in the active language, by the key under which they ask for it."""
    return gate() | pin() | _queue() | _decisions()


def _queue() -> dict[str, str]:
    return {
        "take": say("Bawa antrean ini ke perangkat"),
        "takeText": say(
            "Sesudah dibawa, kiriman di bawah dapat diperiksa tanpa sambungan. Keputusan Anda terkirim saat "
            "ada sinyal."
        ),
        "bringing": say("Membawa ke perangkat: {n} dari {all} kiriman"),
        "bringFull": say("Perangkat penuh, sebagian kiriman belum dibawa. Kosongkan ruang, lalu ulangi."),
        "ready": say("Dapat diperiksa tanpa sambungan: {n} dari {all} kiriman"),
        "unable": say("Alamat ini tidak memakai https, jadi antrean hanya dapat dibuka dengan sambungan."),
        "notHere": say("tidak dibawa"),
        "waitsHere": say("{n} keputusan menunggu dikirim"),
        "sentNow": say("{n} keputusan terkirim"),
        "waiting": say("{n} keputusan di perangkat ini belum terkirim"),
        "waitingText": say(
            "Keputusan terkirim sendiri saat ada sinyal. Biarkan halaman ini terbuka sebentar."
        ),
        "sent": say("{n} keputusan terkirim"),
        "sentText": say("Antrean di bawah adalah keadaan sebelum itu."),
        "renew": say("Muat ulang antrean"),
        "offlineQueue": say("Antrean di bawah adalah keadaan saat terakhir tersambung."),
        "open": say("Buka {form}"),
        "other": say("{n} keputusan dari {name} belum terkirim"),
        "otherText": say(
            "Keputusan itu ada di perangkat ini. Hanya {name} yang dapat mengirimnya, sesudah masuk dengan "
            "akunnya sendiri."
        ),
    }


def _decisions() -> dict[str, str]:
    return {
        "otherReason": OTHER,
        "accept": say("Terima {n} isian"),
        "return": say("Kembalikan {n} isian"),
        "return-whole": say("Kembalikan seluruh formulir"),
        "acceptQuiet": say("Terima {n} isian yang tenang"),
        "accepted": say("Anda terima"),
        "returned": say("Anda kembalikan"),
        "waits": say("menunggu dikirim"),
        "waitsText": say("Keputusan ini tersimpan di perangkat dan terkirim sendiri saat ada sinyal."),
        "waitsSent": say("Pengiriman sudah dimulai; jawabannya ditunggu."),
        "revoke": say("Batalkan keputusan ini"),
        "refused": say("Belum dapat dilakukan"),
        "refusedText": say("Keputusan ini tidak dijalankan. Lihat isinya yang sekarang, lalu putuskan lagi."),
        "dismiss": say("Tutup pemberitahuan ini"),
        "notYet": say("Belum dapat dilakukan"),
        "noneTicked": say("Belum ada isian yang dicentang."),
        "noReason": say("Pilih alasan, atau tulis pesan untuk operator."),
        "noDay": say("Isi tanggal paling lambat; tanggal itu tidak boleh sudah lewat."),
        "notTaken": say("Keputusan ini tidak dapat diterima peladen."),
        "notTakenRemedy": say("Muat ulang halaman ini, lalu putuskan lagi."),
        "full": say("Penyimpanan perangkat penuh. Keputusan belum tersimpan; kosongkan ruang, lalu ulangi."),
        "offline": say("Tidak ada sambungan"),
        "offlineText": say("Teruskan memeriksa. Keputusan Anda aman di perangkat ini."),
        "login": say("Anda perlu masuk lagi"),
        "loginText": say("Keputusan Anda tetap ada di perangkat ini dan terkirim setelah Anda masuk."),
        "loginLink": say("Masuk lagi"),
    }
