"""A date names a day, a month, a year or a stretch of them (TEI P5 3.6.4).

What the words say is encoded and no more: `@when` for one date, `@from` and `@to` for a stretch,
`@notBefore` and `@notAfter` for a decade or an inferred month. Where the year is left out it is
that of the text itself, if nothing speaks against it, and marked as inferred. Julian dates are not
converted.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from encoder.annotate.moments import Moment, Read
from encoder.edition import Edition
from encoder.flow import Flow, bearing, flows
from encoder.languages import elsewhere
from encoder.lexicon import table
from encoder.model import Cert, Finding, Span
from encoder.profile import Profile
from encoder.roman import number_of

BY = "tei-encoder"
DASH = "[-‐–—]"
EARLIEST, LATEST = 1000, 2100  # four digits outside these years are seldom a year
NEAR = 5  # months: at six the month before and the month after the text are equally far
WORD_BEFORE = re.compile(r"([^\W\d]+|№)\.? $")
WORD_AFTER = re.compile(r" ([^\W\d]+)")
WORD_REACH = 24  # characters in which the word before a number is looked for
AFTER_YEAR = rf"(?![\w%/$€£°]|[.,:'’]\d|{DASH}\w)"
AFTER_MONTH = rf"(?![\w/]|{DASH}\d)"


Reader = Callable[[re.Match[str], "Calendar"], Read | None]


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a language words its dates: the names of months, and the words of `dates.toml`."""

    months: Mapping[str, int]
    bare: frozenset[str]
    words: Mapping[str, frozenset[str]]
    start: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], Reader], ...]


class Context(NamedTuple):
    """What a date is read in: its flow, the language's calendar, and the text's own date."""

    flow: Flow
    calendar: Calendar
    own: Moment | None
    named: int  # the year that was named last, 0 if none was


def find(edition: Edition, profile: Profile) -> Iterator[Span | Finding]:
    """Yield the dates of each flow, and a finding for each that the calendar does not have."""
    own = _own_date(edition.metadata.date)
    language, said = profile.language or edition.metadata.language, elsewhere(edition)
    for tag in dict.fromkeys((language, *(tag for _, _, tag in said))):
        calendar = _calendar(tag)
        beginnings = bearing(edition, calendar.start)
        for flow in flows(edition):
            spoken = partial(_is_spoken, flow, said, "" if tag == language else tag)
            yield from _in_flow(edition, Context(flow, calendar, own, 0), beginnings, spoken)


def _is_spoken(flow: Flow, said: Sequence[tuple[int, int, str]], tag: str, at: int) -> bool:
    """Whether a flow is in a language at an offset; that of the whole text is the empty one."""
    place = flow.source(at) if said else 0
    return next((one for start, end, one in said if start <= place < end), "") == tag


