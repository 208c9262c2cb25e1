"""A page of a review shows one question: the words in their paragraph, what was seen, the answers.

It is plain HTML with forms, so that keyboards and screen readers work as they always do; the
script only lets single keys press its buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from encoder.registers import Person
from encoder.report import escape
from encoder.review.questions import Question
from encoder.review.session import Session

SCOPES = {
    "place": "this place",
    "text": "everywhere in this text",
    "project": "everywhere in the project",
}
KINDS = {"person": "person", "place": "place", "org": "organisation", "work": "work"}
REFUSE = {"name": "Not a name", "text": "It is right as it stands", "person": "Not a person"}


def question(
    session: Session, number: int, said: str = "", error: str = "", search: str | None = None
) -> str:
    """Return the page of a question.

    Args:
        said: what the last answer did.
        error: why an answer was refused.
        search: words that an entry of the registers is looked for by.
    """
    asked = session.questions[number]
    before, words, after = asked.first.context
    evidence = "".join(f"<li>{escape(line)}</li>" for line in asked.evidence if line)
    body = (
        f'<p class="place">{escape(asked.first.place)}</p>\n'
        f'<blockquote dir="auto" translate="no"><p>{escape(before)}<mark>{escape(words)}</mark>'
        f"{escape(after)}</p></blockquote>\n"
        f"<h2>What was seen</h2>\n<ul>{evidence}</ul>\n"
        f"{_answered(session, number)}"
        f"<h2>Your answer</h2>\n{_main_form(asked)}"
        f"{_other(session, asked, search)}{_form_of(asked)}"
    )
    return _page(session, asked.title, body, said, error, number)


def listing(session: Session, title: str, numbers: Iterable[int]) -> str:
    """Return a page that lists questions, and what was answered."""
    rows = "".join(f"<li>{_row(session, number)}</li>\n" for number in numbers)
    return _page(session, title, f"<ol>{rows}</ol>" if rows else "<p>There are none.</p>")


def done(session: Session, said: str = "") -> str:
    """Return the page that is shown when nothing is open."""
    body = (
        f"<p>{len(session.answers)} answered in this sitting. What you decided may raise new "
        'questions.</p>\n<form method="post" action="again">'
        f"{_button('look', '', 'Look again', 'g')}</form>"
    )
    return _page(session, "Nothing is open", body, said)


def refused(message: str) -> str:
    """Return the page of a request that is not served."""
    return f"<!DOCTYPE html><html lang=en><title>Refused</title><p>{escape(message)}</p>"


def _page(
    session: Session, title: str, body: str, said: str = "", error: str = "", number: int = -1
) -> str:
    told = f'<p id="said" role="status">{escape(said)}</p>\n' if said else ""
    wrong = f'<p id="wrong" role="alert">{escape(error)}</p>\n' if error else ""
    by = " ".join(key for key, there in (("wrong", error), ("said", said)) if there)
    described = f' aria-describedby="{by}"' if by else ""
    count, total = sum(n < session.count for n in session.answers), session.count
    here = f"{number + 1} of {total}: " if 0 <= number < total else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{here}{escape(title)} – Review</title>\n"
        '<link rel="stylesheet" href="review.css">\n<script src="review.js" defer></script>\n'
        "</head>\n<body>\n<header>\n"
        f'<p><label for="progress">{count} of {total} answered</label> '
        f'<progress id="progress" value="{count}" max="{max(total, 1)}"></progress></p>\n'
        f"{_navigation(session, number)}</header>\n<main>\n{told}{wrong}"
        f'<h1 tabindex="-1"{described}>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _navigation(session: Session, number: int) -> str:
    following = session.next(number)
    skip = _link(f"{following}", "Skip", "s") if following is not None and number >= 0 else ""
    return (
        f'<nav aria-label="Review">{skip}{_link("list", "All questions", "l")}'
        '<form method="post" action="undo">'
        f"{_button('undo', '', 'Undo the last answer', 'u')}</form>"
        '<form action="words" role="search"><label for="words">Find words in the texts</label> '
        '<input id="words" name="q" data-key="w" aria-keyshortcuts="w" autocomplete="off">'
        '<button>Find <kbd aria-hidden="true">w</kbd></button></form>'
        '<label><input type="checkbox" id="keys" checked> single keys answer</label></nav>\n'
    )


def _main_form(asked: Question) -> str:
    return (
        f'<form method="post">\n{_scopes(asked)}<p class="answers">{"".join(_answers(asked))}</p>\n'
        "</form>\n"
    )


def _answers(asked: Question) -> Iterator[str]:
    """Yield the buttons of a question, the likeliest answer first."""
    if asked.kind == "text":
        yield _button("accept", "", f"Accept: “{asked.reading}”", "a")
    elif asked.kind == "person":
        yield _button("accept", "", f"New in the register: {asked.names[0]}", "a")
    marked = asked.first.bench.meant(asked.first.words)
    for number, person in enumerate(asked.candidates[:9], 1):
        if person.id == marked:
            yield _button("accept", "", f"Accept: {_who(person)}", "a")
        else:
            yield _button("link", person.id, _who(person), str(number))
    yield _button("reject", "", REFUSE[asked.kind], "n")
    if asked.kind == "name" and " " in asked.first.text:
        yield _button("split", "", "Several names", "d")


def _who(person: Person) -> str:
    life = f" ({person.birth}–{person.death})" if person.birth or person.death else ""
    return f"{person.name}{life}, {person.id}"


def _other(session: Session, asked: Question, search: str | None) -> str:
    """Return the search for another entry, and what it found."""
    if asked.kind == "text":
        return ""
    found = session.entries(search) if search else []
    buttons = "".join(_button("link", person.id, _who(person), "") for person in found)
    shown = f'<form method="post">\n{_scopes(asked)}<p class="answers">{buttons}</p></form>\n'
    none = f"<p>No entry has “{escape(search or '')}”.</p>\n" if search and not found else ""
    return (
        '<form role="search" aria-label="Registers"><p><label for="find">Other person: name in the '
        f'registers</label> <input id="find" name="find" value="{escape(search or "")}" '
        'data-key="o" aria-keyshortcuts="o" autocomplete="off"> '
        '<button>Search <kbd aria-hidden="true">o</kbd></button></p></form>\n'
        f"{shown if found else none}"
    )


def _form_of(asked: Question) -> str:
    """Return the form for what is not in the registers, or for another reading."""
    if asked.kind == "text":
        return (
            '<form method="post"><p><label for="value">Other reading</label> '
            f'<input id="value" name="value" value="{escape(asked.first.text)}" data-key="o" '
            f'aria-keyshortcuts="o" autocomplete="off"> {_scope_menu(asked)}'
            '<button name="action" value="correct">Correct '
            '<kbd aria-hidden="true">o</kbd></button></p></form>\n'
        )
    name = escape(asked.names[0] if asked.names else asked.first.text)
    options = "".join(f'<option value="{kind}">{said}</option>' for kind, said in KINDS.items())
    return (
        '<form method="post"><p><label for="value">New in the register: name</label> '
        f'<input id="value" name="value" value="{name}" data-key="p" '
        f'aria-keyshortcuts="p" autocomplete="off"> <label for="kind">kind</label> '
        f'<select id="kind" name="kind">{options}</select> {_scope_menu(asked)}'
        '<button name="action" value="new">Add '
        '<kbd aria-hidden="true">p</kbd></button></p></form>\n'
    )


def _scopes(asked: Question) -> str:
    """Return how far an answer goes, as radio buttons."""
    if asked.kind == "person":
        return ""
    radios = "".join(
        f'<label><input type="radio" name="scope" value="{scope}"'
        f"{' checked' if scope == 'place' else ''}> {said}</label> "
        for scope, said in SCOPES.items()
    )
    return f"<fieldset><legend>The answer is for</legend>{radios}</fieldset>\n"


def _scope_menu(asked: Question) -> str:
    if asked.kind == "person":
        return ""
    options = "".join(f'<option value="{scope}">{said}</option>' for scope, said in SCOPES.items())
    return f'<label for="scope">for</label> <select id="scope" name="scope">{options}</select> '


def _button(action: str, value: str, said: str, key: str) -> str:
    """Return a button; its name says what it does, its value to whom."""
    shortcut = f' data-key="{key}" aria-keyshortcuts="{key}"' if key else ""
    shown = f' <kbd aria-hidden="true">{key}</kbd>' if key else ""
    sent = f"{action}:{value}" if value else action
    return f'<button name="action" value="{escape(sent)}"{shortcut}>{escape(said)}{shown}</button> '


def _link(to: str, said: str, key: str) -> str:
    return (
        f'<a href="{to}" data-key="{key}" aria-keyshortcuts="{key}">{said} '
        f'<kbd aria-hidden="true">{key}</kbd></a> '
    )


def _answered(session: Session, number: int) -> str:
    told = session.answers.get(number)
    return f"<p>Answered: {escape(told)}</p>\n" if told else ""


def _row(session: Session, number: int) -> str:
    asked = session.questions[number]
    before, words, after = asked.first.context
    around = f"…{escape(before[-40:])}<mark>{escape(words)}</mark>{escape(after[:40])}…"
    told = f" – {escape(session.answers[number])}" if number in session.answers else ""
    link = f'<a href="{number}">{escape(asked.title)}</a>'
    return f'{link} {escape(asked.first.place)} <span dir="auto">{around}</span>{told}'
