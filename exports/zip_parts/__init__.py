"""The parts of exports/shelf_zip.py: what a run is in a file, and how a file from anybody is read."""
