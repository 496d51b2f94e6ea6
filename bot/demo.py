"""The demonstration company, whose history always leads up to this week."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crm_store.records import User
from crm_store.store import Store
from crm_store.transfer import import_folder, whole_weeks

FOLDER = Path(__file__).parent / "demo_company"
TODAY_THERE = date(2026, 3, 11)
"""The day on which the company's files were written."""

TRY: dict[str, tuple[str, ...]] = {
    "li.lei": ("今天拜访了华为的张伟，聊了报价，下周三上午再跟进", "我的商机有哪些", "华为专业版续费改成65万"),
    "tom.baker": ("Called Jane Doe at Acme, she wants a quote by Friday", "my open deals", "undo"),
    "liu.yang": ("我手上还有哪些工单", "T-1041 优先级改成高"),
    "wang.fang": ("我们组这个月赢了多少", "把比亚迪转给韩梅梅"),
    "client.wuxi": ("我的工单怎么样了", "转人工"),
}
"""What to say as whom, for somebody who has just opened the chat."""


def is_empty(store: Store) -> bool:
    """Whether nobody works here yet."""
    with store.reading() as work:
        return work.count(User) == 0


def load_demo(store: Store) -> None:
    """Imports the company, moved by whole weeks so that its today falls into this week."""
    import_folder(store, FOLDER / "world", shift=whole_weeks(TODAY_THERE, store.now().date()))
