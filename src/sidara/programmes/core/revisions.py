"""Two editors of one thing: who writes last must have read last."""

from sidara.kernel.finding import Finding


def changed_elsewhere(*, held: int, seen: int) -> tuple[Finding, ...]:
    """Say that somebody changed a thing after the editor read it; nothing where nobody did."""
    if held == seen:
        return ()
    return (
        Finding(
            "CHANGED_ELSEWHERE",
            f"Anda membuka versi {seen}, tetapi sementara itu orang lain menyimpan versi {held}.",
            "Muat ulang halaman, lihat perubahannya, lalu ulangi perubahan Anda.",
            value=str(held),
        ),
    )
