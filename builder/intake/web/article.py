"""The tree of a page → the element that holds its article; what is left out is reported, numbered clauses never are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder import problems
from builder.intake.web import furniture, tree
from builder.intake.web.weights import weigh

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from builder.intake.record import Record
    from builder.intake.web.notes import Notes
    from builder.intake.web.styles import Styles
    from builder.intake.web.weights import Weight

_HOLDERS = {"body", "div", "article", "main", "section", "td", "form", "center", "span"}
_STRONG = re.compile(
    r"(?i)noi-?dung|toan-?van|full-?text|article[-_]?(?:body|content|detail)|detail[-_]?(?:content|body)|chi-?tiet"
    r"|(?:entry|post|news|doc|vb|the|page|main)[-_]?content|content[-_]?(?:detail|doc|body|vb)|mw-parser-output"
    r"|divcontentdoc|vanban|van-ban|singular-content|fck_detail|bodytext|cms-body|content1"
)
_WEAK = re.compile(r"(?i)content|article|detail|entry|post|story|body|main|text")
_LEAST_NUMBERS = 0.9
_MOST_GONE = 0.8  # of the words of a page: more is no furniture, whatever it is called
_HIGHEST = 4  # elements above the article
_FEW = 8  # words besides a headline: a date, a name
_LEAD = 60
_MOST_LEAD = 0.2
_FEW_LINKED = 0.2
_MOST_LOST = 0.4
_MOSTLY = 0.55
_SHOWN = 30  # words of what is left out


def clear(root: HtmlElement, styles: Styles, notes: Notes, record: Record) -> None:
    """Take out of a page what is no part of its text: scripts, menus, forms, what is hidden; and report the words."""
    weights = weigh(root, notes.held)
    whole = weights.get(_body(root)) or weights[root]
    gone = _gone(weights, whole, styles)
    if whole.own and sum(weights[element].own for element, _ in gone) > _MOST_GONE * whole.own:
        gone = [each for each in gone if each[1] == "hidden" or weights[each[0]].linked * 2 > weights[each[0]].words]
    for element, why in gone:
        if words := weights[element].words:
            record.add(problems.intake_dropped, element.sourceline or 0, why, tree.words(element), words)
        tree.empty(element)


def _gone(weights: dict[HtmlElement, Weight], whole: Weight, styles: Styles) -> list[tuple[HtmlElement, str]]:
    """The elements to be taken out, none inside another, and why."""
    found = []
    last = 0
    for element, weight in sorted(weights.items(), key=lambda item: item[1].order):
        if weight.order > last and (why := furniture.reason(element, weight, whole, styles)):
            last = weight.last
            found.append((element, why))
    return found


def find(root: HtmlElement, record: Record, title: str) -> HtmlElement:
    """The element that holds the article; the words around it are reported, unless they are the title."""
    weights = weigh(root, ())
    body = _body(root)
    whole = weights.get(body)
    if whole is None or not whole.words:
        return body
    lone = sum(element.tag == "article" for element in weights) == 1
    best, most = body, _value(body, whole, whole, lone=lone)
    for element, weight in sorted(weights.items(), key=lambda item: item[1].order):
        if tree.name(element) in _HOLDERS and _holds_clauses(weight, whole):
            value = _value(element, weight, whole, lone=lone)
            if value >= most:
                best, most = element, value
    best = _narrowed(best, weights)
    best = _with_lead(best, body, weights, title)
    _report_around(best, body, weights, record, title)
    return best


def _narrowed(best: HtmlElement, weights: dict[HtmlElement, Weight]) -> HtmlElement:
    """The deepest element that holds the article: what it leaves out is for the most part links, and no clause."""
    weight = weights[best]
    inside = [each for each in weights.items() if weight.order < each[1].order <= weight.last]
    for element, held in sorted(inside, key=lambda each: each[1].order):
        lost, linked = weight.words - held.words, weight.linked - held.linked
        mostly_links = 0 < lost <= _MOST_LOST * weight.words and linked >= _MOSTLY * lost
        if mostly_links and tree.name(element) in _HOLDERS and _holds_clauses(held, weight):
            best, weight = element, held
    return best


def _with_lead(best: HtmlElement, body: HtmlElement, weights: dict[HtmlElement, Weight], title: str) -> HtmlElement:
    """The article, or the element above it that adds no more than its headline and the words that lead into it."""
    above = best
    for _ in range(_HIGHEST):
        if above is body or above.getparent() is None:
            break
        above = above.getparent()
        more = weights[above].words - weights[best].words if above in weights else 0
        if more <= len(title.split()) + _FEW:
            continue
        linked = weights[above].linked - weights[best].linked
        is_lead = more <= _MOST_LEAD * weights[best].words + _LEAD and linked <= _FEW_LINKED * more
        return above if is_lead and next(above.iter("h1"), None) is not None else best
    return best


def _body(root: HtmlElement) -> HtmlElement:
    """The body of a page; a page with several, as some programs join them, is taken whole."""
    bodies = list(root.iter("body"))
    return bodies[0] if len(bodies) == 1 else root


def _holds_clauses(weight: Weight, whole: Weight) -> bool:
    return weight.articles == whole.articles and weight.numbers >= _LEAST_NUMBERS * whole.numbers - 1


def _value(element: HtmlElement, weight: Weight, whole: Weight, *, lone: bool) -> float:
    """How likely an element is the article: its share of the words, what it is called, how few links it holds."""
    if not weight.own:
        return -1
    share = weight.own / max(1, whole.own)
    return share + _name_bonus(element, lone=lone) - 0.5 * weight.linked / weight.words


def _name_bonus(element: HtmlElement, *, lone: bool) -> float:
    called = f"{element.get('class', '')[:500]} {element.get('id', '')[:200]}"
    if element.tag in ("body", "html"):
        return 0
    if element.get("itemprop") == "articleBody":
        return 0.6
    if element.tag == "article":
        return 0.35 if lone else 0
    if _STRONG.search(called):
        return 0.35
    if element.tag == "main" or element.get("role") == "main":
        return 0.25
    return 0.1 if _WEAK.search(called) else 0


def _report_around(
    best: HtmlElement, body: HtmlElement, weights: dict[HtmlElement, Weight], record: Record, title: str
) -> None:
    """Report what stands outside the article, before and after it on each level; nothing when that is the whole."""
    held, total = weights[best].words, weights[body].words
    around = [each for each in _around(best, body) if each[2] != title]
    if around:
        record.add(problems.intake_article, best.sourceline or 0, tree.words(best), held, total)
    for line, count, text in around:
        record.add(problems.intake_dropped, line, "around", text, count)


def _around(best: HtmlElement, body: HtmlElement) -> list[tuple[int, int, str]]:
    """Line, number and first words of each run of siblings on the way up from the article."""
    found: list[tuple[int, int, str]] = []
    element = best
    while element is not body:
        above = element.getparent()
        before = list(element.itersiblings(preceding=True))[::-1]
        after = list(element.itersiblings())
        found.append(_run(before, above.text, above))
        found.append(_run(after, element.tail, element))
        element = above
    return [each for each in found if each[1]]


def _run(siblings: list[HtmlElement], text: str | None, near: HtmlElement) -> tuple[int, int, str]:
    words = (text or "").split()
    count = len(words)
    line = near.sourceline or 0
    for each in siblings:
        own = furniture.count(each)
        if own and not count:
            line = each.sourceline or 0
        if len(words) < _SHOWN:
            words += tree.words(each).split()
        words += (each.tail or "").split()[:_SHOWN]
        count += own + len((each.tail or "").split())
    return line, count, " ".join(words[:_SHOWN])
