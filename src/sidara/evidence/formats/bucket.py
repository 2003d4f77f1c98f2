"""A bucket of an object store as a store: any that speaks S3. Imports boto3, which only such a server has.

Address, keys and region of the store come from the environment, by the names that boto3 and every tool of S3
know (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …); no fault tells a key.
"""

import base64
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, BinaryIO, ClassVar

from sidara.evidence.core import StoreAway

CONNECTING, ANSWERING, TRIES = 5, 20, 2
"""Seconds until a link stands, and until an answer begins; how often each act is tried."""
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


class Bucket:
    """Files of a bucket whose keys begin with `prefix`."""

    is_far: ClassVar[bool] = True

    def __init__(self, name: str, prefix: str) -> None:
        """Name a bucket; nothing is asked of it yet. `prefix` is empty or ends with a slash."""
        self.name = name
        self.prefix = prefix

    @cached_property
    def _client(self) -> Any:
        import boto3
        from botocore.config import Config

        # Every store knows buckets as paths, not every one the newer sums; an older one is in each request.
        told: Any = {"addressing_style": "path"}
        return boto3.Session().client(
            "s3",
            config=Config(
                connect_timeout=CONNECTING,
                read_timeout=ANSWERING,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3=told,
            ),
        )

    def reach(self) -> None:
        """Ask whether the bucket is there and may be read."""
        with _asked():
            self._client.list_objects_v2(Bucket=self.name, Prefix=self.prefix, MaxKeys=1)

    def put(self, path: str, content: bytes) -> None:
        """Write a file, in place of one that lies there; the store holds what came against its sum."""
        made = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        with _asked():
            self._client.put_object(Bucket=self.name, Key=self.prefix + path, Body=content, ContentMD5=made)

    def has(self, path: str) -> bool:
        """Say whether a file lies there."""
        with _asked() as asked:
            self._client.head_object(Bucket=self.name, Key=self.prefix + path)
        return not asked.is_missing

    def opened(self, path: str) -> BinaryIO | None:
        """Open a file, which is in memory then; `None` where none lies."""
        with _asked() as asked:
            got = self._client.get_object(Bucket=self.name, Key=self.prefix + path)
            return io.BytesIO(got["Body"].read())
        assert asked.is_missing  # noqa: S101 - every other fault was raised
        return None

    def under(self, start: str) -> Iterator[str]:
        """Give the paths that begin so, in order."""
        more: dict[str, str] = {}
        while True:
            with _asked():
                told = self._client.list_objects_v2(Bucket=self.name, Prefix=self.prefix + start, **more)
            for one in told.get("Contents", ()):
                yield str(one["Key"]).removeprefix(self.prefix)
            if not told.get("IsTruncated"):
                return
            more = {"ContinuationToken": told["NextContinuationToken"]}

    def move(self, path: str, to: str) -> None:
        """Give a file another path: it is copied, then taken away; nothing where none lies any more."""
        source = {"Bucket": self.name, "Key": self.prefix + path}
        with _asked():
            self._client.copy_object(Bucket=self.name, Key=self.prefix + to, CopySource=source)
            self.delete(path)

    def delete(self, path: str) -> None:
        """Take a file away; nothing where none lies."""
        with _asked():
            self._client.delete_object(Bucket=self.name, Key=self.prefix + path)


class _Asked:
    """What became of a request: whether the store said that there is no such file."""

    is_missing = False


@contextmanager
def _asked() -> Iterator[_Asked]:
    """Tell every fault of the store in one way; that a file is missing is none."""
    from botocore.exceptions import BotoCoreError, ClientError
    from urllib3.exceptions import HTTPError

    asked = _Asked()
    try:
        yield asked
    except ClientError as fault:
        code = str(fault.response.get("Error", {}).get("Code", ""))
        if code not in _MISSING:
            raise StoreAway(code or type(fault).__name__) from fault
        asked.is_missing = True
    except (BotoCoreError, HTTPError, OSError, ValueError) as fault:
        raise StoreAway(type(fault).__name__) from fault
