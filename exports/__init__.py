"""What visitors take away, and bring back: one format a file, without Streamlit."""
