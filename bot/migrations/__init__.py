"""Alembic's migrations. Each room is a branch of its own, so that rooms never wait for each other's revisions."""
