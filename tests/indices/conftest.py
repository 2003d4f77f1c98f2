"""What the tests of the indices share: the definition, the official cases, a home for the command."""

import pytest

from sidara.indices import queries
from sidara.kernel.actor import PUBLIC
from tests.indices import official


@pytest.fixture(scope="session")
def idm():
    return queries.definition(PUBLIC, "idm")


@pytest.fixture(scope="session")
def version(idm):
    return idm.versions[0]


@pytest.fixture(scope="session")
def desa():
    """The definition of Indeks Desa 2025."""
    return queries.definition(PUBLIC, "indeks-desa")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A home folder of the program itself."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def cases(shared):
    return official.item_cases(shared)


@pytest.fixture(scope="session")
def all_cases(cases):
    """The cases of the 31 provinces, one list."""
    return [
        one for name, rows in cases.items() if name not in {official.EDGE, official.SINGLE} for one in rows
    ]


@pytest.fixture(scope="session")
def desa_cases(shared):
    """The villages of Lampung Timur with their published points of six dimensions."""
    return official.desa_cases(shared)


@pytest.fixture(scope="session")
def replies(shared):
    return official.replies(shared)
