"""Forms: fields, words, and the faults of single fields. What needs the records is judged by services."""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_noop as noop

from sidara.accounts import queries
from sidara.accounts.core import CHOSEN, Level, Role, Sectors, device, naming
from sidara.kernel.actor import PUBLIC
from sidara.ui.language import say

SHARED_HINT = noop(
    "Sesi berakhir bila peramban ditutup, atau setelah {n} menit tidak dipakai. "
    "Hapus tandanya hanya di perangkat Anda sendiri."
)
HINT_FOR_NEW = noop(
    "Sedikitnya 10 huruf atau angka. Tiga atau empat kata yang mudah Anda ingat lebih baik "
    "dari satu kata yang sulit."
)
MISSING = noop("Isian ini belum diisi.")


class Dressed:
    """Gives fields our classes, without words inside them: a label says what is asked."""

    fields: dict[str, forms.Field]

    def dress(self, labels: dict[str, str], hints: dict[str, str] | None = None) -> None:
        """Set labels and hints, and how a missing answer is told."""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-control"
            field.label = labels.get(name, field.label)
            field.help_text = (hints or {}).get(name, "")
            field.error_messages |= {"required": say(MISSING)}


class LogIn(Dressed, account_forms.LoginForm):
    """Log-in name, password, and whether others use the computer, too."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Add the choice of a shared computer."""
        super().__init__(*args, **named)
        self.fields.pop("remember", None)
        self.fields["shared"] = forms.BooleanField(required=False, initial=True)
        self.dress(
            {
                "login": say("Nama masuk"),
                "password": say("Kata sandi"),
                "shared": say("Komputer ini dipakai bersama"),
            },
            {"shared": say(SHARED_HINT, n=int(queries.rules(PUBLIC).idle.total_seconds()) // 60)},
        )
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def clean_login(self) -> str:
        """Read the name as it is kept."""
        return naming.normal(self.cleaned_data["login"])

    def login(self, request: Any, redirect_url: str | None = None) -> HttpResponse:
        """Keep the choice through the second step."""
        request.session[CHOSEN] = self.cleaned_data["shared"]
        self.cleaned_data["remember"] = not self.cleaned_data["shared"]
        return super().login(request, redirect_url)


class UseCode(Dressed, forms.Form):
    """First step with a one-time code: who, and the code."""

    login = forms.CharField(max_length=100)
    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress(
            {"login": say("Nama masuk"), "code": say("Kode sekali pakai")},
            {
                "code": say(
                    "Dua belas huruf dan angka, misalnya 7K2M-9QXA-40TB. Besar kecilnya tidak berpengaruh."
                )
            },
        )
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "username"}
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "autocomplete": "off"}


class ChoosePassword(UseCode):
    """Second step: an own password, and the name of who holds the account now."""

    name = forms.CharField(max_length=200, required=False)
    password1 = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    password2 = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, is_named: bool, **named: Any) -> None:
        """Hide what the first step knows; ask for a name only where there is none."""
        super().__init__(*args, **named)
        for field in ("login", "code"):
            self.fields[field].widget = forms.HiddenInput()
        if is_named:
            del self.fields["name"]
        else:
            self.fields["name"].required = True
            self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.dress(
            {
                "name": say("Nama lengkap Anda"),
                "password1": say("Kata sandi baru"),
                "password2": say("Kata sandi baru, sekali lagi"),
            },
            {"password1": say(HINT_FOR_NEW), "name": say("Tercatat pada setiap pekerjaan Anda di SIDARA.")},
        )

    def clean(self) -> dict[str, Any]:
        """Both passwords must be the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", say("Kedua kata sandi tidak sama. Ketik lagi keduanya."))
        return cleaned


class Reauthenticate(Dressed, account_forms.ReauthenticateForm):
    """The password again, before keys are changed."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress({"password": say("Kata sandi")})


class ChangePassword(Dressed, account_forms.ChangePasswordForm):
    """A new password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress(
            {
                "oldpassword": say("Kata sandi sekarang"),
                "password1": say("Kata sandi baru"),
                "password2": say("Kata sandi baru, sekali lagi"),
            },
            {"password1": say(HINT_FOR_NEW)},
        )

    def clean(self) -> dict[str, Any]:
        """Say it in our words when the two differ."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors.get("password2"):
            self.errors["password2"] = self.error_class(
                [say("Kedua kata sandi tidak sama. Ketik lagi keduanya.")]
            )
        return cleaned


