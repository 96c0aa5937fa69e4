"""Many runs on one server: who computes now, what each may keep, and what a page sees of it. Without Streamlit."""
