"""A mention is a name where a text has it; a judgement says whom it means.

What is known of the whole text goes with them: how it uses words, its date, who is surely in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from encoder.naming.company import Company
from encoder.naming.context import Context, Voice
from encoder.naming.forms import Form, Strength
from encoder.naming.spelling import TOKEN

Cert = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Mention:
    """A form of a name where a running text has it: offsets in that text, and its neighbours."""

    text: int
    start: int
    end: int
    words: str
    forms: tuple[Form, ...]
    around: Context
    exact: bool = True
    titles: int = 0

    @cached_property
    def is_single(self) -> bool:
        """Whether it is one word alone, no forename before it."""
        form = self.forms[0]
        return form.strength != Strength.FULL and len(TOKEN.findall(form.text)) == 1


@dataclass(frozen=True)
class Judgement:
    """Whom a mention means: its bearers, the likeliest first, and what decided it.

    No bearer means that it was found to be nobody of the register; `why` says what decided.
    """

    mention: Mention
    forms: tuple[Form, ...]
    cert: Cert = "high"
    why: str = ""
    open: bool = False


class Circumstances(NamedTuple):
    """What is known of the whole text: how it uses words, when it was written, who is surely in it.

    `year` is 0 where no date is known. `ladies` are the women that the text gives a title whenever
    it surely means them; `houses` are the surnames it has, `called` the forenames it has alone,
    `bare` the names that stand in it without a title or an article. `company` tells whom the
    other texts name; `middle` is when the middle one of the register was born.
    """

    voice: Voice
    year: int
    forenames: frozenset[str]
    bound: Mapping[str, int]
    ladies: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    company: Callable[[], Company] = Company
    middle: int = 0