class SecondStep(Dressed, second_forms.AuthenticateForm):
    """A code from an app."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words and the keyboard of numbers."""
        super().__init__(*args, **named)
        self.dress({"code": say("Kode 6 angka dari aplikasi")})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ActivateTotp(Dressed, totp_forms.ActivateTOTPForm):
    """The first code from an app: it proves that the app has the key."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words and the keyboard of numbers."""
        super().__init__(*args, **named)
        self.dress({"code": say("Kode 6 angka yang tampil di aplikasi")})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Take the code once: who saw it cannot log in with it."""
        code: str = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)  # noqa: SLF001 - the library forgets it
        return code


class DeactivateTotp(totp_forms.DeactivateTOTPForm):
    """Nothing to fill; says when it may not be."""


class AddPasskey(Dressed, passkey_forms.AddWebAuthnForm):
    """A name for the passkey; always one that logs in without a password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
        self.dress({"name": say("Nama passkey")}, {"name": say("Misalnya: HP saya.")})


def _place_hint(roles: Sequence[Role]) -> str:
    """Say how places are written, as far as the roles need it."""
    hint = say("Kode Kemendagri, misalnya 62.01.02.2016.")
    if any(role.is_several for role in roles):
        hint += " " + say("Beberapa wilayah dipisahkan koma.")
    if any(Level.CENTRE in role.levels for role in roles):
        hint += " " + say("Untuk seluruh negeri tulis: seluruh negeri.")
    return hint


class GiveGrant(Dressed, forms.Form):
    """A role, for regions, sectors, a company and days."""

    role = forms.ChoiceField()
    under = forms.CharField(max_length=2000, required=False)
    sectors = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    company = forms.CharField(max_length=200, required=False)
    valid_from = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        *args: Any,
        roles: Sequence[Role],
        sectors: Callable[[], Sequence[tuple[str, str]]],
        **named: Any,
    ) -> None:
        """Offer the roles that may be given."""
        super().__init__(*args, **named)
        choices = [(role.code, say(role.name)) for role in roles]
        self.fields["under"].widget.attrs |= {"list": "tempat", "autocomplete": "off"}
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if any(role.sectors is not Sectors.NONE for role in roles):
            self.fields["sectors"].choices = sectors()  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["sectors"]
        if not any(role.names_company for role in roles):
            del self.fields["company"]
        self.dress(
            {
                "role": say("Peran"),
                "under": say("Kode wilayah"),
                "sectors": say("Bidang"),
                "company": say("Perusahaan"),
                "valid_from": say("Mulai"),
                "valid_to": say("Sampai"),
            },
            {
                "under": _place_hint(roles),
                "sectors": say("Hanya untuk perangkat daerah."),
                "company": say("Hanya untuk peran perusahaan: namanya seperti pada komitmennya."),
                "valid_from": say("Kosong berarti hari ini."),
                "valid_to": say("Kosong berarti tanpa batas."),
            },
        )

    @property
    def bounds(self) -> dict[str, Any]:
        """Give what services ask for."""
        text = self.cleaned_data["under"].strip()
        is_everywhere = text.casefold() == "seluruh negeri"
        return {
            "role": self.cleaned_data["role"],
            "under": () if is_everywhere else tuple(filter(None, text.replace(",", " ").split())),
            "is_everywhere": is_everywhere,
            "sectors": tuple(self.cleaned_data.get("sectors", ())),
            "company": self.cleaned_data.get("company", ""),
            "valid_from": self.cleaned_data["valid_from"],
            "valid_to": self.cleaned_data["valid_to"],
        }


