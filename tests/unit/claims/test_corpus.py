"""Pairs of a true and a false sentence beside a made-up report: the audit tells them apart."""

import pytest

from tests.unit.claims.pairs import AGREES, CONTRADICTS, PAIRS, outcome
from tests.unit.claims.workspace import make


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make(tmp_path_factory.mktemp("prov"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.right)
def test_the_true_sentence_agrees_and_the_false_one_contradicts(workspace, pair):
    assert outcome(workspace, pair.place, pair.right) == AGREES
    assert outcome(workspace, pair.place, pair.wrong) == CONTRADICTS


def test_there_are_pairs_enough_for_every_place():
    places = [pair.place for pair in PAIRS]
    assert len(PAIRS) >= 200
    assert min(places.count(place) for place in set(places)) >= 20
