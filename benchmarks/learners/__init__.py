"""Who learns for benchmarks.accuracy: one run in a process of its own, which prints its points as JSON.

Run: python -m benchmarks.learners.<who> <argument> <seed>. A point is [seconds of training until then, test accuracy].
"""
