"""How hard the properties of the engine are tried: HYPOTHESIS_PROFILE=nightly for the larger profile."""

import os

from hypothesis import settings

settings.register_profile("pull-request", max_examples=50, deadline=None)
settings.register_profile("nightly", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "pull-request"))
