"""Settings for every test: no test sees what another, or the person, has kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ojmf", deadline=None, derandomize=True)
settings.load_profile("ojmf")


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the test run's own, also for the processes that it starts."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OJMF_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def made_up_country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of ``ojmf init --demo``, to be read and not changed."""
    from ojmf.authoring.demo import demo
    from ojmf.output import write_folder

    folder = tmp_path_factory.mktemp("land") / "arbetsyta"
    write_folder(folder, demo())
    return folder
