"""Streamlit code that several pages share."""

import os

# Before NumPy is first imported: its matrix products would otherwise start a thread for each core in each run, and
# several runs at once would then be 10 to 100 times slower than they are one thread each.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
