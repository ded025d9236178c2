"""Settings for every test: generated examples are the same on every machine and every run."""

from hypothesis import settings

settings.register_profile("ojmf", deadline=None, derandomize=True)
settings.load_profile("ojmf")
