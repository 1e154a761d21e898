"""Which application do the tasks of this process work on?"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from engine.ports import Clock
from flows.wiring import App, wire
from integrations.clock import SystemClock
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from integrations.settings import Settings
from integrations.spec_files import built_in_texts

_given: ContextVar[App | None] = ContextVar("given", default=None)


def current() -> App:
    """Return the application that was given, or else that of this installation."""
    return _given.get() or _installed_once()


@contextmanager
def using(app: App) -> Iterator[None]:
    """Let tasks that are called in here work on this application."""
    token = _given.set(app)
    try:
        yield
    finally:
        _given.reset(token)


def installed(clock: Clock) -> App:
    """Return the application that the settings describe."""
    settings = Settings()
    relay = Relay(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_user,
        password=settings.smtp_password,
    )
    return wire(
        settings.url,
        installation=settings.installation(built_in_texts()),
        clock=clock,
        mailer=lambda: SmtpMailer(relay),
    )


@cache
def _installed_once() -> App:
    """Wire once a process: what a cohort's facts come to is kept between tasks."""
    return installed(SystemClock())
