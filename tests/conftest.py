"""Settings shared by all tests."""

import os

from hypothesis import HealthCheck, settings

# Timings are noisy on shared machines, so no deadline; a run is repeatable unless exploring is asked for.
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
