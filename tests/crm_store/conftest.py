"""A store on each of the two databases, and a small company to put in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from crm_store.actor import SYSTEM, Actor, actor_of_login
from crm_store.records import Account, Contact, CustomerLogin, Opportunity, Product, Ticket, User
from crm_store.store import Store
from tests.postgres import create_database, database_of

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 3, 11, 2, tzinfo=UTC)  # 10:00 in Shanghai
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
REMEMBER = f"""
DO $$ DECLARE name text; BEGIN
    CREATE SCHEMA original;
    FOR name IN {TABLES} LOOP
        EXECUTE format('CREATE TABLE original.%I AS TABLE public.%I', name, name);
    END LOOP;
END $$
"""
# Far quicker than a new database for each test. Replicas check neither references nor the journal's triggers.
RESTORE = f"""
DO $$ DECLARE name text; sequence text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN {TABLES} LOOP
        EXECUTE format('DELETE FROM public.%I', name);
        EXECUTE format('INSERT INTO public.%I SELECT * FROM original.%I', name, name);
    END LOOP;
    FOR name, sequence IN
        SELECT table_name, pg_get_serial_sequence(table_name::text, 'id') FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'id'
    LOOP
        IF sequence IS NOT NULL THEN
            EXECUTE format('SELECT setval(%L, (SELECT coalesce(max(id), 0) + 1 FROM public.%I), false)', sequence, name);
        END IF;
    END LOOP;
END $$
"""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = WEDNESDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass(frozen=True)
class Company:
    """Who works here and what there is, by id."""

    store: Store
    actors: dict[str, Actor]
    huawei: int  # an account of li.lei
    zte: int  # of han.meimei, in the same team
    acme: int  # of tom, in another team
    zhang: int  # a contact at huawei
    john: int  # a contact at acme
    deal: int  # of li.lei at huawei
    acme_deal: int
    ticket: int  # of huawei, nobody's yet
    gateway: int  # a product


STAFF = (
    ("sun.li", "孙立", "director", None),
    ("wang.fang", "王芳", "manager", "East"),
    ("li.lei", "李雷", "rep", "East"),
    ("han.meimei", "韩梅梅", "rep", "East"),
    ("sarah", "Sarah Miller", "manager", "International"),
    ("tom", "Tom Baker", "rep", "International"),
    ("chen.jing", "陈静", "manager", "Support"),
    ("liu.yang", "刘洋", "agent", "Support"),
    ("lily", "Lily Evans", "agent", "Support"),
    ("admin", "周敏", "admin", None),
)
LOGINS = (*(login for login, *_ in STAFF), "client.zhang", "client.john")


@pytest.fixture(scope="session")
def postgres(postgres_address: str) -> str:
    """The address of a PostgreSQL server with two migrated databases: `vacant`, and `company` with a company in it."""
    _prepare(create_database(postgres_address, "vacant"), found_company=False)
    _prepare(create_database(postgres_address, "company", template="vacant"), found_company=True)
    for name in ("vacant", "company"):
        with psycopg.connect(database_of(postgres_address, name)) as connection:
            connection.execute(REMEMBER)
    return postgres_address


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same two databases as files."""
    folder = tmp_path_factory.mktemp("templates")
    _prepare(f"sqlite:///{folder / 'vacant'}", found_company=False)
    _prepare(f"sqlite:///{folder / 'company'}", found_company=True)
    return folder


def _prepare(url: str, *, found_company: bool) -> None:
    store = store_at(url, Clock())
    store.migrate()
    if found_company:
        _found_company(store)
    store.close()


@contextmanager
def _copy_of(template: str, kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that starts as a copy of the template."""
    if kind == "sqlite":
        path = request.getfixturevalue("tmp_path") / f"{template}.db"
        shutil.copy(request.getfixturevalue("sqlite_files") / template, path)
        yield f"sqlite:///{path}"
        return
    url = database_of(request.getfixturevalue("postgres"), template)
    yield url
    with psycopg.connect(url) as connection:
        connection.execute(RESTORE)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two databases."""
    return str(request.param)


@pytest.fixture
def store(kind: str, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A migrated store with nothing in it."""
    with _copy_of("vacant", kind, request) as url:
        found = store_at(url, clock)
        yield found
        found.close()


@pytest.fixture
def company(kind: str, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Company]:
    """A store with a small company in it."""
    with _copy_of("company", kind, request) as url:
        found = store_at(url, clock)
        yield as_company(found)
        found.close()


def store_at(url: str, clock: Clock) -> Store:
    return Store(url, zone=ZONE, clock=clock, synchronous="NORMAL")


def _found_company(store: Store) -> None:
    with store.work(SYSTEM) as work:
        staff = {
            login: work.add(User(login=login, name=name, role=role, team=team)) for login, name, role, team in STAFF
        }
        huawei = work.add(Account(name="华为技术有限公司", aliases=("华为", "Huawei"), owner=staff["li.lei"]))
        work.add(Account(name="中兴通讯", owner=staff["han.meimei"]))
        acme = work.add(Account(name="Acme Corporation", owner=staff["tom"]))
        zhang = work.add(Contact(name="张伟", account=huawei, title="采购总监", phone="13810000000"))
        john = work.add(Contact(name="John Smith", account=acme, title="CTO", phone="555-0100"))
        for name, account, amount, currency, owner in (
            ("华为续费", huawei, 600000, "CNY", "li.lei"),
            ("Acme Gateway pilot", acme, 80000, "USD", "tom"),
        ):
            work.add(Opportunity(name=name, account=account, amount=amount, currency=currency, owner=staff[owner]))
        work.add(Ticket(subject="网关掉线", account=huawei, contact=zhang))
        work.add(Product(sku="GW-300", name="边缘网关", unit_price=4999))
        for login, contact, account in (("client.zhang", zhang, huawei), ("client.john", john, acme)):
            work.add(CustomerLogin(login=login, contact=contact, account=account))
        work.commit()


def as_company(store: Store) -> Company:
    with store.reading() as work:
        actors = {login: actor for login in LOGINS if (actor := actor_of_login(work, login)) is not None}
    return Company(store, actors, huawei=1, zte=2, acme=3, zhang=1, john=2, deal=1, acme_deal=2, ticket=1, gateway=1)
