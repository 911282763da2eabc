"""Property tests draw the same examples in every run, untimed; ``--hypothesis-profile=search`` draws new ones."""

from hypothesis import HealthCheck, settings

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same examples", UNTIMED, derandomize=True)
settings.register_profile("search", UNTIMED, print_blob=True)
settings.load_profile("same examples")
