"""A schema as a program: one XSLT 3.0 stylesheet, one mode for the rules of all patterns.

Each rule is a template. The higher a rule stands in its schema, the higher its priority; it ends
in `next-match`, so a node goes on to the rules of the other patterns, and a parameter holds the
patterns that have already met it. What the stylesheet gives out is numbers and paths: what they
mean, the lists here say.

Each assertion is tried on its own, with the variables of its rule: where one fails, that is told,
and the others are asked all the same. Expressions stand on lines of their own, so the line of an
error says which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from encoder.validate.expanded import TEXT, VALUE
from encoder.validate.schematron import xpath
from encoder.validate.schematron.files import Node
from encoder.validate.schematron.rules import OLD, XSL, Check, Let, Pattern, Rule, Schema, Scope

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Unit = Let | Check | Rule | Pattern | Node
U = TypeVar("U", Let, Check, Rule, Node)
# Names of ours that no schema will have for its own.
X = "tei-encoder.xsl"
OURS = "Q{https://tei-encoder.org/ns/schematron}"
FIRED, HERE, ORIGIN = f"{OURS}fired", f"{OURS}here", f"{OURS}origin"
RULES = "rules"
ERR = "$Q{http://www.w3.org/2005/xqt-errors}"
# Where a node is: the number of its element in the file, then what it is there. path() would grow
# with the square of the depth. Numbers are given when the first is asked for, all at once; in a
# document that a pattern names, one by one.
MAP = "Q{http://www.w3.org/2005/xpath-functions/map}"
WHERE = f"""
<{X}:variable name="{OURS}numbers"
select="{MAP}merge(//* ! {MAP}entry(generate-id(), position()))"/>
<{X}:function name="{OURS}at"><{X}:param name="told"/><{X}:param name="here"/>
<{X}:variable name="n" select="if (empty($told)) then $here
else head(($told[. instance of node()][root() is root($here)], $here))"/>
<{X}:variable name="element" select="if ($n instance of element()) then $n else $n/parent::*"/>
<{X}:variable name="name" select="node-name($n)"/>
<{X}:variable name="number" select="${OURS}numbers(generate-id($element))"/>
<{X}:sequence select="if (exists($number) or empty($element)) then string(($number, 0)[1])
else string(1 + count($element/preceding::*) + count($element/ancestor::*))"/>
<{X}:choose><{X}:when test="$n instance of attribute()">
<{X}:sequence select="'@Q{{' || namespace-uri($n) || '}}' || local-name($n)"/></{X}:when>
<{X}:when test="$n instance of text()">
<{X}:sequence select="'/text', 1 + count($n/preceding-sibling::text())"/></{X}:when>
<{X}:when test="$n instance of comment()">
<{X}:sequence select="'/comment', 1 + count($n/preceding-sibling::comment())"/></{X}:when>
<{X}:when test="$n instance of processing-instruction()"><{X}:sequence select="'/instruction',
1 + count($n/preceding-sibling::processing-instruction()[node-name() = $name]), $name"/></{X}:when>
</{X}:choose></{X}:function>"""


@dataclass
class Program:
    """A stylesheet, what each of its lines is made from, and what its numbers mean."""

    lines: list[str] = field(default_factory=list)
    units: list[Unit | None] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The stylesheet."""
        return "\n".join(self.lines)

    def unit(self, line: int) -> Unit | None:
        """Return what a line of the stylesheet is made from; lines count from 1."""
        return self.units[line - 1] if 0 < line <= len(self.units) else None


def program(schema: Schema, without: frozenset[Unit] = frozenset(), trace: bool = False) -> Program:
    """Return the program for a schema.

    Args:
        schema: what is asked.
        without: the parts that cannot be run.
        trace: whether it is to tell of each rule that is fired, too.
    """
    return _Writer(schema, without, trace).written()


