"""The words of the scripts about a PIN of a device, and a revoked one. `{name}` is filled by the script."""

from sidara.ui.language import say


def gate() -> dict[str, str]:
    """Give what is said before a sealed device is opened, by the keys of the script."""
    return {
        "pinTitle": say("Buka dengan PIN"),
        "pinText": say("Isian di perangkat ini tersegel. Tulis PIN perangkat Anda."),
        "pinLabel": say("PIN"),
        "pinOpen": say("Buka"),
        "pinOpening": say("Membuka …"),
        "pinWrong": say("PIN salah. Periksa, lalu coba lagi."),
        "pinWait": say("PIN salah. Tunggu {n} detik, lalu coba lagi."),
        "pinAgainNow": say("Silakan coba lagi."),
        "pinForgot": say("Lupa PIN?"),
        "pinForgotText": say(
            "Tanpa PIN tidak seorang pun dapat membuka isian yang tersegel. Yang sudah terkirim tetap "
            "tersimpan."
        ),
        "pinLost": say("{n} isian belum terkirim dan akan hilang."),
        "pinLostActs": say("{n} keputusan yang menunggu ikut hilang."),
        "pinLostNone": say("Semua isian yang tersegel sudah terkirim. Tidak ada yang hilang."),
        "pinLostSure": say("Saya mengerti, dan ingin menghapusnya."),
        "pinLostTick": say("Centang dahulu kalimat di atas."),
        "pinDrop": say("Hapus isian yang tersegel dan PIN"),
        "pinDropNone": say("Hapus PIN"),
        "pinBack": say("Kembali"),
    }


def pin() -> dict[str, str]:
    """Give the sentences of the section of the page of tasks about the PIN, by the keys of the script."""
    return {
        "pinHeading": say("PIN perangkat"),
        "pinUnable": say(
            "Alamat ini tidak memakai https, jadi isian di perangkat ini tidak dapat disegel dengan PIN."
        ),
        "pinOffer": say(
            "Siapa pun yang memegang perangkat ini dapat membaca isian yang belum terkirim dan formulir "
            "yang siap tanpa sambungan. Dengan PIN keduanya tersegel. Bila PIN terlupa, isian yang belum "
            "terkirim hilang."
        ),
        "pinSealed": say(
            "Isian dan formulir di perangkat ini tersegel. PIN diminta lagi setelah peramban ditutup, dan"
            " setelah halaman 10 menit tidak terlihat."
        ),
        "pinSet": say("Pasang PIN"),
        "pinWorking": say("Sebentar …"),
        "pinDone": say("PIN terpasang. Isian di perangkat ini tersegel."),
        "pinPartly": say(
            "PIN terpasang. {n} formulir belum tersegel karena terbuka di jendela lain atau perangkat "
            "penuh; formulir itu tersegel sendiri sesudah jendelanya ditutup."
        ),
        "pinOld": say(
            "PIN belum terpasang: aplikasi di perangkat ini belum yang terbaru. Muat ulang halaman ini "
            "saat ada sambungan, lalu ulangi."
        ),
        "pinNew": say("PIN baru"),
        "pinHint": say("Paling sedikit {n} angka, tidak semuanya sama, dan tidak berurutan seperti 123456."),
        "pinRepeat": say("Ulangi PIN baru"),
        "pinWeak": say("PIN ini terlalu pendek atau mudah ditebak. Pilih yang lain."),
        "pinDiffers": say("Kedua PIN tidak sama. Tulis lagi."),
        "pinLock": say("Kunci sekarang"),
        "pinChange": say("Ganti PIN"),
        "pinChanged": say("PIN sudah diganti."),
        "pinNow": say("PIN sekarang"),
        "pinOff": say("Lepas PIN"),
        "pinOffText": say("Sesudah dilepas, isian di perangkat ini dapat dibaca tanpa PIN."),
        "pinOffDone": say("PIN sudah dilepas. Isian di perangkat ini tidak tersegel lagi."),
        "pinBusy": say(
            "PIN belum dilepas: sebuah formulir masih terbuka di jendela lain, atau perangkat penuh. "
            "Tutup jendela itu, lalu ulangi."
        ),
        "pinCancel": say("Batal"),
        "pinOther": say("{n} isian dari {name} belum terkirim dan tersegel"),
        "pinOtherText": say(
            "Isian itu ada di perangkat ini. Hanya {name} yang dapat membuka dan mengirimnya, sesudah "
            "masuk dengan akunnya sendiri."
        ),
    }


def emptied() -> dict[str, str]:
    """Give what is said on a revoked device when it took off what it held, by the keys of the script."""
    return {
        "emptiedLeft": say(
            "Halaman dan formulir di perangkat ini sudah dihapus. {n} isian belum terkirim tetap tersimpan; "
            "masuk lagi untuk mengirimnya."
        ),
        "emptiedNone": say(
            "Halaman dan formulir di perangkat ini sudah dihapus. Tidak ada isian yang tertinggal."
        ),
        "emptiedPartly": say(
            "Belum semuanya terhapus: sebuah formulir masih terbuka di jendela lain, atau perangkat penuh. "
            "Tutup jendela itu, lalu muat ulang halaman ini."
        ),
    }
