"""The short way to a row gives what scikit-learn's long way gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.danger_model import train_danger_model
from bot.nlu.one_row import scaled, tfidf_row

LEARNED = ["a b c", "a a b", "c d d d", "a e"]


@pytest.fixture(scope="module")
def vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=str.split, sublinear_tf=True, dtype="float32").fit(LEARNED)


@given(features=st.lists(st.sampled_from("abcdexyz"), max_size=30))
def test_a_row_is_as_scikit_learn_makes_it(vectorizer: TfidfVectorizer, features: list[str]) -> None:
    ours = tfidf_row(features, vectorizer.vocabulary_, vectorizer.idf_.astype(np.float32))
    theirs = vectorizer.transform([" ".join(features)])
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    assert np.allclose(ours.toarray(), theirs.toarray(), rtol=1e-6)


def test_a_sentence_without_a_known_feature_is_a_row_of_nothing(vectorizer: TfidfVectorizer) -> None:
    assert tfidf_row(["x", "y"], vectorizer.vocabulary_, vectorizer.idf_.astype(np.float32)).nnz == 0
    assert scaled(np.array([], dtype=np.float32), np.array([], dtype=np.float32)).shape == (0,)


def test_the_danger_model_scores_by_what_it_learned_on() -> None:
    danger = [("孩子落水了", ["孩子", "落水", "了"]), ("孩子噎住了", ["孩子", "噎", "住", "了"])]
    harmless = [("孩子爱游泳", ["孩子", "爱", "游泳"]), ("吃饭别噎着", ["吃饭", "别", "噎", "着"])]
    model = train_danger_model([*danger, *harmless], [True, True, False, False], [False, False, False, True])
    assert all(model.score(*each) > 0 for each in danger)
    assert all(model.score(*each) < 0 for each in harmless)
    assert model.score("", []) == pytest.approx(model.bias)
