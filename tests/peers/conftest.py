"""Where the data of peers is, which are not ours to ship: see `make test-peers`."""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--mentor-match-data",
        type=Path,
        help="the folder with mentors.csv, mentees.csv and scores.npz of mentor-match",
    )


@pytest.fixture(scope="session")
def mentor_match_data(request: pytest.FixtureRequest) -> Path:
    """The folder with the data of mentor-match; that there is none is a failure."""
    folder: Path | None = request.config.getoption("--mentor-match-data")
    if folder is None or not (folder / "mentors.csv").is_file():
        pytest.fail(
            "mentor-match's data is missing: set MENTOR_MATCH_DATA to the folder with"
            " its mentors.csv, mentees.csv and scores.npz",
            pytrace=False,
        )
    return folder
