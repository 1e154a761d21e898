"""Is every variable of the environment documented, with its default?"""

from integrations.settings import Settings
from tests.unit.docs.pages import code, page, rows

PREFIX = str(Settings.model_config["env_prefix"])


def test_every_setting_is_documented_with_its_default_and_meaning() -> None:
    told = [
        (code(variable)[0], default.strip("`"), meaning)
        for variable, default, meaning in rows(page("docs/settings.md"))
    ]

    assert told == [
        (
            f"{PREFIX}{name}".upper(),
            "none" if field.default in ("", None) else str(field.default),
            field.description,
        )
        for name, field in Settings.model_fields.items()
    ]
