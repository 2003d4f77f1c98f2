"""Give the tests a home folder of their own before Django reads its settings (`-p tests.home`)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="sidara-test-")
os.environ["SIDARA_HOME"] = HOME
os.environ.setdefault("SIDARA_SECRET_KEY", "only-for-tests")
os.environ.setdefault("SIDARA_TEST_HOMES", str(Path(HOME, "made")))
"""Where `tests.serving.made` keeps home folders; workers take that of the run that started them."""
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
