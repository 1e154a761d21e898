"""At which named places may a test end the process?

In production a point costs one comparison. A test installs a hook, enumerates the
points and kills the process at each of them in turn.
"""

from collections.abc import Callable
from dataclasses import dataclass

Hook = Callable[[str], None]

_hook: Hook | None = None
_points: set[str] = set()


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the code where the process may be ended; call it when there."""

    name: str

    def __call__(self) -> None:
        """Tell the hook, where a test has installed one."""
        if _hook is not None:
            _hook(self.name)


def point(name: str) -> Point:
    """Register a point, named after its command: `deliver: between mark and dot`.

    To be called once, at the top of a module, so that importing the module is enough
    to know its points; a name registered twice could not be told apart.
    """
    if name in _points:
        raise ValueError(f"the crash point {name!r} is registered twice")
    _points.add(name)
    return Point(name)


def points() -> tuple[str, ...]:
    """Return the names registered by the modules imported so far, sorted."""
    return tuple(sorted(_points))


def install(hook: Hook | None) -> None:
    """Call `hook` with the name of each point reached from now on; None for no more."""
    global _hook  # noqa: PLW0603  # One per process, like the crash that it stands for.
    _hook = hook
