"""The rehearsed year, done for real: a database on disk, mail over SMTP, restarts."""

import datetime as dt
from pathlib import Path

from engine.commands.advance import advance
from engine.commands.apply import apply
from engine.commands.deliver import deliver
from engine.facts import to_lines
from flows.wiring import App, wire
from integrations.clock import FixedClock
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from tests.acceptance.conftest import RehearsedYear
from tests.fakes.sink import Sink, listening

LEASE = dt.timedelta(minutes=5)
RESTART_EVERY = 40


def test_the_same_year_for_real_has_the_same_facts_and_the_same_mails(
    year: RehearsedYear, tmp_path: Path
) -> None:
    clock = FixedClock(year.rehearsed.began)

    with listening(Sink()) as sink:
        app = _start(year, clock, tmp_path, sink)
        apply(app.unit, year.files, now=clock.now())
        for number, (moment, reactions) in enumerate(year.rehearsed.steps, start=1):
            if number % RESTART_EVERY == 0:
                _stop(app)
                app = _start(year, clock, tmp_path, sink)
            clock.move(moment)
            for reaction in reactions:
                app.unit.perform(
                    year.files.id, reaction.command, now=moment, actor=reaction.actor
                )
            advance(app.unit, year.files.id, now=moment)
            deliver(app.outbox, app.mailer(), clock, lease=LEASE)
        facts = app.unit.store.facts(year.files.id)
        _stop(app)

    assert to_lines(facts) == to_lines(year.rehearsed.facts)
    sent = [payload for _, payload in sink.accepted]
    assert sent == [path.read_bytes() for path in year.sent]


def _start(year: RehearsedYear, clock: FixedClock, folder: Path, sink: Sink) -> App:
    """Return an application with nothing in memory, as after a restart."""
    mailer = SmtpMailer(Relay(host="127.0.0.1", port=sink.port, security="none"))
    return wire(
        f"sqlite:///{folder / 'stafet.db'}",
        installation=year.rehearsed.app.unit.installation,
        clock=clock,
        mailer=lambda: mailer,
    )


def _stop(app: App) -> None:
    app.mailer().close()
    app.engine.dispose()
