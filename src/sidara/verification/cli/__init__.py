"""Commands of `verification`: `sidara submission`, `verification`, `receipt`, `minutes`, `audit`."""

import typer

from sidara.verification.cli import acting, minutes, receipts, showing, verifying

submission = typer.Typer(
    no_args_is_help=True,
    help="Isian desa.\n\nContoh: sidara submission send KEP_SEMESTER --region 62.01.02.2016 --period 2026-S1",
)
submission.command()(acting.send)
submission.command()(acting.withdraw)
submission.command()(acting.endorse)
submission.command()(verifying.correct)
submission.command()(showing.show)

verification = typer.Typer(
    no_args_is_help=True,
    help="Pemeriksaan isian desa.\n\nContoh: sidara verification queue --as district --under 62.01.02",
)
verification.command()(verifying.queue)
verification.command()(verifying.accept)
verification.command("return")(verifying.return_)
verification.command()(minutes.close)

papers = typer.Typer(
    help="Berita acara pemeriksaan.\n\nContoh: sidara minutes check 7K2M-0Q9R-XT4B", no_args_is_help=True
)
papers.command()(minutes.check)

receipt = typer.Typer(
    help="Tanda terima kecamatan bagi berkas desa.\n\nContoh: sidara receipt list --under 62.01.02",
    no_args_is_help=True,
)
receipt.command()(receipts.record)
receipt.command()(receipts.withdraw)
receipt.command("list")(receipts.list_)

audit = typer.Typer(help="Memeriksa keutuhan riwayat isian.", no_args_is_help=True)
audit.command()(acting.verify)

APPS: dict[str, typer.Typer] = {
    "submission": submission,
    "verification": verification,
    "minutes": papers,
    "receipt": receipt,
    "audit": audit,
}
