"""One reply of each kind, in both languages: shown in browser tests, rendered in text tests."""

from __future__ import annotations

from connectors.reply import Button, Citation, Column, Fact, ReceiptItem, Reply, Table

UNDO_ZH = Button(id="undo:17", label="撤销", typed="撤销")
UNDO_EN = Button(id="undo:18", label="Undo", typed="undo")

RECEIPT_ZH = Reply(
    language="zh",
    text="已记录。",
    receipt=(
        ReceiptItem(
            title="跟进记录 拜访 华为技术有限公司",
            op="create",
            facts=(
                Fact(label="联系人", value="张伟"),
                Fact(label="内容", value="聊了报价，客户希望 3 月底前拿到正式方案"),
                Fact(label="时间", value="今天 3月11日"),
            ),
            link="/records/activity/161",
        ),
        ReceiptItem(
            title="商机 华为专业版续费",
            op="update",
            facts=(
                Fact(label="金额", value="¥720,000", before="¥600,000"),
                Fact(label="阶段", value="谈判", before="资格确认"),
                Fact(label="下一步", value="下周三上午跟进"),
            ),
        ),
    ),
    buttons=(UNDO_ZH,),
)
RECEIPT_EN = Reply(
    language="en",
    text="Done.",
    receipt=(
        ReceiptItem(
            title="Opportunity Acme Professional renewal",
            op="update",
            facts=(
                Fact(label="Amount", value="$210,000", before="$180,000"),
                Fact(label="Close date", value="Fri 17 Apr 2026", before="Tue 31 Mar 2026"),
            ),
        ),
        ReceiptItem(title="Task Send the revised quote", op="delete"),
    ),
    buttons=(UNDO_EN,),
)
TABLE_ZH = Reply(
    language="zh",
    text="您负责的进行中商机共 5 个，合计 ¥3,180,000。\n依据：负责人是李雷，未赢单也未输单。",
    table=Table(
        columns=(
            Column(key="name", label="商机"),
            Column(key="account", label="客户"),
            Column(key="stage", label="阶段"),
            Column(key="amount", label="金额", align="right"),
            Column(key="close_date", label="预计成交"),
        ),
        rows=(
            ("华为专业版续费", "华为技术有限公司", "谈判", "¥720,000", "2026-07-23"),
            ("比亚迪培训服务", "比亚迪股份有限公司", "谈判", "¥900,000", "2026-03-16"),
            ("云帆数据 Premium Support", "云帆数据", "方案", "¥60,000", "2026-04-30"),
        ),
        total=5,
    ),
)
TABLE_EN = Reply(
    language="en",
    text="Open pipeline by stage, in USD.",
    facts=(Fact(label="Deals", value="9"), Fact(label="Total", value="$1,284,000")),
    table=Table(
        columns=(
            Column(key="stage", label="Stage"),
            Column(key="count", label="Deals", align="right"),
            Column(key="amount", label="Amount", align="right"),
        ),
        rows=(("Prospecting", "4", "$310,000"), ("Proposal", "3", "$564,000"), ("Negotiation", "2", "$410,000")),
    ),
)
CHOICES_ZH = Reply(
    language="zh",
    text="有两位“张伟”，您指的是哪一位？",
    buttons=(
        Button(id="pick:1", label="张伟 · 华为技术有限公司 · 采购总监", typed="1"),
        Button(id="pick:2", label="张伟 · 比亚迪股份有限公司 · IT 经理", typed="2"),
        Button(id="cancel", label="算了", typed="算了"),
    ),
)
CONFIRM_EN = Reply(
    language="en",
    text="This closes 14 tickets. Go ahead?",
    buttons=(
        Button(id="yes:7K2", label="Close 14 tickets", typed="yes 7K2", style="danger"),
        Button(id="no:7K2", label="Cancel", typed="cancel"),
    ),
)
CITED_ZH = Reply(
    language="zh",
    text="指示灯红色慢闪表示网关连不上云端。\n1. 先检查网线和 4G 信号；\n2. 长按复位键 10 秒重启；\n3. 仍不恢复，请联系我们开工单。",
    citations=(
        Citation(slug="gateway-led-codes", title="网关指示灯含义", section="红灯", url="/articles/gateway-led-codes"),
        Citation(slug="gateway-offline", title="网关离线处理"),
    ),
    buttons=(Button(id="ticket", label="开工单", typed="开工单", style="primary"),),
)
CITED_EN = Reply(
    language="en",
    text="A refund within 14 days of purchase is made in full, to the card that paid.",
    citations=(Citation(slug="refund-policy", title="Refund policy", section="Within 14 days"),),
    buttons=(Button(id="ticket", label="Open a ticket", typed="open a ticket", style="primary"),),
)
HOSTILE = Reply(
    language="en",
    text='<img src=x onerror="window.hacked=1"> & <script>window.hacked=1</script>\x1b]0;owned\x07',
    receipt=(
        ReceiptItem(
            title="<b>Account</b>",
            op="create",
            facts=(Fact(label="<i>", value='"><script>'),),
            link="javascript:window.hacked=1",
        ),
    ),
    citations=(Citation(slug="x", title="<u>x</u>", url="data:text/html,<script>1</script>"),),
    buttons=(Button(id='"><img src=x onerror=window.hacked=1>', label="<button>", typed="x"),),
)
EMPTY_EN = Reply(
    language="en",
    text="There are no such tickets.",
    table=Table(columns=(Column(key="number", label="Number"),), rows=()),
)
EXAMPLES_ZH = (RECEIPT_ZH, TABLE_ZH, CHOICES_ZH, CITED_ZH)
EXAMPLES_EN = (RECEIPT_EN, TABLE_EN, CONFIRM_EN, CITED_EN, EMPTY_EN)
EXAMPLES = (*EXAMPLES_ZH, *EXAMPLES_EN)
