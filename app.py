"""Entry of the Streamlit app: `streamlit run app.py` serves `app`, and runs this file once more for each session."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from ui.security import SecurityHeaders
from ui.shell import draw, on_script_error, warmed

if __name__ == "__main__":
    draw()
else:
    app = st.App(__file__, middleware=[Middleware(SecurityHeaders)], lifespan=warmed, on_script_error=on_script_error)
