"""What a mail links to: a person's calendar, and a page for each thing to be told."""

from integrations.web.app import create_app
from integrations.web.feeds import FeedWriter

__all__ = ["FeedWriter", "create_app"]
