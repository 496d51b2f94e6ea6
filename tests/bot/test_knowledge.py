"""Articles answer whom they may, as they stand now, in the reader's language."""

from __future__ import annotations

from bot.knowledge import ArticleKnowledge
from crm_store.actor import Actor, actor_of_login
from crm_store.records import Article
from crm_store.store import Store
from intents.outcome import Outcome, Status


def ask(store: Store, knowledge: ArticleKnowledge, login: str, question: str, language: str) -> Outcome:
    with store.reading(actor(store, login)) as work:
        return knowledge.answer(work, question, language)


def actor(store: Store, login: str) -> Actor:
    with store.reading() as work:
        found = actor_of_login(work, login)
    assert found is not None
    return found


def test_an_internal_article_answers_employees_and_no_customer(store: Store) -> None:
    knowledge = ArticleKnowledge()
    question = "P1级的事故多长时间之内要发通告"
    told = ask(store, knowledge, "liu.yang", question, "zh")
    assert told.status is Status.ANSWERED
    assert told.citations[0].slug == "incident-handling"
    hidden = ask(store, knowledge, "client.wuxi", question, "zh")
    assert "incident-handling" not in {cited.slug for cited in hidden.citations}


def test_it_says_so_when_it_quotes_from_the_other_language(store: Store) -> None:
    told = ask(store, ArticleKnowledge(), "client.wuxi", "单点登录报 SSO-422", "zh")
    assert told.citations[0].slug == "sso-setup"
    assert told.say[0].key == "kb.from.en"


def test_what_no_article_says_is_unknown_and_cites_nothing(store: Store) -> None:
    told = ask(store, ArticleKnowledge(), "client.wuxi", "传感器能不能测噪声分贝", "zh")
    assert (told.status, told.citations) == (Status.UNKNOWN, ())
    assert told.memory["question"] == "传感器能不能测噪声分贝"


def test_a_changed_article_answers_at_once_and_a_draft_no_more(store: Store) -> None:
    knowledge = ArticleKnowledge()
    question = "how many webhooks can a workspace have"
    with store.work(actor(store, "zhou.min")) as work:
        (row,) = work.find(Article, slug="webhooks")
        work.change(row, {"body": "A workspace can have 77 webhooks."})
        work.commit()
    told = ask(store, knowledge, "client.wuxi", question, "en")
    assert "77" in told.say[0].slots["quotes"][0]
    with store.work(actor(store, "zhou.min")) as work:
        (row,) = work.find(Article, slug="webhooks")
        work.change(row, {"status": "draft"})
        work.commit()
    again = ask(store, knowledge, "client.wuxi", question, "en")
    assert "webhooks" not in {cited.slug for cited in again.citations}
