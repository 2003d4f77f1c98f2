"""Where files of evidence lie: what `SIDARA_EVIDENCE` says, read when the settings are."""

import re
from dataclasses import dataclass
from importlib.util import find_spec

_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A bucket, and with what the keys of its files begin (empty, or ended by a slash)."""

    bucket: str
    prefix: str


def address(text: str) -> Address | None:
    """Read where files lie; `None` = in `SIDARA_HOME`.

    Refuses (`ValueError`, in words for people) any other address, and a bucket where the library for it is
    missing.
    """
    if not text:
        return None
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise ValueError(
            f"SIDARA_EVIDENCE={text!r} tidak dikenal. Tulis seperti s3://ember/awalan, atau kosongkan untuk "
            "SIDARA_HOME."
        )
    if find_spec("boto3") is None:
        raise ValueError(
            "SIDARA_EVIDENCE menunjuk penyimpanan objek, tetapi pustakanya belum ada. Pasang sidara[s3], "
            "atau kosongkan untuk SIDARA_HOME."
        )
    prefix = (found[2] or "").strip("/")
    return Address(found[1], f"{prefix}/" if prefix else "")
