"""Vectors are made once, kept in a file, and survive a write that was cut off."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge_base.article import Article
from knowledge_base.base import KnowledgeBase
from knowledge_base.dense import Models
from knowledge_base.vector_file import KEY, VectorFile
from tests.knowledge_base.letters import Letters


def test_a_text_is_embedded_once_whatever_process_asks(tmp_path: Path) -> None:
    model = Letters()
    first = VectorFile(model, tmp_path).vectors(["abc", "dd", "abc"])
    again = VectorFile(model, tmp_path).vectors(["dd", "abc"])
    assert model.made == 2
    assert np.array_equal(first[1], again[0])
    assert np.array_equal(first[0], first[2])


def test_half_a_record_at_the_end_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    model = Letters()
    VectorFile(model, tmp_path).vectors(["abc", "dd"])
    path = tmp_path / "vectors-letters.bin"
    path.write_bytes(path.read_bytes()[:-3])
    reopened = VectorFile(model, tmp_path)
    assert reopened.missing(["abc", "dd"]) == 1
    reopened.vectors(["dd"])
    assert path.stat().st_size == 2 * (KEY + 2 * model.dimensions)


def test_until_it_is_warm_words_alone_answer() -> None:
    base = KnowledgeBase(Models(VectorFile(Letters()), None))
    base.update([Article("a", "Bananas", "en", "A banana has 90 calories. It is yellow.")])
    cold = base.is_warm
    assert base.ask("how many calories has a banana", "en").is_known
    base.warm()
    assert (cold, base.is_warm) == (False, True)
    best = base.ask("how many calories has a banana", "en").best
    assert best is not None
    assert best.features.main > 0
