"""The app over the real engine: served and run by the tests of the practice pages, with FOOTNOTE_HOME set."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st
from starlette.middleware import Middleware

from ui.security import SecurityHeaders
from ui.shell import draw, on_script_error, warmed

if __name__ == "__main__":
    draw()
else:
    app = st.App(__file__, middleware=[Middleware(SecurityHeaders)], lifespan=warmed, on_script_error=on_script_error)
