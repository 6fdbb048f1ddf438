"""What the candidate sees. With app.py, the only importer of streamlit."""
