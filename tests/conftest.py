"""What every test shares: how hypothesis searches."""

from hypothesis import HealthCheck, settings

# The same examples on every run: a failure is never luck.
settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# For a person looking for trouble: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("ci")
