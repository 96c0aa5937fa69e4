"""Streamlit code that several pages share."""
