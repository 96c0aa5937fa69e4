"""How the tables came to be, step by step: Alembic takes those that a database has not taken yet.

A new step is a file in versions/: its revision, the one before, and upgrade(). schema.py then has the tables as they
are after it, and its revision as VERSION. Steps never drop what somebody kept.
"""
