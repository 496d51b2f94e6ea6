"""Folders in and out: what comes back, what is refused and how it is said."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm_store.actor import SYSTEM
from crm_store.check import check_store, content_hash
from crm_store.errors import ImportFailed, NotAllowed
from crm_store.journal import verify_chain
from crm_store.names import name_rows
from crm_store.records import Account, Article, Opportunity, Task, Ticket, User
from crm_store.store import Store
from crm_store.transfer import export_folder, import_folder, whole_weeks
from tests.crm_store.conftest import Company

FILES = {
    "user.csv": "login,name,role,team,manager\nli.lei,李雷,rep,East,wang.fang\nwang.fang,王芳,manager,East,\n",
    "account.csv": "name,aliases,tier,owner,tags\n华为,Huawei|HW,A,li.lei,5G|重点\nAcme,,,li.lei,\n",
    "contact.csv": "name,account,phone\n张伟,华为,138\n张伟,Acme,139\n",
    "opportunity.csv": (
        "name,account,contact,amount,currency,stage,probability,close_date,owner,created_at\n"
        "续费,华为,张伟,600000,CNY,proposal,50,2026-03-20,li.lei,2026-01-05T09:00:00\n"
        '"Pilot, second",Acme,张伟,1200.5,USD,won,100,2026-02-01,li.lei,2025-12-01T18:30:00\n'
    ),
    "task.csv": "title,account,due_at,assignee,status\n回访,华为,2026-03-12T09:00:00,li.lei,open\n回访,华为,,,open\n",
    "ticket.csv": "number,subject,account,contact,status,priority,created_at\nT-1041,掉线,华为,张伟,open,high,2026-03-01T08:00:00\n",
}
ARTICLE = "---\ntitle: 退款规则\nlanguage: zh\nvisibility: public\ncategory: 售后\nupdated: 2025-12-16\n---\n\n# 退款\n\n七天内。\n"


def write(folder: Path, files: Mapping[str, str] = FILES, articles: Mapping[str, str] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode())
    for name, text in (articles or {}).items():
        (folder / "articles").mkdir(exist_ok=True)
        (folder / "articles" / name).write_bytes(text.encode())
    return folder


def reasons(store: Store, folder: Path) -> list[str]:
    """Every problem as it is said; nothing may have been imported."""
    before = content_hash(store)
    with pytest.raises(ImportFailed) as failed:
        import_folder(store, folder)
    assert content_hash(store) == before
    return [str(problem) for problem in failed.value.problems]


def test_a_folder_comes_back_byte_for_byte(store: Store, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", articles={"refunds.md": ARTICLE})
    report = import_folder(store, folder)
    assert dict(report.created) == {
        "user": 2, "account": 2, "contact": 2, "opportunity": 2, "task": 2, "ticket": 1, "article": 1,
    }  # fmt: skip
    written = export_folder(store, tmp_path / "out")
    assert {path.relative_to(tmp_path / "out") for path in written} == {
        *map(Path, FILES),
        Path("articles/refunds.md"),
    }
    for path in written:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path / "out")).read_bytes()
    assert verify_chain(store) == []
    assert check_store(store) == []


def test_links_and_times_mean_what_they_say(store: Store, tmp_path: Path) -> None:
    import_folder(store, write(tmp_path / "in"))
    with store.reading() as work:
        huawei = work.find(Account, name="华为")[0]
        deal = work.find(Opportunity, name="续费")[0]
        assert huawei.aliases == ("Huawei", "HW")
        assert deal.contact is not None
        assert deal.contact.phone == "138"
        assert deal.created_at.isoformat() == "2026-01-05T01:00:00+00:00"
        boss = work.find(User, login="li.lei")[0].manager
        assert boss is not None
        assert boss.login == "wang.fang"
        assert len(name_rows(work)[1]) > 0


def test_the_next_ticket_follows_the_imported_ones(store: Store, tmp_path: Path) -> None:
    import_folder(store, write(tmp_path / "in"))
    with store.work(SYSTEM) as work:
        assert work.add(Ticket(subject="x")).number == "T-1042"


def test_importing_again_doubles_nothing(store: Store, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", articles={"refunds.md": ARTICLE})
    import_folder(store, folder)
    before = content_hash(store)
    again = import_folder(store, folder)
    assert (again.created.total(), again.updated.total(), again.unchanged.total()) == (0, 0, 12)
    assert content_hash(store) == before


def test_a_changed_row_updates_its_record(store: Store, tmp_path: Path) -> None:
    import_folder(store, write(tmp_path / "in"))
    user, account = FILES["user.csv"].replace("rep,East", "rep,North"), FILES["account.csv"].replace(",A,", ",B,")
    report = import_folder(store, write(tmp_path / "more", {"user.csv": user, "account.csv": account}))
    assert (dict(report.updated), dict(report.unchanged)) == ({"user": 1, "account": 1}, {"user": 1, "account": 1})
    with store.reading() as work:
        assert work.find(Account, name="华为")[0].tier == "B"
        assert work.find(User, login="li.lei")[0].team == "North"


def test_a_dry_run_tells_and_does_nothing(store: Store, tmp_path: Path) -> None:
    before = content_hash(store)
    report = import_folder(store, write(tmp_path / "in"), dry_run=True)
    assert report.is_dry_run
    assert report.created.total() == 11
    assert content_hash(store) == before


def test_values_that_came_later_are_exported_too(store: Store, tmp_path: Path) -> None:
    import_folder(store, write(tmp_path / "in"))
    with store.work(SYSTEM) as work:
        work.change(work.find(Account, name="Acme")[0], {"website": "acme.example"})
        work.commit()
    export_folder(store, tmp_path / "out")
    lines = (tmp_path / "out" / "account.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "name,aliases,tier,owner,tags,website",
        "华为,Huawei|HW,A,li.lei,5G|重点,",
        "Acme,,,li.lei,,acme.example",
    ]


def test_an_export_holds_what_its_reader_may_see(company: Company, tmp_path: Path) -> None:
    export_folder(company.store, tmp_path / "li", company.actors["li.lei"])
    assert "Acme Gateway pilot" not in (tmp_path / "li" / "opportunity.csv").read_text(encoding="utf-8")
    contacts = (tmp_path / "li" / "contact.csv").read_text(encoding="utf-8")
    assert "John Smith" in contacts
    assert "555-0100" not in contacts
    export_folder(company.store, tmp_path / "client", company.actors["client.zhang"])
    assert [path.name for path in (tmp_path / "client").glob("*")] == ["ticket.csv"]


def test_an_export_of_everything_can_be_imported_elsewhere(company: Company, tmp_path: Path) -> None:
    export_folder(company.store, tmp_path / "all")
    if company.store.is_sqlite:
        empty = Store("sqlite://", zone=company.store.zone, clock=company.store.clock)
        empty.migrate()
        import_folder(empty, tmp_path / "all")
        export_folder(empty, tmp_path / "again")
        for path in (tmp_path / "all").glob("*.csv"):
            assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
        empty.close()


def test_only_admins_import(company: Company, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"product.csv": "sku,name\nX,x\n"})
    with pytest.raises(NotAllowed):
        import_folder(company.store, folder, actor=company.actors["wang.fang"])
    assert import_folder(company.store, folder, actor=company.actors["admin"]).created.total() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("account.csv", ",A,", ",Z,", "account.csv, line 2, tier 'Z': is no tier; it takes A, B, C"),
        ("account.csv", "A,li.lei", "A,lei.li", "account.csv, line 2, owner 'lei.li': no such user"),
        ("opportunity.csv", "600000", "6 lakh", "opportunity.csv, line 2, amount '6 lakh': not a number"),
        (
            "opportunity.csv",
            ",50,",
            ",150,",
            "opportunity.csv, line 2, probability '150': is no probability; it takes 0-100",
        ),
        ("opportunity.csv", "2026-03-20", "20.3.2026", "line 2, close_date '20.3.2026': not a date like 2026-03-11"),
        ("opportunity.csv", "2026-01-05T09:00:00", "monday", "line 2, created_at 'monday': not a time like"),
        ("task.csv", "2026-03-12T09:00:00", "soon", "task.csv, line 2, due_at 'soon': not a time like"),
        ("contact.csv", "张伟,华为", "张伟,化为", "contact.csv, line 2, account '化为': no such account"),
        ("contact.csv", "张伟,华为", ",华为", "contact.csv, line 2, name '': required"),
        ("opportunity.csv", "续费,华为,张伟", "续费,,张伟", "contact '张伟': there are 2 records of type contact"),
        ("user.csv", "East,wang.fang", "East,nobody", "user.csv, line 2, manager 'nobody': no such user"),
        ("user.csv", "wang.fang,王芳", "li.lei,王芳", "user.csv, line 3, login 'li.lei': stands in line 2 already"),
        (
            "account.csv",
            "tier",
            "grade",
            "account.csv, line 1, column 'grade': no such column; there are name, aliases",
        ),
        ("account.csv", "tier", "name", "account.csv, line 1, column 'name': stands twice"),
        ("account.csv", "A,li.lei,5G|重点", "A,li.lei", "account.csv, line 2: has 4 values, the header 5 columns"),
        ("account.csv", "华为", '"华为', "account.csv, line 2: not CSV from here on: unexpected end of data"),
        ("contact.csv", "name,account,phone", "account,phone", "contact.csv, line 2: has 3 values"),
    ],
)
def test_a_bad_value_is_named_with_its_place(
    store: Store, tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    found = reasons(store, write(tmp_path / "in", {**FILES, file: FILES[file].replace(old, new, 1)}))
    assert any(expected in reason for reason in found), found


def test_every_bad_row_is_listed(store: Store, tmp_path: Path) -> None:
    account = "name,tier\n" + "".join(f"A{n},{'Z' if n % 2 else 'A'}\n" for n in range(100))
    found = reasons(store, write(tmp_path / "in", {"account.csv": account}))
    assert [reason.split(",")[1] for reason in found] == [f" line {n + 2}" for n in range(1, 100, 2)]


def test_a_missing_required_column_is_named(store: Store, tmp_path: Path) -> None:
    found = reasons(store, write(tmp_path / "in", {"contact.csv": "phone\n1\n"}))
    assert found == ["contact.csv, line 2, name '': the column is required"]


def test_line_numbers_are_those_of_the_file(store: Store, tmp_path: Path) -> None:
    account = 'name,address,tier\nA,"one\ntwo\nthree",A\n\nB,x,Z\n'
    assert reasons(store, write(tmp_path / "in", {"account.csv": account}))[0].startswith("account.csv, line 6, tier")


def test_bad_rows_may_be_left_out_with_what_refers_to_them(store: Store, tmp_path: Path) -> None:
    bad = {**FILES, "account.csv": FILES["account.csv"].replace(",A,", ",Z,")}
    report = import_folder(store, write(tmp_path / "in", bad), skip_bad=True)
    assert dict(report.skipped) == {"account": 1, "contact": 1, "opportunity": 1, "task": 2, "ticket": 1}
    assert report.created["account"] == 1
    assert "refers to account.csv line 2, which is not imported" in str(report.problems[1])
    assert check_store(store) == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (codecs.BOM_UTF16_LE + "name\nx\n".encode("utf-16-le"), "this is UTF-16"),
        ("name\n华为\n".encode("gb18030"), "line 2: not UTF-8 (byte 0xbb), perhaps GB 18030; save it as CSV in UTF-8"),
        (b"name\nx\xff\n", "line 2: not UTF-8 (byte 0xff)"),
        (b"PK\x03\x04abc", "this is an Excel workbook"),
        (b"name\nx\x00y\n", "line 2: holds a NUL character"),
        (b"", "no header"),
    ],
)
def test_a_file_that_is_no_csv_in_utf8_is_said_to_be(store: Store, tmp_path: Path, raw: bytes, expected: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "account.csv").write_bytes(raw)
    assert expected in reasons(store, folder)[0]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_do_not_matter(store: Store, tmp_path: Path, mark: bytes, end: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = 'name,address\n华为,"深圳, ""坂田"""\nAcme,\n\n'
    (folder / "account.csv").write_bytes(mark + text.replace("\n", end).encode())
    assert import_folder(store, folder).created.total() == 2
    with store.reading() as work:
        assert work.find(Account, name="华为")[0].address == '深圳, "坂田"'


