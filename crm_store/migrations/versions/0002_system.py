"""History, messages, conversations, identities, tokens, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

SQLITE_GUARD = """
CREATE TRIGGER journal_no_{what} BEFORE {WHAT} ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""
POSTGRES_REFUSE = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
"""
POSTGRES_GUARD = """
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()
"""


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("tenant", sa.String(128), primary_key=True),
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("person", sa.String(255), primary_key=True),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    op.create_table(
        "identity",
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("tenant", sa.String(128), primary_key=True),
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("login", sa.String(255), nullable=False, index=True),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("linked_by", sa.String(255), nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("tenant", sa.String(128), nullable=False),
        sa.Column("native_id", sa.String(255), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("result", sa.JSON),
        sa.UniqueConstraint("channel", "tenant", "native_id", name="uq_inbox_native"),
    )
    op.create_index("ix_inbox_conversation", "inbox", ["channel", "tenant", "conversation", "status"])
    op.create_index("ix_inbox_waiting", "inbox", ["status", "id"])
    op.create_table(
        "journal",
        sa.Column("seq", LONG_ID, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("message_id", LONG_ID, index=True),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("record", sa.String(32), nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("op", sa.String(8), nullable=False),
        sa.Column("undoes", LONG_ID, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_journal_record", "journal", ["record", "record_id", "seq"])
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seq", LONG_ID, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_table(
        "token",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("login", sa.String(255), nullable=False, index=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_table(
        "outbox",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("inbox_id", LONG_ID, sa.ForeignKey("inbox.id"), index=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("tenant", sa.String(128), nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("recipient", sa.String(255), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("retry_at", MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("sent_at", MOMENT),
    )
    op.create_index("ix_outbox_conversation", "outbox", ["channel", "tenant", "conversation", "id"])
    op.create_index("ix_outbox_due", "outbox", ["status", "retry_at"])
    op.execute("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(what=what, WHAT=what.upper()))
    else:
        op.execute(POSTGRES_REFUSE)
        op.execute(POSTGRES_GUARD)


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("token")
    op.drop_table("setting")
    op.drop_table("journal_head")
    op.drop_table("journal")
    op.drop_table("inbox")
    op.drop_table("identity")
    op.drop_table("counter")
    op.drop_table("conversation")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION journal_refuse")
