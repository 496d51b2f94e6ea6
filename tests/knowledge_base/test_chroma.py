"""The Chroma index holds what the articles hold, after changes and after it was opened anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.article import Article
from knowledge_base.base import KnowledgeBase
from knowledge_base.dense import Models
from knowledge_base.vector_file import VectorFile
from tests.knowledge_base.letters import Letters

pytest.importorskip("langchain_chroma")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_the_nearest_passages_come_first_with_their_cosines(tmp_path: Path) -> None:
    from knowledge_base.chroma import ChromaIndex

    vectors = VectorFile(Letters())
    index = ChromaIndex(tmp_path, vectors)
    assert index.replace("en", {"1": "aaa", "2": "abab", "3": "ddd"}) == 3
    found = index.nearest("en", vectors.model.question("aa"), 2)
    assert [one for one, _ in found] == ["1", "2"]
    assert found[0][1] == pytest.approx(1.0, abs=0.01)
    assert index.nearest("zh", vectors.model.question("aa"), 2) == []


def test_only_what_changed_is_written_and_a_new_process_sees_it(tmp_path: Path) -> None:
    from knowledge_base.chroma import ChromaIndex

    vectors = VectorFile(Letters())
    ChromaIndex(tmp_path, vectors).replace("en", {"1": "aaa", "2": "bbb"})
    again = ChromaIndex(tmp_path, vectors)
    assert again.replace("en", {"1": "aaa", "3": "ccc"}) == 2
    assert again.agrees("en", ["1", "3"])
    assert not again.agrees("en", ["1", "2"])


def test_answers_with_chroma_are_those_of_the_exact_search(tmp_path: Path) -> None:
    from knowledge_base.chroma import ChromaIndex

    vectors = VectorFile(Letters())
    exact = KnowledgeBase(Models(vectors, None))
    with_chroma = KnowledgeBase(Models(vectors, None, ChromaIndex(tmp_path, vectors)))
    found = []
    for base in (exact, with_chroma):
        base.update(
            [
                Article("b", "Bananas", "en", "A banana has 90 calories."),
                Article("c", "Cacti", "en", "A cactus has 20 thorns."),
            ]
        )
        base.warm()
        best = base.ask("how many thorns has a cactus", "en").best
        found.append((best.article.slug, best.units, round(best.features.main, 3)) if best else None)
    assert found[0] == found[1]
    assert found[0] is not None
