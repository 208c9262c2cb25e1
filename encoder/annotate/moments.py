"""What the words of a date say, as far as they say it, and how TEI writes that down."""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple


class Moment(NamedTuple):
    """A day, month or year as far as it is said; 0 for what is not."""

    year: int
    month: int = 0
    day: int = 0

    def iso(self) -> str:
        """Return it as W3C and TEI write it: `1928-10-21`, `1928-10`, `--10-21`."""
        year = f"{self.year:04}" if self.year else "-"
        return year + "".join(f"-{part:02}" for part in self[1:] if part)

    def exists(self) -> bool:
        """Whether the calendar has it; a leap year where the year is unknown."""
        if not self.month:
            return True
        return self.month <= 12 and self.day <= monthrange(self.year or 2000, self.month)[1]


class Read(NamedTuple):
    """What the words of a date say: one moment, or the first and the last of a stretch.

    `within` says that the date lies somewhere in the stretch, not that it fills it.
    """

    first: Moment
    last: Moment | None = None
    within: bool = False

    def attributes(self) -> dict[str, str]:
        """Return the attributes that say it (TEI P5 att.datable.w3c)."""
        if self.last is None:
            return {"when": self.first.iso()}
        first, last = ("notBefore", "notAfter") if self.within else ("from", "to")
        return {first: self.first.iso(), last: self.last.iso()}
