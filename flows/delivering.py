"""Mail that may leave is sent, in one task."""

from dataclasses import asdict

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from engine.ports import UnreachableError
from flows.current import current
from flows.patience import passes
from flows.sending import send_mail
from flows.unhurried import unhurried


@task(
    cache_policy=NO_CACHE,
    retries=3,
    retry_delay_seconds=[10, 60, 300],
    retry_jitter_factor=0.2,
    retry_condition_fn=passes,
)
def deliver_mail() -> dict[str, int | str]:
    """Send what may leave, and return how many messages met which fate.

    Raises:
        UnreachableError: If the relay could not be reached; what waits is not lost.
    """
    with unhurried() as stopping:
        delivery, _ = send_mail(current(), stopping=stopping)
    if delivery.unreachable:
        raise UnreachableError(delivery.unreachable)
    return asdict(delivery)


@flow(name="deliver")
def deliver() -> None:
    """Send what may leave."""
    deliver_mail()
