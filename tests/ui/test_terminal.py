"""How commands speak: the gravest first, few of a kind, words on standard error, JSON whole or not at all."""

import json

import pytest

from sidara.kernel.finding import Finding, Place, Severity
from sidara.ui import terminal


def test_the_gravest_comes_first_and_the_many_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    infos = [Finding("SEEN", f"Dilihat {n}.", severity=Severity.INFO) for n in range(7)]
    fault = Finding("WRONG", "Salah [x].", "Perbaiki.", Severity.ERROR, Place(3, "kode"))
    terminal.say_findings([*infos, fault], rest="; lihat laporan")
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert lines[0] == "galat (baris 3, kolom kode): Salah [x]. Perbaiki. [WRONG]"
    assert lines[1] == "keterangan: Dilihat 0. [SEEN]"
    assert lines[-1] == "… dan 2 temuan SEEN lagi; lihat laporan."
    assert len(lines) == 1 + terminal.SHOWN + 1


def test_every_severity_has_its_word() -> None:
    assert set(terminal.SEVERITIES) == set(Severity)


def test_a_report_stands_whole_and_json_keeps_letters(tmp_path, capsys) -> None:
    file = tmp_path / "laporan.json"
    terminal.write_report(file, {"nama": "Désa"})
    terminal.write_json({"nama": "Désa"})
    assert json.loads(file.read_text("utf-8")) == json.loads(capsys.readouterr().out)
    assert "Désa" in file.read_text("utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["laporan.json"]
