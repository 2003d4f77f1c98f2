"""A server of an object store that speaks S3, in a process of its own: moto, over real HTTP."""

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection

BUCKET = "bukti"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "contoh",
    "AWS_SECRET_ACCESS_KEY": "contoh",
    "AWS_REGION": "ap-southeast-3",
    "AWS_DEFAULT_REGION": "ap-southeast-3",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


NAMED = {"Authorization": "AWS4-HMAC-SHA256 Credential=contoh/20261130/us-east-1/s3/aws4_request"}


class Server:
    """A store on a port of this machine; it keeps nothing when it is stopped."""

    def __init__(self):
        """Start it, and wait until it says where it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.evidence.storing"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        self.address = f"http://127.0.0.1:{self.port}"

    def environment(self):
        """Give what tells boto3 of it."""
        return {**ENVIRONMENT, "AWS_ENDPOINT_URL": self.address}

    def ask(self, method, path, body=None):
        """Ask for a key of the bucket without the library that is tested; gives status and body."""
        return self._asked(method, f"/{BUCKET}{path}", body)

    def _asked(self, method, path, body=None):
        with closing(HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.request(method, path, body=body, headers=NAMED)
            with connection.getresponse() as answer:
                return answer.status, answer.read()

    def empty(self):
        """Make the bucket anew."""
        self._asked("POST", "/moto-api/reset")
        self.ask("PUT", "")

    def lying(self):
        """Give the keys of all files."""
        _, body = self.ask("GET", "?list-type=2")
        return sorted(part.partition("</Key>")[0] for part in body.decode().split("<Key>")[1:])

    def pause(self):
        """Let it answer nothing until it goes on."""
        self.process.send_signal(signal.SIGSTOP)

    def stop(self):
        """End it at once."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def main():
    """Answer until killed; write the port first."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
