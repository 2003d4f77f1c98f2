"""Long work says again what it is at, and is silent once it is done."""

from queue import Queue
from threading import enumerate as enumerate_threads

import pytest

from sidara.demo.alive import alive


def test_the_last_line_is_repeated_until_the_next_one():
    said: Queue[str] = Queue()
    with alive(said.put, every=0.001) as told:
        told("satu")
        assert [said.get(timeout=60) for _ in range(3)] == ["satu", "masih: satu", "masih: satu"]
        told("dua")
        while (line := said.get(timeout=60)) != "dua":
            assert line == "masih: satu"
        assert said.get(timeout=60) == "masih: dua"


def test_nothing_is_repeated_while_lines_come_or_after_the_end():
    said: list[str] = []
    with alive(said.append, every=3600) as told:
        told("satu")
        told("dua")
    assert said == ["satu", "dua"]


def test_a_fault_of_the_work_ends_the_voice():
    said: list[str] = []

    def work() -> None:
        with alive(said.append, every=3600) as told:
            told("satu")
            raise ValueError("rusak")

    with pytest.raises(ValueError, match="rusak"):
        work()
    assert said == ["satu"]
    assert "masih" not in [one.name for one in enumerate_threads()]
