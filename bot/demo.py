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
    "tom.baker": (
        "Called Jane Doe at Acme, she wants a quote by Friday",
        "Which of my deals are still open?",
        "Acme Gateway pilot to 90k",
    ),
    "wang.fang": ("我们组的商机按阶段汇总", "我们组这个季度赢了多少", "把比亚迪转给韩梅梅"),
    "liu.yang": ("我名下还没解决的工单", "T-1041 优先级改成高", "有多少工单超时了"),
    "lily.evans": ("my open tickets", "T-1054 reply to the customer: an engineer is on the way"),
    "chen.jing": ("现在有多少工单没解决", "按处理人分一下"),
    "client.wuxi": ("网关离线怎么办", "我的工单怎么样了", "转人工"),
    "client.jane": ("what is the status of my tickets", "our gateway is offline", "I want to talk to a person"),
}
"""What to say as whom, for somebody who has just opened the chat."""


def is_empty(store: Store) -> bool:
    """Whether nobody works here yet."""
    with store.reading() as work:
        return work.count(User) == 0


def load_demo(store: Store) -> None:
    """Imports the company, moved by whole weeks so that its today falls into this week."""
    import_folder(store, FOLDER / "world", shift=whole_weeks(TODAY_THERE, store.now().date()))
