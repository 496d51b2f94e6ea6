"""Run by Alembic inside a connection that crm_store.schema opened."""

from alembic import context

from crm_store.records.record import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
