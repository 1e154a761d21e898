"""Pages and feeds over HTTP, on this machine alone."""

import uvicorn

from flows.wiring import App, feed_of
from integrations.settings import draw_ballot
from integrations.web.app import create_app


def serve_pages(app: App, *, port: int) -> None:
    """Serve until stopped; no request is logged, since its path may hold a token."""
    web = create_app(app.unit, app.clock, feed_of, draw_ballot)
    uvicorn.run(
        web,
        host="127.0.0.1",
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
    )
