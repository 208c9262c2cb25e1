"""How much may be made of one document: some schemas could be followed only without end."""

from __future__ import annotations

# A document makes so many patterns of a schema at most, and so many more for each of its tags; the
# whole TEI makes some thousands, and few for a tag.
MOST, A_TAG = 100_000, 50


class AmbiguousError(Exception):
    """What a schema allows here is more than can be followed in good time."""


class _Budget:
    """How many patterns may still be made for one document."""

    left = MOST

    def reset(self) -> None:
        self.left = MOST

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise AmbiguousError


BUDGET = _Budget()
