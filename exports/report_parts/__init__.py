"""The parts of exports/report.py: what stands in a report, and how it looks."""