def _own_date(iso: str) -> Moment | None:
    """Return the text's own date if its month is known."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", iso)
    return Moment(int(match[1]), int(match[2])) if match else None


def _in_flow(
    edition: Edition, context: Context, beginnings: frozenset[str], spoken: Callable[[int], bool]
) -> Iterator[Span | Finding]:
    text, here = context.flow.text, 0
    for start in context.flow.matches(context.calendar.start, beginnings):
        at = start.start()
        if at < here or not spoken(at) or _inside_word(text, at):
            continue
        if found := _form(text, at, context.calendar):
            match, read = found
            here = match.end()
            yield from _said(edition, context, match, read)
            context = context._replace(named=read.first.year or context.named)


def _inside_word(text: str, at: int) -> bool:
    """Whether what begins at `at` goes on from a word, a number or a sign before it."""
    before = text[at - 1] if at else " "
    if before.isalnum() or before in "_-‐/#§$£€":
        return True
    return before in ".,:–—" and text[at - 2 : at - 1].isdigit()


def _form(text: str, at: int, calendar: Calendar) -> tuple[re.Match[str], Read] | None:
    for pattern, reader in calendar.forms:
        if (match := pattern.match(text, at)) and (read := reader(match, calendar)):
            return match, read
    return None


def _said(
    edition: Edition, context: Context, match: re.Match[str], read: Read
) -> Iterator[Span | Finding]:
    start, end = context.flow.span(*match.span())
    if not (read.first.exists() and (read.last or read.first).exists()):
        yield _impossible(edition, match.group(), start)
    elif said := _encoded(context, match, read):
        attrs, cert = said
        yield Span(start, end, "date", attrs, by=BY, cert=cert)


def _impossible(edition: Edition, words: str, start: int) -> Finding:
    message = f"the calendar has no {words!r}"
    hint = "correct the reading, or give its date by decision if the calendar is another"
    return edition.finding("date-impossible", "warning", message, start, hint=hint)


def _encoded(
    context: Context, match: re.Match[str], read: Read
) -> tuple[dict[str, str], Cert] | None:
    """Return the attributes of a date and how sure they are; nothing if it is none."""
    if read.first.year:
        return read.attributes(), _certainty(context, match, read.first)
    year = _inferred_year(context, read.first)
    if read.first.day and not year:
        return read.attributes(), "high"
    if not year or not (read.first.day or _after_cue(context, match)):
        return None
    return _in_year(read, year).attributes() | {"evidence": "internal"}, "medium"


def _in_year(read: Read, year: int) -> Read:
    """Return a date with its year; a month as its days, since the year is inferred."""
    first = read.first._replace(year=year)
    if read.last:
        return Read(first, read.last._replace(year=year))
    if first.day:
        return Read(first)
    end = first._replace(day=monthrange(year, first.month)[1])
    return Read(first._replace(day=1), end, within=True)


def _inferred_year(context: Context, moment: Moment) -> int:
    """Return the year that brings a month nearest to the text's own date; 0 if that is open.

    Once another year was named, a month may be that year's.
    """
    own = context.own
    if own is None or context.named not in (0, own.year):
        return 0
    distance = (moment.month - own.month + 6) % 12 - 6
    if abs(distance) > NEAR:
        return 0
    return own.year + (own.month - 1 + distance) // 12


def _after_cue(context: Context, match: re.Match[str]) -> bool:
    return _word_before(match) in context.calendar.words["month_cue"]


def _word_before(match: re.Match[str]) -> str:
    before = WORD_BEFORE.search(match.string, max(match.start() - WORD_REACH, 0), match.start())
    return before[1].casefold() if before else ""


def _word_after(match: re.Match[str]) -> str:
    after = WORD_AFTER.match(match.string, match.end())
    return after[1] if after else ""


def _certainty(context: Context, match: re.Match[str], first: Moment) -> Cert:
    sure = first.month or "decade" in match.groupdict() or _by_word(match, context.calendar)
    return "high" if sure else "medium"


# What may be a date is read by its form; a reader says what it is, or that it is none.


def _by_day(match: re.Match[str], calendar: Calendar) -> Read | None:
    """Read `21 oktober 1928`, `3–5 maj`, `October 21, 1928`."""
    month = calendar.months[match["month"]]
    first = Moment(int(match["year"] or 0), month, int(match["day"]))
    last = first._replace(day=int(match["last"])) if match["last"] else None
    unlikely = first.day > 31 and not first.year
    return None if unlikely or not first.day or (last and last <= first) else Read(first, last)


def _by_month(match: re.Match[str], calendar: Calendar) -> Read | None:
    """Read `oktober 1928`, `May–June 1928`."""
    if _word_before(match) in calendar.words["roman"] or _counts(match, calendar):
        return None
    first = Moment(int(match["year"]), calendar.months[match["month"]])
    last = first._replace(month=calendar.months[match["last"]]) if match["last"] else None
    return None if last and last <= first else Read(first, last)


def _bare_month(match: re.Match[str], calendar: Calendar) -> Read | None:
    known = match["month"] in calendar.bare
    return Read(Moment(0, calendar.months[match["month"]])) if known else None


def _numeric(match: re.Match[str], calendar: Calendar) -> Read | None:
    """Read `1928-10-21`, `21.10.1928`, `21/10 1928`; not `3/5/1928` if it may be either month."""
    day, month = int(match["day"]), int(match["number"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    certain = day > 12 or day == month or match["sep"] != "/" or calendar.words["day_first"]
    return Read(Moment(int(match["year"]), month, day)) if certain else None


def _roman(match: re.Match[str], _calendar: Calendar) -> Read | None:
    """Read `18. VIII. 1893`."""
    month, day = number_of(match["roman"]), int(match["day"])
    known = 1 <= month <= 12 and 1 <= day <= 31 and EARLIEST <= int(match["year"]) < LATEST
    return Read(Moment(int(match["year"]), month, day)) if known else None


def _decade(match: re.Match[str], _calendar: Calendar) -> Read | None:
    first = int(match["decade"])
    known = EARLIEST <= first < LATEST
    return Read(Moment(first), Moment(first + 9), within=True) if known else None


def _years(match: re.Match[str], calendar: Calendar) -> Read | None:
    """Read `1924–1928` and `1924–28` where a year may stand."""
    first, last = Moment(int(match["year"])), match["last"]
    end = Moment(int(match["year"][: 4 - len(last)] + last))
    return Read(first, end) if first < end and _is_year(match, calendar) else None


def _year(match: re.Match[str], calendar: Calendar) -> Read | None:
    return Read(Moment(int(match["year"]))) if _is_year(match, calendar) else None


def _is_year(match: re.Match[str], calendar: Calendar) -> bool:
    """Whether four digits stand as a year: by the words around them, or at the end of a phrase."""
    year, after = int(match["year"]), _word_after(match)
    if not EARLIEST <= year <= LATEST or _counts(match, calendar):
        return False
    if _by_word(match, calendar):
        return year % 100 != 0 or not after.islower() or after in calendar.words["year_after"]
    return year % 100 != 0 and match.string[match.end() : match.end() + 1] in tuple(".,;:)]?!\n")


def _by_word(match: re.Match[str], calendar: Calendar) -> bool:
    """Whether a word or the brackets around it show that a number is a year."""
    if match.string[match.start() - 1 : match.start()] == "(":
        return match.string[match.end() : match.end() + 1] in (")", ",", ";")
    if _word_before(match) in calendar.words["year_cue"]:
        return True
    lone = match.start() == 0 or match.string[match.start() - 1].isspace()
    round_number = int(match["year"]) % 100 == 0
    return lone and not round_number and _word_after(match) in calendar.words["year_after"]


def _counts(match: re.Match[str], calendar: Calendar) -> bool:
    """Whether the number is of pages or copies, or of an era that is not ours."""
    if _word_before(match) in calendar.words["counted"]:
        return True
    after = match.string[match.end() : match.end() + WORD_REACH]
    return any(
        after.startswith(f" {unit}") and not after[len(unit) + 1 : len(unit) + 2].isalnum()
        for unit in calendar.words["units"]
    )


# How a language words its dates, made from its data once.


@cache
def _calendar(language: str) -> Calendar:
    """Return the calendar of a language; of all in Latin script where none is known."""
    data, primary = table("dates"), language.split("-")[0]
    known = {"nb": "no", "nn": "no"}.get(primary, primary)
    if known in data:
        return _worded([known], dict(data[known]))
    tags = [tag for tag in data if tag != "ru"]
    shared = ("ordinal", "of", "year_of", "decade", "counted", "units", "roman")
    return _worded(tags, {key: _union(data[tag].get(key, ()) for tag in tags) for key in shared})


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(word for words in lists for word in words))


def _worded(tags: list[str], data: Mapping[str, Any]) -> Calendar:
    months = {form: number for tag in tags for form, number in _month_names(tag, "")}
    full = {form for tag in tags for form, _ in _month_names(tag, "wide")}
    folded = {
        key: frozenset(word.casefold() for word in data.get(key, ()))
        for key in ("month_cue", "roman", "year_cue", "year_after", "counted")
    }
    plain = {"units": data.get("units", ()), "day_first": ["yes"] if data.get("day_first") else ()}
    words = folded | {key: frozenset(value) for key, value in plain.items()}
    start = re.compile(rf"\d+|(?:{_any(months)})(?!\w)")
    bare = frozenset(full - set(data.get("not_month", ())))
    return Calendar(months, bare, words, start, _forms(months, data))


def _month_names(tag: str, only: str) -> Iterator[tuple[str, int]]:
    """Yield the spellings of each month: all, or the full names as the language writes them."""
    for context in ("format", "stand-alone"):
        for width in (only,) if only else ("wide", "abbreviated"):
            for number, name in _cldr(tag)[context][width].items():
                yield from ((form, number) for form in ((name,) if only else _spellings(name)))
    for number, names in table("dates")[tag].get("forms", {}).items():
        forms = names if only else [form for name in names for form in _spellings(name)]
        yield from ((form, int(number)) for form in forms)


def _spellings(name: str) -> tuple[str, ...]:
    bare = name.rstrip(".")
    return bare, bare[0].upper() + bare[1:], bare.upper()


def _cldr(tag: str) -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    """Return the month names of a language as CLDR has them."""
    from babel import Locale

    return Locale.parse(tag).months


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _maybe(words: Iterable[str], after: str = "") -> str:
    choice = _any(words)
    return f"(?:(?:{choice}){after})?" if choice else ""


def _forms(
    months: Mapping[str, int], data: Mapping[str, Any]
) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Return the forms of a date, the longest first, each with its reader."""
    month = rf"(?P<month>{_any(months)})(?!\w)"
    nth = rf"{_maybe(data.get('ordinal', ()))}\.?"
    of = f" ?{_maybe(data.get('of', ()), ' ')}"
    of_year = rf"\.?(?:,? {_maybe(data.get('year_of', ()), ' ')}|,)"
    year = rf"(?P<year>\d{{4}}){AFTER_MONTH}"
    day = rf"(?P<day>\d{{1,2}}){nth}(?: ?{DASH} ?(?P<last>\d{{1,2}}){nth})?(?!\d)"
    # Behind the month a full stop is the sentence's.
    last = day.replace(nth, nth.removesuffix(r"\.?"))
    month_first = [(rf"{month}\.? {last}(?:,? {year})?", _by_day)] * bool(data.get("month_first"))
    worded: list[tuple[str, Reader]] = [
        (rf"{day}{of}{month}(?:{of_year}{year})?", _by_day),
        *month_first,
        (rf"{month}(?:\.? ?{DASH} ?(?P<last>{_any(months)}))?{of_year}{year}", _by_month),
        (month, _bare_month),
        (r"(?P<year>\d{4})(?P<sep>-)(?P<number>\d\d)-(?P<day>\d\d)(?!\w)", _numeric),
        (r"(?P<day>\d\d?)(?P<sep>\.) ?(?P<number>\d\d?)\. ?(?P<year>\d{4})(?!\w)", _numeric),
        (r"(?P<day>\d\d?)(?P<sep>/)(?P<number>\d\d?)[/ ](?P<year>\d{4})(?!\w)", _numeric),
        (r"(?P<day>\d\d?)\.? ?(?P<roman>[IVX]{1,4})\.? ?(?P<year>\d{4})(?!\w)", _roman),
        *((_decade_form(form), _decade) for form in data.get("decade", ())),
        (rf"(?P<year>\d{{4}}) ?[-–—] ?(?P<last>\d{{4}}|\d\d){AFTER_YEAR}", _years),
        (rf"(?P<year>\d{{4}}){AFTER_YEAR}", _year),
    ]
    return tuple((re.compile(form), reader) for form, reader in worded)


def _decade_form(form: str) -> str:
    return re.escape(form).replace(r"\{\}", r"(?P<decade>\d\d[1-9]0)") + r"(?!\w)"
