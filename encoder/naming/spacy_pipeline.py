"""A pipeline of spaCy is one more witness of who is mentioned: it is heard, and not obeyed.

The project names an installed pipeline, or a folder that holds one; nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence

from encoder.errors import MissingError

PERSONS = frozenset({"PER", "PERSON", "PRS"})


def persons(pipeline: str, texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return what a pipeline takes for persons: number of the text, start and end.

    Raises:
        MissingError: spaCy or the pipeline is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        hint = "pip install 'tei-encoder[ner]'"
        raise MissingError("spaCy is not installed", hint=hint) from error
    try:
        nlp = spacy.load(pipeline)
    except OSError as error:
        hint = "name an installed pipeline, or the folder of one"
        raise MissingError(f"spaCy has no pipeline {pipeline!r}", hint=hint) from error
    documents = enumerate(nlp.pipe(texts))
    return [
        (number, span.start_char, span.end_char)
        for number, document in documents
        for span in document.ents
        if span.label_ in PERSONS
    ]
