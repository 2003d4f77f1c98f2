"""Give the tests a home folder of their own before Django reads its settings (`-p tests.home`)."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="sidara-test-")
os.environ["SIDARA_HOME"] = HOME
os.environ.setdefault("SIDARA_SECRET_KEY", "only-for-tests")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