def quoted(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotes."""
    return f'"{text.translate(VALUE)}"'


def kept(units: Iterable[U], without: frozenset[Unit]) -> list[U]:
    """Return the units that are not left out."""
    return [unit for unit in units if unit not in without]


class _Writer:
    """Writes one program."""

    def __init__(self, schema: Schema, without: frozenset[Unit], trace: bool) -> None:
        self.schema, self.without, self.trace = schema, without, trace
        self.out = Program()
        self.known = {**schema.namespaces, X: XSL.strip("{}")}

    def written(self) -> Program:
        schema = self.schema
        names = _declared(self.known, {})
        self.add(f"<{X}:stylesheet version='3.0' exclude-result-prefixes='#all'{names}>")
        self.add(f"<{X}:output method='xml' encoding='UTF-8'/>")
        self.add(f"<{X}:mode use-accumulators='#all'/>")
        self.add(WHERE)
        if schema.origin:
            self.add(f"<{X}:key name='{ORIGIN}' match={quoted(schema.origin)} use='true()'/>")
        for node in kept(schema.declarations, self.without):
            self.add(_serialised(node), node)
        for let in kept(
            [*schema.lets, *(let for p in schema.patterns for let in p.lets)], self.without
        ):
            self.variable(let)
        self.whole([pattern for pattern in schema.patterns if not pattern.documents])
        for number, pattern in enumerate(schema.patterns):
            if pattern.documents:
                self.entry(f"{RULES}-{number}", "", [pattern])
        self.add(f"</{X}:stylesheet>")
        return self.out

    def add(self, text: str, unit: Unit | None = None) -> None:
        lines = text.split("\n")
        self.out.lines += lines
        self.out.units += [unit] * len(lines)

    def spaces(self, node: Node) -> dict[str, str]:
        """Return the prefixes of an element: those of `ns`, else those of XML."""
        names = {prefix: uri for prefix, uri in node.element.nsmap.items() if prefix}
        return {**names, **self.schema.namespaces, **node.namespaces, X: XSL.strip("{}")}

    # --- the document, and others that patterns name

    def whole(self, patterns: list[Pattern]) -> None:
        """Write how the document itself is gone through."""
        asked = [
            (number, pattern)
            for number, pattern in enumerate(self.schema.patterns)
            if pattern.documents and pattern not in self.without
        ]
        self.entry(RULES, "match='/'", patterns, asked)

    def entry(
        self,
        mode: str,
        match: str,
        patterns: list[Pattern],
        asked: Iterable[tuple[int, Pattern]] = (),
    ) -> None:
        contexts = [rule.scope.read(rule.node, "context") for p in patterns for rule in p.rules]
        path = xpath.visits(contexts)
        if self.schema.origin:
            path = f"key('{ORIGIN}', true())/descendant-or-self::node()/(. | @*)"
        start = match or f"match='/' mode='{mode}-start'"
        self.add(f"<{X}:mode name='{mode}'/>")
        self.add(f"<{X}:template match='.' mode='{mode}' priority='0'/>")
        if not match:
            self.add(f"<{X}:mode name='{mode}-start' use-accumulators='#all'/>")
        self.add(f"<{X}:template {start}><findings>")
        for number, pattern in asked:
            self.named(number, pattern)
        self.add(f"<{X}:apply-templates select={quoted(path)} mode='{mode}'/>")
        self.add(f"</findings></{X}:template>")
        self.templates(mode, patterns)

    def named(self, number: int, pattern: Pattern) -> None:
        """Write what asks for the names of the documents that a pattern is about."""
        spaces = _declared(self.spaces(pattern.node), self.known)
        path = quoted(pattern.scope.read(pattern.node, "documents"))
        self.add(f"<{X}:for-each select={path}{spaces}>", pattern)
        self.add(f"<in pattern='{number}'><{X}:value-of select='.'/></in></{X}:for-each>")

    def templates(self, mode: str, patterns: list[Pattern]) -> None:
        rules = [(number, p, rule) for number, p in enumerate(patterns) for rule in p.rules]
        for rank, (number, pattern, rule) in enumerate(rules):
            if rule not in self.without:
                self.template(
                    f"mode='{mode}' priority='{len(rules) - rank}'", number, pattern, rule
                )

    # --- rules

    def template(self, attributes: str, number: int, pattern: Pattern, rule: Rule) -> None:
        spaces = self.spaces(rule.node)
        old = " version='1.0'" if self.schema.binding in OLD else ""
        context = quoted(rule.scope.read(rule.node, "context"))
        names = _declared(spaces, self.known)
        self.add(f"<{X}:template match={context} {attributes}{old}{names}>", rule)
        if pattern.is_exclusive:
            self.once(number, rule, spaces)
        else:
            self.body(rule, spaces)
            self.add(f"<{X}:next-match/>")
        self.add(f"</{X}:template>")

    def once(self, number: int, rule: Rule, spaces: Mapping[str, str]) -> None:
        """Write a rule that lets pass what an earlier one of its pattern has met."""
        passed = f"<{X}:with-param name='{FIRED}' select='${FIRED}, {number}' tunnel='yes'/>"
        self.add(f"<{X}:param name='{FIRED}' select='()' tunnel='yes'/>")
        self.add(f"<{X}:choose><{X}:when test='${FIRED} = {number}'><{X}:next-match/></{X}:when>")
        self.add(f"<{X}:otherwise>")
        self.body(rule, spaces)
        self.add(f"<{X}:next-match>{passed}</{X}:next-match></{X}:otherwise></{X}:choose>")

    def body(self, rule: Rule, spaces: Mapping[str, str]) -> None:
        if self.trace:
            given = self.given(rule.node, rule.scope, ("role", "flag"))
            self.add(f"<r n='{len(self.out.rules)}'{given}/>", rule)
            self.out.rules.append(rule)
        if rule.node.get("visit-each"):
            self.add(f"<{X}:variable name='{HERE}' select='.'/>")
        for check in kept(rule.checks, self.without):
            self.check(check, rule, spaces)

    def check(self, check: Check, rule: Rule, outer: Mapping[str, str]) -> None:
        spaces = self.spaces(check.node)
        self.add(f"<{X}:try{_declared(spaces, outer)}>")
        for let in kept(rule.lets, self.without):
            self.variable(let)
        visit = rule.scope.read(rule.node, "visit-each")
        self.add(f"<{X}:for-each select={quoted(visit)}>" if visit else "", rule)
        test = quoted(check.scope.read(check.node, "test"))
        if check.node.kind == "assert":
            self.add(f"<{X}:choose><{X}:when test={test}/><{X}:otherwise>", check)
            self.finding(check, rule, spaces)
            self.add(f"</{X}:otherwise></{X}:choose>")
        else:
            self.add(f"<{X}:if test={test}>", check)
            self.finding(check, rule, spaces)
            self.add(f"</{X}:if>")
        self.add(f"</{X}:for-each>" if visit else "")
        self.failed()

    def failed(self) -> None:
        """Write what tells of an assertion that could not be asked."""
        number = len(self.out.checks) - 1
        told = f"n='{number}' line='{{{ERR}line-number}}' at='{{{OURS}at((), .)}}'"
        words = f"<{X}:value-of select='{ERR}description'/>"
        self.add(f"<{X}:catch errors='*'><e {told}>{words}</e></{X}:catch>")
        self.add(f"</{X}:try>")

    # --- what is told

    def finding(self, check: Check, rule: Rule, spaces: Mapping[str, str]) -> None:
        number = len(self.out.checks)
        self.out.checks.append(check)
        self.add(f"<f n='{number}'{self.given(check.node, check.scope, ('role', 'flag'))}>", check)
        subject = check.scope.read(check.node, "subject") or rule.scope.read(rule.node, "subject")
        here = f"${HERE}" if rule.node.get("visit-each") else "."
        place = quoted(f"{OURS}at(({subject}), {here})")
        self.add(f"<{X}:attribute name='at' select={place}/>", check)
        if self.trace:
            self.add(f"<{X}:attribute name='path' select='path({here})'/>")
        self.text("m", check.node, check.scope, check, spaces)
        for kind, name in check.refers:
            if (kind, name) in self.schema.texts:
                self.further(kind, self.schema.texts[kind, name], check, spaces)
        self.add("</f>")

    def further(self, kind: str, node: Node, check: Check, outer: Mapping[str, str]) -> None:
        """Write a diagnostic or property: `<d>` with its id."""
        given = self.given(node, check.scope, ("role",))
        self.add(f"<{kind} id={quoted(node.get('id'))}{given}>", check)
        self.text("t", node, check.scope, check, outer)
        self.add(f"</{kind}>")

    def given(self, node: Node, scope: Scope, names: Iterable[str]) -> str:
        """Return attributes that are value templates."""
        values = {name: scope.read(node, name) for name in names}
        return "".join(f" {name}={quoted(value)}" for name, value in values.items() if "{" in value)

    def text(
        self, tag: str, node: Node, scope: Scope, unit: Unit, outer: Mapping[str, str]
    ) -> None:
        spaces = _declared(self.spaces(node), outer)
        self.add(f"<{tag}{spaces}>{self.words(node.element, node, scope)}</{tag}>", unit)

    def words(self, element: Element, node: Node, scope: Scope) -> str:
        children = list(element.iterchildren("*"))
        written = [self.plain(element.text, True)]
        for number, child in enumerate(children, 1):
            is_edge = number == len(children) or node.kind == "property"
            written += [self.inline(node.of(child), scope), self.plain(child.tail, is_edge)]
        return "".join(written)

    def plain(self, text: str | None, is_edge: bool) -> str:
        """Return what writes a text; white space at an edge is how the schema is laid out."""
        if not text or (is_edge and not text.strip()):
            return ""
        return f"<{X}:text>{text.translate(TEXT)}</{X}:text>"

    def inline(self, node: Node, scope: Scope) -> str:
        """Return what writes an element in a message."""
        inner = self.words(node.element, node, scope)
        if node.kind == "value-of":
            return f"<{X}:value-of select={quoted(scope.read(node, 'select'))}/>"
        if node.kind == "name":
            path = scope.read(node, "path") or "name()"
            return f"<{X}:value-of select={quoted(path)}/>"
        if str(node.element.tag).startswith(XSL):
            return self.instruction(node, scope, inner)
        if node.kind == "span" and node.get("class") == "hint":
            return f"<hint>{inner}</hint>"
        return inner

    def instruction(self, node: Node, scope: Scope, inner: str) -> str:
        tag = f"{X}:{node.kind.removeprefix(XSL)}"
        given = "".join(
            f" {key}={quoted(scope.read(node, str(key)))}" for key in node.element.attrib
        )
        return f"<{tag}{given}>{inner}</{tag}>"

    # --- variables

    def variable(self, let: Let) -> None:
        node = let.node
        start = f"<{X}:variable name={quoted(let.scope.name(node))}"
        if node.get("as"):
            start += f" as={quoted(node.get('as'))}"
        spaces = _declared(self.spaces(node), self.known)
        self.add(f"{start} select={quoted(self.value(let))}{spaces}/>", let)

    def value(self, let: Let) -> str:
        """Return the expression for a variable; the content of one without is data."""
        if let.node.element.get("value") is not None:
            return let.scope.read(let.node, "value")
        content = _content(let.node.element).replace("'", "''")
        nodes = f"parse-xml-fragment('{content}')"
        return nodes if self.schema.binding in OLD else f"{nodes}/node()"


def _declared(names: Mapping[str, str], outer: Mapping[str, str]) -> str:
    """Return the declarations of the prefixes that mean something else than outside."""
    new = {
        prefix: uri for prefix, uri in names.items() if prefix and uri and outer.get(prefix) != uri
    }
    new.pop("xml", None)
    return "".join(f" xmlns:{prefix}={quoted(uri)}" for prefix, uri in sorted(new.items()))


def _serialised(node: Node) -> str:
    from lxml import etree

    return etree.tostring(node.element, encoding="unicode", with_tail=False)


def _content(element: Element) -> str:
    from lxml import etree

    inner = (etree.tostring(child, encoding="unicode") for child in element.iterchildren())
    return (element.text or "").translate(TEXT) + "".join(inner)
