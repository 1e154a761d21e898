"""What an installation is told by its environment: the only reader of it."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.installation import Installation

_KEY_BYTES = 32


class Settings(BaseSettings):
    """Every `STAFET_...` variable, each with a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="STAFET_", frozen=True)

    home: Path = Field(
        default=Path("var"), description="Folder of the database and the key."
    )
    database_url: str = Field(
        default="", description="SQLAlchemy URL; empty for SQLite in the home folder."
    )
    base_url: str = Field(
        default="http://localhost:8000",
        description="Where participants reach the pages and feeds.",
    )
    domain: str = Field(
        default="stafet.localhost", description="Right-hand side of message ids."
    )
    smtp_host: str = Field(default="localhost", description="The mail relay.")
    smtp_port: int = Field(default=25, description="Its port.")
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        default="starttls", description="`none`, `starttls` or `tls`."
    )
    smtp_user: str = Field(default="", description="User name, where one is asked for.")
    smtp_password: str = Field(default="", description="And the password.", repr=False)

    @property
    def url(self) -> str:
        """The database, made in the home folder when nothing else is said."""
        if self.database_url:
            return self.database_url
        self.home.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.home / 'stafet.db'}"

    def installation(self, texts: Mapping[str, Mapping[str, str]]) -> Installation:
        """Return the installation, with its key made at the first call and kept."""
        return Installation(
            key=_key(self.home / "key"),
            base_url=self.base_url.rstrip("/"),
            domain=self.domain,
            texts=texts,
        )


def _key(path: Path) -> bytes:
    """Return the secret of the installation, made whole or not at all.

    Only its owner may read the file. Of two processes that make one at the same time,
    the slower takes the other's.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(_KEY_BYTES))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_bytes()


def draw_ballot() -> str:
    """Return a random id for an answer, which leads back to nobody."""
    return secrets.token_hex(16)


@contextmanager
def environment(variables: Mapping[str, str], *, instead_of: str) -> Iterator[None]:
    """Give this process and its children variables in place of those with a prefix.

    For libraries that take what they are told from the environment alone.
    """
    replaced = {name: os.environ[name] for name in os.environ if name in variables}
    hidden = {name: os.environ.pop(name) for name in _named(instead_of)}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            os.environ.pop(name, None)
        os.environ.update(replaced | hidden)


def _named(prefix: str) -> list[str]:
    return [name for name in os.environ if name.startswith(prefix)]
