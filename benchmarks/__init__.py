"""Measurements that take longer than a test may. Run them one by one: python -m benchmarks.<name>."""
