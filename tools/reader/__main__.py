"""`python -m tools.reader [WEIGHTS]`: make the sentences, train the reader, write its weights. Some ten minutes on one core."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import numpy as np
import tensorflow as tf

from bot.privacy.folded import fold
from bot.privacy.reading import reader
from bot.privacy.reading.features import UNKNOWN, Lexicon, indices, properties
from bot.privacy.tagger import Tagger
from tools.reader.carriers import LONGEST, Carriers, Marked, questions, spoken
from tools.reader.names import Names

ROOT = Path(__file__).parents[2]
SEED = 20
EMBEDDING, HIDDEN, WIDTHS = 24, 72, (5, 5)
# How often a character is hidden: the sentence around should tell.
HIDE = 0.12


def sentences(root: Path, seed: int) -> list[Marked]:
    """All of them, shuffled: as they are, renamed, templates; a third without punctuation."""
    shuffled = random.Random(seed)
    carriers = Carriers(questions(root), seed)
    every = [*carriers.as_they_are(), *carriers.renamed(2), *carriers.filled(65_000)]
    every = [spoken(each, shuffled.choice(["", "", " "])) if shuffled.random() < 0.35 else each for each in every]
    fit = [each for each in every if 0 < len(each.text) <= LONGEST and len(fold(each.text).text) == len(each.text)]
    shuffled.shuffle(fit)
    return fit


def tags(marked: Marked) -> list[int]:
    """Number of the tag of each character."""
    every = [0] * len(marked.text)
    for start, end, sort in marked.spans:
        names = ["S"] if end - start == 1 else ["B", *"I" * (end - start - 2), "E"]
        every[start:end] = [reader.TAGS.index(f"{name}-{sort}") for name in names]
    return every


def arrays(made: list[Marked], vocabulary: dict[str, int], lexicon: Lexicon):  # type: ignore[no-untyped-def]
    """(characters, properties, tags, weights), each of LONGEST characters, with zeros behind the end."""
    tagger = Tagger()
    width = properties("中", tagger.tag("中").logits, lexicon).shape[1]
    characters = np.zeros((len(made), LONGEST), dtype=np.int32)
    known = np.zeros((len(made), LONGEST, width), dtype=np.float16)
    wanted = np.zeros((len(made), LONGEST), dtype=np.int32)
    weights = np.zeros((len(made), LONGEST), dtype=np.float32)
    for row, each in enumerate(made):
        text = fold(each.text).text
        characters[row, : len(text)] = indices(text, vocabulary)
        known[row, : len(text)] = properties(text, tagger.tag(text).logits, lexicon)
        wanted[row, : len(text)] = tags(each)
        weights[row, : len(text)] = 1
    return characters, known, wanted, weights


def network(characters: int, width: int) -> tf.keras.Model:
    """The network of `reader.py` in Keras."""
    layers = tf.keras.layers
    numbers = layers.Input((LONGEST,), dtype="int32")
    known = layers.Input((LONGEST, width))
    # A hidden character is UNKNOWN, as a new one is later.
    embedded = layers.Embedding(characters, EMBEDDING, name="embedding")(Hidden()(numbers))
    hidden = layers.Concatenate()([embedded, known])
    # Zeros behind the end, as numpy pads.
    there = layers.Lambda(lambda each: tf.cast(each > 0, tf.float32)[:, :, None])(numbers)
    for name, reach in zip(("first", "second"), WIDTHS, strict=True):
        hidden = layers.Multiply()([hidden, there])
        hidden = layers.Conv1D(HIDDEN, reach, padding="same", activation="relu", name=name)(hidden)
        hidden = layers.Dropout(0.15)(hidden)
    return tf.keras.Model([numbers, known], layers.Dense(len(reader.TAGS), name="out")(hidden))


class Hidden(tf.keras.layers.Layer):
    """Hides some characters while training."""

    def call(self, inputs, training=None):  # type: ignore[no-untyped-def]
        if not training:
            return inputs
        hide = tf.logical_and(tf.random.uniform(tf.shape(inputs)) < HIDE, inputs > 0)
        return tf.where(hide, UNKNOWN, inputs)


def write(model: tf.keras.Model, characters: str, words: tuple[list[str], list[str]], path: Path) -> None:
    """The weights as half floats, with the characters and words that they know."""
    stored = {"embedding": model.get_layer("embedding").get_weights()[0]}
    for name in ("first", "second", "out"):
        stored[name], stored[f"{name}_bias"] = model.get_layer(name).get_weights()
    halves = {name: array.astype(np.float16) for name, array in stored.items()}
    np.savez_compressed(path, characters=np.array(characters), words=np.array([" ".join(each) for each in words]), **halves)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", nargs="?", type=Path, default=reader.WEIGHTS)
    parser.add_argument("--epochs", type=int, default=5)
    arguments = parser.parse_args()
    tf.keras.utils.set_random_seed(SEED)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    made = sentences(ROOT, SEED)
    print(len(made), "sentences,", sum(bool(each.spans) for each in made), "with names")
    counted = Counter("".join(fold(each.text).text for each in made))
    characters = "".join(sorted(each for each, count in counted.items() if count >= 5))
    words = Names(SEED).words()
    vocabulary = {each: number for number, each in enumerate(characters, 2)}
    inputs, known, wanted, weights = arrays(made, vocabulary, Lexicon(*words))
    model = network(len(characters) + 2, known.shape[2])
    steps = tf.keras.optimizers.schedules.CosineDecay(2e-3, arguments.epochs * len(made) // 64)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.Adam(steps), loss, weighted_metrics=["accuracy"])
    model.fit([inputs, known], wanted, sample_weight=weights, batch_size=64, epochs=arguments.epochs, verbose=2)
    write(model, characters, words, arguments.weights)


if __name__ == "__main__":
    main()
