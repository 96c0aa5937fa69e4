"""Arrays to figures, without Streamlit: pages, reports and notebooks draw the same ones."""
