"""Training on two cores: the results of one core, whatever becomes of a child."""

from __future__ import annotations

import os
from functools import partial

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu import sentence_encoder, side_by_side, topic_model
from bot.nlu.sentence_encoder import SentenceEncoder

CORES = pytest.mark.parametrize("many", [1, 2])


def use_cores(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    for module in (side_by_side, sentence_encoder):
        monkeypatch.setattr(module, "cores", lambda: many)


def who(number: int) -> tuple[int, int]:
    return number, os.getpid()


def test_results_come_in_order_from_processes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cores(monkeypatch, 2)
    done = side_by_side.side_by_side([partial(who, number) for number in range(3)])
    assert [number for number, _ in done] == [0, 1, 2]
    assert done[0][1] == os.getpid()
    assert len({pid for _, pid in done}) == 3


def test_with_one_core_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cores(monkeypatch, 1)
    assert {pid for _, pid in side_by_side.side_by_side([partial(who, 0), partial(who, 1)])} == {os.getpid()}


def test_what_a_dying_child_leaves_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cores(monkeypatch, 2)
    here = os.getpid()

    def dies_elsewhere() -> int:
        if os.getpid() != here:
            os._exit(9)
        return here

    assert side_by_side.side_by_side([lambda: 0, dies_elsewhere]) == [0, here]


def test_an_error_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cores(monkeypatch, 2)

    def fails() -> int:
        raise ValueError("no rows")

    with pytest.raises(ValueError, match="no rows"):
        side_by_side.side_by_side([lambda: 0, fails])


@CORES
def test_every_sentence_gets_the_vector_of_its_own_text(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    use_cores(monkeypatch, many)
    encoder = SentenceEncoder({**SentenceEncoder.get_default_config()}, "encoder")
    monkeypatch.setattr(
        encoder, "_encode", lambda texts: np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)
    )
    texts = [chr(0x4E00 + number) * (1 + number % 7) for number in range(300)]
    data = encoder.process_training_data(TrainingData([Message({TEXT: text}) for text in texts] + [Message({})]))
    spoken = [message for message in data.training_examples if message.get(TEXT)]
    assert len(spoken) == 300
    for message in spoken:
        _, vector = message.get_dense_features(TEXT)
        assert vector.features.tolist() == [[len(message.get(TEXT)), ord(message.get(TEXT)[0])]]


def test_the_machines_of_the_topics_are_the_same_on_one_core_and_on_two(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.RandomState(7)
    targets = np.arange(600) % 30
    sparse = csr_matrix(np.eye(30)[targets] + 0.3 * random.rand(600, 30))
    topics = [f"t{number:02}" for number in targets]
    examples = topic_model.Examples(
        topics, sparse, random.rand(600, 4).astype(np.float32), np.ones(600, dtype=np.float32)
    )
    models = []
    for many in (1, 2):
        use_cores(monkeypatch, many)
        models.append(topic_model.train_topic_model(examples, [1.0, 0.0]))
    assert np.array_equal(models[0].sparse_weights, models[1].sparse_weights)
    assert np.array_equal(models[0].sparse_bias, models[1].sparse_bias)
    # Both halves learned their own topics, in their places.
    assert (models[0].probabilities(sparse, examples.dense).argmax(axis=1) == targets).all()
