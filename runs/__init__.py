"""Many runs on one server: who computes now, what each may keep, and what a page sees of it. Without Streamlit.

Locks are taken in this order, and none while a later one is held, so that no two threads wait for each other:

1. Runs._lock (registry.py): which runs there are, and how they share the memory
2. Worker._at_work (worker.py): a run computes a piece of work
3. Run._changed (run_thread.py): what one run is doing, and what it remembers
4. Scheduler._lock (turns.py): who computes now

Sweeps._lock and then Sweep._lock (runs/sweep/) come before all of these, and none of these is taken while they are
held. Those of far_run.py and cluster.py come after all of them. That of runs/maps/ and these are never held together.

A page that holds a lock of its own may call in here; nothing in here calls a page. What the garbage collector may call,
Holdings.let_go(), takes no lock. The keep() of a run is called with 2 held: it may take locks of its own, but must not
ask a run or the registry for anything.
"""
