"""A decision is the editor's word over the machine's, and outlives every run.

It lies in `decisions.toml`, is anchored by quotation (`exact`, `prefix`, `suffix`) and follows its
words wherever they go:

- `[[correct]]`: the source errs; `reading` is what it should say;
- `[[link]]`: the words mean the person `ref`, or several, separated by spaces;
- `[[accept]]`: what is marked or doubted there is right, and means `ref`, if that is said;
- `[[reject]]`: what is marked or doubted there is nothing;
- `[[split]]`: the words are several names, `parts`, which mean `refs`, one each;
- `[[merge]]`: the words are one name, which means `ref`, or whom the first name in them meant.

It is about one place; with `everywhere = true` about all where the words stand, in the one source
that `file` names or in the whole project. Any may say `by` (the id of whoever decided), `cert` and
`why`; all but the first, `tag`: the element it is about. Where two speak of the same words, the
one about the place holds over one about the text, that over one about the project; else the later.
"""

from encoder.decisions.applying import apply
from encoder.decisions.file import Decision, Kind, read_decisions
from encoder.decisions.writing import Written, record

__all__ = ["Decision", "Kind", "Written", "apply", "read_decisions", "record"]
