"""A thousand revisions made by chance: no clause is silently bound to a wrong one, nearly all that stayed are bound."""

import time
from collections import Counter

import pytest
from revising import Maker, Node, program_of, revision

from builder import revision as matcher
from builder.publication import Level, walk
from builder.revision import Kind, Match, Matching, evidence
from builder.revision import matching as stages

SEEDS = range(1000)
FEW = range(60)  # enough for a weakened matcher to be caught


def tally(match, seeds):
    """Match revisions and compare with the truth: what was bound in silence, rightly or wrongly, and what was asked."""
    counts = Counter()
    for seed in seeds:
        old, new, truth, stayed = revision(seed)
        for found in match(old, new).matches:
            right = (found.new[0] if found.new else None) == truth[found.old]
            counts["clauses"] += 1
            counts["asked"] += not found.sure
            counts["wrong"] += found.sure and not right
            counts["stayed"] += found.old in stayed
            counts["stayed and bound"] += found.old in stayed and found.sure and right
    return counts


@pytest.fixture(scope="module")
def counts():
    return tally(matcher.match, SEEDS)


def test_no_clause_is_silently_bound_to_a_wrong_one(counts):
    assert counts["clauses"] > 60_000
    assert counts["wrong"] == 0


def test_nearly_all_clauses_that_stayed_are_bound_without_a_question(counts):
    assert counts["stayed and bound"] >= 0.98 * counts["stayed"]


def test_few_questions_are_asked(counts):
    assert counts["asked"] <= 0.03 * counts["clauses"]


def by_number(old, new):
    """Match as those do who go by the number alone."""
    there = {clause.id for clause in walk(new.clauses)}
    names = (clause.id for clause in walk(old.clauses))
    matches = [Match(name, (name,) * (name in there), Kind.SAME, 1.0, sure=True) for name in names]
    return Matching(tuple(matches))


def test_going_by_the_number_alone_is_caught():
    assert tally(by_number, FEW)["wrong"] > 100


def test_going_by_likeness_without_a_margin_is_caught(monkeypatch):
    monkeypatch.setattr(evidence, "MARGIN", -1.0)
    monkeypatch.setattr(evidence, "LIKE", 0.05)
    monkeypatch.setattr(evidence, "LONG", 0)
    assert tally(matcher.match, FEW)["wrong"] > 0


def test_taking_suggestions_for_certain_is_caught():
    def bold(old, new):
        found = matcher.match(old, new)
        return Matching(tuple(Match(each.old, each.new, each.kind, 1.0, sure=True) for each in found.matches))

    assert tally(bold, FEW)["wrong"] > 0


def test_leaving_out_the_passages_that_stand_once_costs_certainty(monkeypatch):
    whole = tally(matcher.match, FEW)["stayed and bound"]
    monkeypatch.setattr(stages, "_passages", lambda _: None)
    monkeypatch.setattr(stages, "_leads", lambda _: None)
    assert tally(matcher.match, FEW)["stayed and bound"] < whole


def test_a_long_row_of_clauses_half_of_them_new_takes_seconds():
    maker = Maker(3)
    row = [maker.node(Level.NUMBER) for _ in range(5000)]
    others = [Node(0, Level.NUMBER, text=f"Tổ {at} tự nhận việc riêng, làm xong báo lại.") for at in range(len(row))]
    replaced = [others[at] if at % 5 in (1, 3) else node for at, node in enumerate(row)]
    old, new = (program_of(Node(0, Level.FREE, children=nodes), maker.random)[0] for nodes in (row, replaced))
    began = time.process_time()
    found = matcher.match(old, new)
    assert time.process_time() - began < 30
    kept = [match for at, match in enumerate(found.matches) if at % 5 not in (1, 3) and match.sure]
    assert all(match.new == (match.old,) for match in kept)
    assert len(kept) > 1000
