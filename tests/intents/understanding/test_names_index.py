"""The index follows what happens to records, and answers for single names."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from intents.understanding.names import MatchKind, NameIndex, NameSource

PEOPLE = [
    NameSource("contact", 1, "Jane Doe", (), "VP Procurement", 10),
    NameSource("contact", 2, "Jane Porter", (), "COO", 11),
    NameSource("contact", 3, "王磊", (), "CTO", 12),
    NameSource("account", 10, "Acme Corporation", ("Acme",)),
    NameSource("account", 11, "Acme Health"),
    NameSource("account", 12, "中兴通讯股份有限公司", ("中兴",)),
]


def names(index: NameIndex, text: str) -> list[str | None]:
    return [index.name_of(c.record, c.id) for m in index.find(text) for c in m.candidates]


def test_a_new_record_is_found_at_once() -> None:
    index = NameIndex(PEOPLE)
    index.update([NameSource("account", 20, "Dunder Mifflin")])
    assert names(index, "call dunder mifflin") == ["Dunder Mifflin"]


def test_a_renamed_record_is_found_by_its_new_name_only() -> None:
    index = NameIndex(PEOPLE)
    index.update([NameSource("account", 12, "ZTE Group")])
    assert names(index, "中兴") == []
    assert names(index, "ZTE") == ["ZTE Group"]
    assert index.name_of("account", 12) == "ZTE Group"


def test_a_deleted_record_is_not_found_and_can_come_back() -> None:
    index = NameIndex(PEOPLE)
    index.update([NameSource("account", 12, "中兴通讯股份有限公司", gone=True)])
    assert names(index, "中兴") == []
    assert index.lookup("中兴") == []
    assert index.name_of("account", 12) is None
    index.update([PEOPLE[-1]])
    assert names(index, "中兴") == ["中兴通讯股份有限公司"]


def test_a_copy_changes_on_its_own() -> None:
    index = NameIndex(PEOPLE)
    twin = index.copy()
    twin.update([NameSource("account", 20, "Dunder Mifflin"), NameSource("account", 10, "Acme Corporation", gone=True)])
    assert names(index, "dunder mifflin") == []
    assert names(index, "Acme Corporation") == ["Acme Corporation"]
    assert names(twin, "Acme Corporation") == ["Acme Health"]


def test_many_small_updates_end_like_one_build() -> None:
    chosen = random.Random(3)
    words = ["Bel", "Cor", "Dan", "Ver", "Mon", "Tal", "Rix", "Lon", "Gra", "Fen"]
    latest: dict[int, NameSource] = {}
    index = NameIndex()
    for _ in range(150):
        identity = chosen.randrange(40)
        name = "".join(chosen.choices(words, k=3)).title() + " Labs"
        latest[identity] = NameSource("account", identity, name, gone=chosen.random() < 0.2)
        index.update([latest[identity]])
    built = NameIndex(latest.values())
    for source in latest.values():
        assert index.find(f"call {source.name} today") == built.find(f"call {source.name} today")
        assert index.name_of("account", source.id) == (None if source.gone else source.name)


def test_readers_see_whole_states_while_one_writes() -> None:
    index = NameIndex(PEOPLE)
    pair = [NameSource("contact", 30, "Ann Twinner"), NameSource("contact", 31, "Bob Twinner")]

    def read(_: int) -> int:
        return len(names(index, "ask Twinner"))

    def write() -> None:
        for turn in range(60):
            index.update([NameSource(s.record, s.id, s.name, gone=turn % 2 == 1) for s in pair])

    with ThreadPoolExecutor(4) as pool:
        writing = pool.submit(write)
        seen = set(pool.map(read, range(300)))
        writing.result()
    assert seen <= {0, 2}


def test_an_empty_index_finds_nothing() -> None:
    assert NameIndex().find("call Acme") == []
    assert NameIndex().lookup("Acme") == []
    assert NameIndex().name_of("account", 1) is None


def test_lookup_lists_all_who_bear_a_name() -> None:
    assert {c.id for c in NameIndex(PEOPLE).lookup("jane", frozenset({"contact"}))} == {1, 2}


def test_lookup_takes_a_title_a_surname_and_a_name_with_a_slip() -> None:
    index = NameIndex(PEOPLE)
    assert [c.id for c in index.lookup("CTO")] == [3]
    assert [c.id for c in index.lookup("王总")] == [3]
    assert [c.id for c in index.lookup("王雷")] == [3]
    assert index.lookup("Acme Helth")[0].id == 11


def test_lookup_offers_names_that_hold_the_words() -> None:
    (first, *_) = NameIndex(PEOPLE).lookup("the Acme Health people")
    assert (first.id, first.kind) == (11, MatchKind.PARTIAL)


def test_lookup_keeps_to_the_limit() -> None:
    many = NameIndex(NameSource("contact", n, f"Jane Person{n}") for n in range(9))
    assert len(many.lookup("Jane")) == 5
    assert len(many.lookup("Jane", limit=2)) == 2


def test_of_many_bearers_those_of_the_account_named_come_first() -> None:
    crowd = [NameSource("contact", n, f"Jane Person{n}", (), None, n) for n in range(500)]
    index = NameIndex([*crowd, NameSource("account", 450, "Zyxel Quartz")])
    mention = next(m for m in index.find("Jane from Zyxel Quartz called") if m.text == "Jane")
    assert mention.candidates[0].id == 450


def test_a_record_that_is_named_as_before_leaves_the_index_as_it_is() -> None:
    index = NameIndex([NameSource("account", 1, "Initech"), NameSource("account", 2, "Umbrella")])
    before = index._state
    index.update([NameSource("account", 1, "Initech"), NameSource("account", 9, "Never there", gone=True)])
    assert index._state is before
    index.update([NameSource("account", 1, "Initrode")])
    assert index.name_of("account", 1) == "Initrode"
    assert not index.find("Initech")
