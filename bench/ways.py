"""Ways to understand a message: which text, which features, which model. Each gives probabilities of topics."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import jieba
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.corpus import Sentence
from bench.vectors import Vectors
from bot.nlu.topic_model import Examples, train_topic_model
from bot.text import ngrams
from bot.text.dialect import read_dialect
from bot.text.plain import plain

Floats = NDArray[np.float32]
Probabilities = NDArray[np.float64]
View = Callable[[str], Iterable[str]]

PASSAGE_WEIGHT = 0.3
_STOCK_FEATURES = 20_000


def cut_words(text: str) -> Iterable[str]:
    """The words of a text, cut by jieba with the dictionary that is loaded."""
    return ngrams.words(jieba.lcut(text))


@dataclass(frozen=True)
class Way:
    """A way by name. `views` of the n-grams; none: counted as Rasa does, with its LogisticRegressionClassifier's model."""

    name: str
    views: tuple[View, ...] = (ngrams.characters, cut_words, ngrams.sounds)
    encoders: tuple[str, ...] = ("use",)
    dialect: bool = True
    passages: bool = True
    stock: bool = False


_CHARACTERS, _WORDS, _SOUNDS = ngrams.characters, cut_words, ngrams.sounds
WAYS = (
    Way("counted words and characters, logistic regression (Rasa's)", encoders=(), dialect=False, passages=False, stock=True),
    Way("our n-grams, linear", encoders=()),
    Way("USE, linear", views=()),
    Way("e5, linear", views=(), encoders=("e5",)),
    Way("USE and e5, linear", views=(), encoders=("use", "e5")),
    Way("n-grams and USE: as shipped"),
    Way("… with e5 instead of USE", encoders=("e5",)),
    Way("… with both encoders", encoders=("use", "e5")),
    Way("… without passages", passages=False),
    Way("… without sounds", views=(_CHARACTERS, _WORDS)),
    Way("… without words", views=(_CHARACTERS, _SOUNDS)),
    Way("… without regional words made common", dialect=False),
)


class Understands(Protocol):
    """A trained way."""

    topics: tuple[str, ...]

    def probabilities(self, texts: Sequence[str]) -> Probabilities: ...


class Trained:
    """Our model on the features of a way. What a way leaves out is a column of noise, to which the blend gives no weight."""

    def __init__(self, way: Way, sentences: Sequence[Sentence], content: Path, vectors: Vectors) -> None:
        used = [each for each in sentences if way.passages or not each.passage]
        self._way = way
        self._vectors = vectors
        self._dialect = read_dialect(content / "dialect.yml")
        for terms in sorted((content / "terms").glob("*.txt")):
            jieba.load_userdict(str(terms))  # as the JiebaTokenizer of config.yml does
        self._vectorizer = TfidfVectorizer(
            analyzer=self._views, sublinear_tf=True, dtype="float32", min_df=2, max_features=40_000
        )
        self._random = np.random.RandomState(0)
        texts = [self._normal(each.text) for each in used]
        if way.views:
            self._vectorizer.fit(texts)
        weights = np.array([PASSAGE_WEIGHT if each.passage else 1.0 for each in used], dtype=np.float32)
        examples = Examples([each.topic for each in used], self._sparse(texts), self._dense(texts), weights)
        self._model = train_topic_model(examples)
        self.topics = self._model.topics

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        normal = [self._normal(text) for text in texts]
        return self._model.probabilities(self._sparse(normal), self._dense(normal))

    def _normal(self, text: str) -> str:
        return self._dialect.common(plain(text)) if self._way.dialect else plain(text)

    def _views(self, text: str) -> list[str]:
        return [gram for view in self._way.views for gram in view(text)]

    def _sparse(self, texts: Sequence[str]) -> csr_matrix:
        if not self._way.views:
            return csr_matrix(self._random.rand(len(texts), 1).astype(np.float32))
        return csr_matrix(self._vectorizer.transform(texts))

    def _dense(self, texts: Sequence[str]) -> Floats:
        if not self._way.encoders:
            return np.asarray(self._random.rand(len(texts), 2), dtype=np.float32)
        return np.hstack([self._vectors.of(name, texts) for name in self._way.encoders])


class Stock:
    """What Rasa's JiebaTokenizer, two CountVectorsFeaturizers and LogisticRegressionClassifier do, said in scikit-learn.

    Counts of words and of character n-grams (char_wb, 1 to 4) of the words joined by blanks; LogisticRegression with Rasa's
    defaults (lbfgs, C 1, 100 iterations, balanced classes). Only the commonest features, as many as ours have: with all of them lbfgs,
    which keeps twenty copies of its weights, took more than the 18 GB that there were.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        used = [each for each in sentences if not each.passage]
        self._words = CountVectorizer(token_pattern=r"(?u)\b\w+\b", max_features=_STOCK_FEATURES)
        self._characters = CountVectorizer(analyzer="char_wb", ngram_range=(1, 4), max_features=_STOCK_FEATURES)
        texts = [_joined(each.text) for each in used]
        features = hstack([self._words.fit_transform(texts), self._characters.fit_transform(texts)]).tocsr()
        self._model = LogisticRegression(solver="lbfgs", max_iter=100, class_weight="balanced")
        self._model.fit(features, [each.topic for each in used])
        self.topics = tuple(map(str, self._model.classes_))

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        joined = [_joined(text) for text in texts]
        features = hstack([self._words.transform(joined), self._characters.transform(joined)]).tocsr()
        return np.asarray(self._model.predict_proba(features))


def trained(
    way: Way, sentences: Sequence[Sentence], content: Path, vectors: Vectors | None = None
) -> tuple[Understands, float]:
    """The way, trained, and the seconds of processor time it took; loading an encoder's weights is not counted.

    Processor time, of all processes that took part, because the ways run one after the other for an hour and others may use the machine.
    """
    vectors = vectors or Vectors()
    for name in way.encoders:
        vectors.of(name, ["热身"])
    started = processor_seconds()
    model: Understands = Stock(sentences) if way.stock else Trained(way, sentences, content, vectors)
    return model, processor_seconds() - started + vectors.spared_seconds


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _joined(text: str) -> str:
    return " ".join(jieba.cut(text))
