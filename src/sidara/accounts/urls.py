"""Addresses of log-in, of the own account, and of people. The library's own names are kept: it leads by them.

Only what is needed is open: no sign-up, no e-mail, no other providers.
"""

from django.urls import path

from sidara.accounts.views import devices, entrance, own, people, tokens

urlpatterns = [
    path("masuk", entrance.log_in, name="account_login"),
    path("masuk/kode", entrance.use_code, name="account-use-code"),
    path("masuk/langkah-dua", entrance.second_step, name="mfa_authenticate"),
    path("masuk/passkey", entrance.passkey, name="mfa_login_webauthn"),
    path("masuk/ulang", entrance.reauthenticate, name="account_reauthenticate"),
    path("masuk/tidak-aktif", entrance.inactive, name="account_inactive"),
    path("masuk/perangkat", devices.here, name="device-here"),
    path("keluar", entrance.log_out, name="account_logout"),
    path("akun", own.account, name="account-own"),
    path("akun/kata-sandi", own.change_password, name="account_change_password"),
    path("akun/kode-aplikasi", own.activate_totp, name="mfa_activate_totp"),
    path("akun/kode-aplikasi/lepas", own.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/passkey/tambah", own.add_passkey, name="mfa_add_webauthn"),
    path("akun/passkey/<int:pk>/hapus", own.remove_passkey, name="mfa_remove_webauthn"),
    path("akun/sesi/akhiri", own.end_sessions, name="account-end-sessions"),
    path("akun/token", tokens.own, name="account-tokens"),
    path("akun/perangkat", devices.own, name="account-devices"),
    path("orang", people.people, name="people"),
    path("orang/baru", people.create, name="people-create"),
    path("orang/lembar", people.sheets, name="people-sheets"),
    path("orang/lembar/<str:code>", people.issue_sheet, name="people-issue-sheet"),
    path("orang/<uuid:account>", people.person, name="person"),
    path("orang/<uuid:account>/pulihkan", people.recover, name="person-recover"),
    path("orang/<uuid:account>/hak", people.grant, name="person-grant"),
    path("orang/<uuid:account>/token", tokens.of_person, name="person-tokens"),
    path("orang/<uuid:account>/perangkat", devices.of_person, name="person-devices"),
    path("hak/<uuid:grant>/akhiri", people.end_grant, name="grant-end"),
    path("hak/<uuid:grant>/serah-terima", people.hand_over, name="grant-hand-over"),
]
