"""What outlives a visit: runs in a database, with their settings, figures, networks and the state to go on from.

Without Streamlit. One thread writes (writer.py); pages look, and rename or delete, in their own. Nothing in memory is
taken for the truth but what is followed: other processes may use the same PostgreSQL.

Locks are taken in this order, and the writer asks a run for its view while it holds none of a later one:

1. Writer._at_work: one thread at a time writes what followed runs are
2. Writer._changed: which runs are followed, and what the writer is asked to do

What a run calls after each epoch takes no lock at all.
"""
