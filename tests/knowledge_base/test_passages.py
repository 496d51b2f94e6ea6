"""Articles are cut into sentences, items and rows that can be quoted as they stand."""

from __future__ import annotations

from bot.demo import FOLDER
from bot.replay import load_world
from crm_store.actor import SYSTEM
from crm_store.articles import article_rows
from knowledge_base.article import Article
from knowledge_base.passages import Kind, passages_of, plain, units_of

BODY = """# Lights

Look at the front. Press **Probe now** e.g. at 3.5 V. Done!

## Colours

| Light | Meaning |
| --- | --- |
| Red, steady | Hardware fault |

- First thing
- Second thing,
  continued
"""


def units(body: str, language: str = "en") -> list[tuple[str, str, str]]:
    article = Article("lights", "Lights", language, body)
    return [(unit.kind, unit.section, unit.text) for unit in units_of(article)]


def test_sentences_rows_and_items_stand_under_their_headings() -> None:
    assert units(BODY) == [
        (Kind.SENTENCE, "", "Look at the front."),
        (Kind.SENTENCE, "", "Press Probe now e.g. at 3.5 V."),
        (Kind.SENTENCE, "", "Done!"),
        (Kind.ROW, "Colours", "Light: Red, steady · Meaning: Hardware fault"),
        (Kind.ITEM, "Colours", "First thing"),
        (Kind.ITEM, "Colours", "Second thing, continued"),
    ]


def test_chinese_sentences_end_at_their_own_marks() -> None:
    found = units("网关离线了？先断电 20 秒。“再上电。”然后等。", "zh")
    assert [text for _, _, text in found] == ["网关离线了？", "先断电 20 秒。", "“再上电。”", "然后等。"]


def test_offsets_lead_back_to_the_words_of_the_article() -> None:
    for unit in units_of(Article("lights", "Lights", "en", BODY)):
        if unit.kind is not Kind.ROW:
            assert plain(BODY[unit.start : unit.end]) == unit.text


def test_a_long_section_becomes_several_passages_at_sentence_ends() -> None:
    article = Article("long", "Long", "en", "This sentence is repeated to fill a page. " * 100)
    found = passages_of(article)
    assert len(found) > 1
    assert all(len(passage.text) <= 1000 for passage in found)
    assert sum(len(passage.units) for passage in found) == 100


def test_every_article_of_the_demonstration_is_cut_without_a_rest() -> None:
    with load_world(FOLDER).store.reading(SYSTEM) as work:
        _, rows = article_rows(work)
    assert rows
    for row in rows:
        found = passages_of(Article(row.slug, row.title, row.language, row.body))
        assert all(unit.text for passage in found for unit in passage.units)