def test_an_unknown_file_and_an_empty_folder_are_named(store: Store, tmp_path: Path) -> None:
    assert "deals.csv: no such record type" in reasons(store, write(tmp_path / "in", {"deals.csv": "name\n"}))[0]
    (tmp_path / "none").mkdir()
    assert "holds no CSV files" in reasons(store, tmp_path / "none")[0]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("# No head\n", "articles/x.md, line 1: no front matter"),
        (ARTICLE.replace("category", "kategory"), "articles/x.md, line 5, key 'kategory': no such key"),
        (ARTICLE.replace("public", "everybody"), "visibility 'everybody': is no visibility; it takes public, internal"),
        (ARTICLE.replace("language: zh\n", ""), "language '': the column is required"),
    ],
)
def test_a_bad_article_is_named(store: Store, tmp_path: Path, page: str, expected: str) -> None:
    folder = write(tmp_path / "in", {"product.csv": "sku,name\nX,x\n"}, {"x.md": page})
    assert any(expected in reason for reason in reasons(store, folder))


def test_articles_may_stand_beside_the_folder(store: Store, tmp_path: Path) -> None:
    folder = write(tmp_path / "world", {"product.csv": "sku,name\nX,x\n"})
    write(tmp_path, {}, {"refunds.md": ARTICLE})
    import_folder(store, folder)
    with store.reading() as work:
        (article,) = work.find(Article)
        assert (article.slug, article.title, article.updated_on) == ("refunds", "退款规则", date(2025, 12, 16))
        assert article.body.startswith("# 退款")


def test_a_demo_company_moves_by_whole_weeks(store: Store, tmp_path: Path) -> None:
    shift = whole_weeks(date(2026, 3, 11), date(2026, 11, 21))
    assert shift == timedelta(weeks=36)
    import_folder(store, write(tmp_path / "in"), shift=shift)
    with store.reading() as work:
        deal = work.find(Opportunity, name="续费")[0]
        assert deal.close_date == date(2026, 3, 20) + shift
        assert work.count(Task, due_at=None) == 1
        assert deal.created_at.isoformat() == "2026-09-14T01:00:00+00:00"


@pytest.mark.parametrize("today", [date(2026, 3, day) for day in range(9, 16)])
def test_a_demo_week_is_this_week(today: date) -> None:
    assert whole_weeks(date(2026, 3, 11), today) == timedelta()
    assert whole_weeks(date(2026, 3, 11), today + timedelta(weeks=5)) == timedelta(weeks=5)
