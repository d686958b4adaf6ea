"""What alembic runs: our engine, our tables, one transaction."""

from alembic import context

from storage.models import METADATA

database = context.config.attributes["database"]
with database.transaction() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
