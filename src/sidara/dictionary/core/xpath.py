"""Our expressions as XPath of ODK XForms, and XPath of XLSForm as our expressions.

ODK's XPath knows no null: a comparison with an empty answer is false there. A constraint is therefore
guarded, so that it holds while another answer that it reads is still empty. Source: ODK XForms
specification, "XPath functions"; XLSForm reference, "constraint" and "relevant".
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from itertools import chain

from sidara.expressions.nodes import TODAY, Constant, Kind, Name, Node, Operation, Operator
from sidara.expressions.vocabulary import text_of
from sidara.kernel.breakdown import breakdown_of, parts_of

PART = "__"
"""Between code, classification and category in the name of a question about one part."""


class NoCounterpart(ValueError):  # noqa: N818 - reads as the sentence it is
    """The expression needs what a form on a device does not have."""


def question_name(code: str, breakdown: str = "") -> str:
    """Give the name of a question: `DIK_001`, `DIK_001__STATUS_SEKOLAH__NEGERI`."""
    return PART.join([code, *chain.from_iterable(parts_of(breakdown))])


def to_xpath(root: Node, names: Collection[str], kinds: Mapping[str, Kind | None], own: str = "") -> str:
    """Write an expression in XPath; `names` are the questions of the form, `own` is written as `.`.

    Refuses (`NoCounterpart`) other periods, lists, parameters, tables, context but today, other forms.
    """
    return _Writer(frozenset(names), kinds, own).text(root)


def guarded(root: Node, names: Collection[str], kinds: Mapping[str, Kind | None], own: str) -> str:
    """Write a rule as the constraint of `own`: it holds while another question that it reads is empty."""
    writer = _Writer(frozenset(names), kinds, own)
    holds = writer.text(root)
    others = [name for name in writer.read if name != own]
    empty = [f"${{{name}}} = ''" for name in others]
    return " or ".join([*empty, f"({holds})"])


_INFIX = {
    Operator.ADD: "+",
    Operator.SUBTRACT: "-",
    Operator.MULTIPLY: "*",
    Operator.DIVIDE: "div",
    Operator.MOD: "mod",
    Operator.EQUAL: "=",
    Operator.UNEQUAL: "!=",
    Operator.LESS: "<",
    Operator.LESS_OR_EQUAL: "<=",
    Operator.GREATER: ">",
    Operator.GREATER_OR_EQUAL: ">=",
    Operator.AND: "and",
    Operator.OR: "or",
}
_CALLS = {Operator.ABS: "abs", Operator.MIN_OF: "min", Operator.MAX_OF: "max", Operator.ROUND: "round"}


class _Writer:
    def __init__(self, names: frozenset[str], kinds: Mapping[str, Kind | None], own: str) -> None:
        self.names = names
        self.kinds = kinds
        self.own = own
        self.read: dict[str, None] = {}

    def text(self, node: Node) -> str:
        match node:
            case Constant(value):
                return _constant(value)
            case Name(name):
                return self._truth(name, self._name(name))
            case Operation(operator, operands):
                return self._operation(operator, operands)

    def _truth(self, name: str, written: str) -> str:
        """A question with yes or no is a choice there: alone it means that yes was chosen."""
        return f"{written} = 'true'" if self.kinds.get(name) is Kind.BOOLEAN else written

    def _name(self, name: str) -> str:
        if name == TODAY:
            return "today()"
        if name not in self.names:
            raise NoCounterpart(name)
        self.read[name] = None
        return "." if name == self.own else f"${{{name}}}"

    def _bare(self, node: Node) -> str:
        """Write a name without asking for its truth."""
        if isinstance(node, Name):
            return self._name(node.name)
        if isinstance(node, Operation) and node.operator is Operator.PART:
            return self._part(node.operands)
        return self.text(node)

    def _part(self, operands: tuple[Node, ...]) -> str:
        code, classification, category = (text_of(operand) for operand in operands)
        return self._name(question_name(code, breakdown_of([(classification, category)])))

    def _operation(  # noqa: C901, PLR0911, PLR0912 - one case for each form of the language
        self, operator: Operator, operands: tuple[Node, ...]
    ) -> str:
        if operator in {Operator.EQUAL, Operator.UNEQUAL}:
            left, right = (
                f"'{str(one.value).lower()}'"
                if isinstance(one, Constant) and isinstance(one.value, bool)
                else self._bare(one)
                for one in operands
            )
            return f"{_wrapped(left)} {_INFIX[operator]} {_wrapped(right)}"
        if operator in _INFIX:
            return f" {_INFIX[operator]} ".join(_wrapped(self.text(one)) for one in operands)
        if operator in _CALLS:
            return f"{_CALLS[operator]}({', '.join(self.text(one) for one in operands)})"
        match operator:
            case Operator.NOT:
                return f"not({self.text(operands[0])})"
            case Operator.NEGATE:
                return f"-{_wrapped(self.text(operands[0]))}"
            case Operator.IN:
                name = self._bare(operands[0])
                return " or ".join(f"{name} = {self.text(one)}" for one in operands[1:])
            case Operator.HAS:
                return f"selected({self._bare(operands[0])}, {self.text(operands[1])})"
            case Operator.PART:
                return self._truth(text_of(operands[0]), self._part(operands))
            case Operator.IS_EMPTY | Operator.IS_NULL:
                return f"{self._bare(operands[0])} = ''"
            case Operator.NEAR:
                a, b, distance, percent = (_wrapped(self.text(one)) for one in operands)
                return f"abs({a} - {b}) <= {distance} or abs({a} - {b}) <= {percent} div 100 * abs({b})"
            case Operator.CASE:
                return self._case(operands)
            case Operator.COALESCE if len(operands) == 2:
                return f"coalesce({self.text(operands[0])}, {self.text(operands[1])})"
            case Operator.DATE if all(isinstance(one, Constant) for one in operands):
                parts = [
                    int(one.value)
                    for one in operands
                    if isinstance(one, Constant) and isinstance(one.value, Fraction)
                ]
                return f"date('{date(*parts).isoformat()}')"
        raise NoCounterpart(operator.value)

    def _case(self, operands: tuple[Node, ...]) -> str:
        otherwise = self.text(operands[-1])
        for condition, value in reversed(list(zip(operands[:-1:2], operands[1::2], strict=True))):
            otherwise = f"if({self.text(condition)}, {self.text(value)}, {otherwise})"
        return otherwise


def _wrapped(text: str) -> str:
    return f"({text})" if " " in text and not re.fullmatch(r"'[^']*'|\w+\([^()]*\)", text) else text


def _constant(value: object) -> str:
    match value:
        case None:
            return "''"
        case bool():
            return "true()" if value else "false()"
        case str():
            if "'" in value:
                raise NoCounterpart(value)
            return f"'{value}'"
        case Fraction():
            return _decimal(value)
        case date():
            return f"date('{value.isoformat()}')"
    raise NoCounterpart(str(value))


def _decimal(value: Fraction) -> str:
    places = next((n for n in range(19) if (value * 10**n).denominator == 1), None)
    if places is None:
        raise NoCounterpart(str(value))
    digits = f"{abs(int(value * 10**places)):0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


_TOKEN = re.compile(
    r"""\$\{(?P<name>[\w.-]+)\}|(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<word>[A-Za-z][\w-]*)(?P<call>\s*\()?|(?P<sign><=|>=|!=|[-+*=<>(),]|\.)|(?P<blank>\s+)|(?P<other>.)"""
)
_FUNCTIONS = {
    "selected": "has",
    "not": "not",
    "abs": "abs",
    "round": "round",
    "min": "min_of",
    "max": "max_of",
    "coalesce": "coalesce",
    "today": "today",
}
_WORDS = {"and": "and", "or": "or", "div": "/"}


def from_xpath(text: str, own: str, truths: Collection[str] = ()) -> str:
    """Write XPath of a form as an expression of ours; `truths` are the questions with yes or no.

    Refuses (`NoCounterpart`) functions and paths that the language does not have.
    """
    made: list[str] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "call" else "word"
        if kind == "blank":
            continue
        made.append(_token(kind or "", match, own))
    joined = " ".join(made).replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    joined = re.sub(r"\b(\w+) \(", r"\1(", joined)
    joined = re.sub(r"\b(and|or|not|in)\(", r"\1 (", joined)
    return _as_truths(_as_empty(joined), truths)


def _token(kind: str, match: re.Match[str], own: str) -> str:  # noqa: PLR0911 - one case a token
    match kind:
        case "name":
            return _from_name(match["name"])
        case "text":
            return "'" + match["text"][1:-1].replace("'", "''") + "'"
        case "number":
            return match["number"]
        case "sign":
            return {"!=": "<>", ".": own}.get(match["sign"], match["sign"])
        case "word":
            word = match["word"]
            if word in _WORDS:
                return _WORDS[word] + (" (" if match["call"] else "")
            if match["call"]:
                if word in {"true", "false"}:
                    return f"{word}#("
                if not _FUNCTIONS.get(word):
                    raise NoCounterpart(word)
                return f"{_FUNCTIONS[word]}("
    raise NoCounterpart(match.group())


def _from_name(name: str) -> str:
    code, *rest = name.split(PART)
    if len(rest) == 2:
        return f"part({code}, '{rest[0]}', '{rest[1]}')"
    if rest:
        raise NoCounterpart(name)
    return code


_TERM = r"(?:part\(\w+, '\w+', '\w+'\)|[A-Za-z_]\w*)"


def _as_empty(text: str) -> str:
    text = re.sub(r"(true|false)#\(\)", r"\1", text)
    if "#" in text:
        raise NoCounterpart(text)
    text = re.sub(rf"({_TERM}) = ''", r"is_empty(\1)", text)
    return re.sub(rf"({_TERM}) <> ''", r"not is_empty(\1)", text)


def _as_truths(text: str, truths: Collection[str]) -> str:
    for name in truths:
        term = re.escape(_from_name(name)) if PART in name else rf"\b{re.escape(name)}\b"
        text = re.sub(rf"({term}) (=|<>) '(true|false)'", r"\1 \2 \3", text)
    return text
