"""The app over the hand-made assistant: what the browser tests serve. `streamlit run tests/ui/fake_app.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st
from starlette.middleware import Middleware

from tests.ui.fakes import FakeAssistant
from ui import engine
from ui.security import SecurityHeaders
from ui.shell import draw, on_script_error, warmed

engine.open_assistant = lambda _settings: FakeAssistant()  # type: ignore[assignment,return-value]

if __name__ == "__main__":
    draw()
else:
    app = st.App(__file__, middleware=[Middleware(SecurityHeaders)], lifespan=warmed, on_script_error=on_script_error)