class CreateAccount(GiveGrant):
    """A person and the first grant."""

    login_name = forms.CharField(max_length=naming.LONGEST)
    name = forms.CharField(max_length=200, required=False)
    function = forms.CharField(max_length=200)
    field_order = (
        *("login_name", "name", "function", "role", "under", "sectors", "company"),
        *("valid_from", "valid_to"),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        for name, (label, hint) in {
            "login_name": (
                say("Nama masuk"),
                say("Huruf kecil, angka, titik, atau garis. Tidak berubah lagi."),
            ),
            "name": (say("Nama lengkap"), say("Boleh kosong: diisi sendiri saat pertama masuk.")),
            "function": (say("Jabatan"), say("Misalnya: Sekretaris desa.")),
        }.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["login_name"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "off"}


class EndGrant(Dressed, forms.Form):
    """The last day of a grant."""

    last_day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress({"last_day": say("Hari terakhir")}, {"last_day": say("Kosong berarti berakhir sekarang.")})


class HandOver(Dressed, forms.Form):
    """Who takes over, from when: an account that exists, or a new one."""

    login_name = forms.CharField(max_length=naming.LONGEST)
    name = forms.CharField(max_length=200, required=False)
    function = forms.CharField(max_length=200, required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress(
            {
                "login_name": say("Nama masuk pengganti"),
                "name": say("Nama lengkap pengganti"),
                "function": say("Jabatan"),
                "day": say("Mulai"),
            },
            {
                "login_name": say("Bila belum ada akunnya, akun baru dibuat dengan nama masuk ini."),
                "name": say("Hanya untuk akun baru. Boleh kosong: diisi sendiri saat pertama masuk."),
                "function": say("Hanya untuk akun baru. Kosong berarti sama dengan pemegang lama."),
                "day": say("Kosong berarti hari ini. Hak pemegang lama berakhir sehari sebelumnya."),
            },
        )


class MakeToken(Dressed, forms.Form):
    """What a token is for, and to what it is narrowed."""

    name = forms.CharField(max_length=100)
    operations = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    under = forms.CharField(max_length=2000, required=False)
    sectors = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    last_day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        *args: Any,
        operations: Sequence[tuple[str, str]],
        sectors: Sequence[tuple[str, str]],
        days: int,
        **named: Any,
    ) -> None:
        """Offer what the account holds."""
        super().__init__(*args, **named)
        self.fields["operations"].choices = [(code, say(words)) for code, words in operations]  # type: ignore[attr-defined]  # a choice field
        # Names of sectors are the dictionary's: Indonesian on every page.
        in_indonesian = [(code, format_html('<span lang="id">{}</span>', name)) for code, name in sectors]
        self.fields["sectors"].choices = in_indonesian  # type: ignore[attr-defined]  # a choice field
        self.dress(
            {
                "name": say("Untuk apa"),
                "operations": say("Yang boleh dilakukan"),
                "under": say("Kode wilayah"),
                "sectors": say("Bidang"),
                "last_day": say("Hari terakhir"),
            },
            {
                "name": say("Misalnya: Aplikasi keuangan desa."),
                "operations": say("Tanpa pilihan berarti semua yang boleh dilakukan akun."),
                "under": say("Kosong berarti seluruh wilayah akun. Beberapa wilayah dipisahkan koma."),
                "sectors": say("Tanpa pilihan berarti semua bidang akun."),
                "last_day": say("Kosong berarti {n} hari lagi.", n=days),
            },
        )

    @property
    def scope(self) -> dict[str, Any]:
        """Give what the service asks for."""
        return {
            "name": self.cleaned_data["name"],
            "operations": tuple(self.cleaned_data["operations"]),
            "under": tuple(filter(None, self.cleaned_data["under"].replace(",", " ").split())),
            "sectors": tuple(self.cleaned_data["sectors"]),
            "last_day": self.cleaned_data["last_day"],
        }


class RenameDevice(Dressed, forms.Form):
    """Another name for a device."""

    name = forms.CharField(max_length=device.LONGEST)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress(
            {"name": say("Nama perangkat")}, {"name": say("Nama yang Anda kenali, misalnya HP Bu Siti.")}
        )


class RevokeDevice(Dressed, forms.Form):
    """Why a device is revoked."""

    reason = forms.CharField(max_length=device.LONGEST_REASON)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Set words."""
        super().__init__(*args, **named)
        self.dress(
            {"reason": say("Alasan")},
            {
                "reason": say(
                    "Misalnya hilang, rusak, dijual, atau dipakai orang lain. Alasan tersimpan di riwayat."
                )
            },
        )
