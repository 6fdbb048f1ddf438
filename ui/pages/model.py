"""Language model: whether one writes the answers, which, where, and what it took. Nothing of it need be set up."""

from __future__ import annotations

import streamlit as st

from answer.errors import ModelUnavailable
from ui.components.safe_text import plain
from ui.model import ModelInUse, model_in_use

OWN_WORDS, WITH_MODEL = "The guides' own words", "A language model's words"
FIELDS = {"model": "model-name", "url": "model-address", "key": "model-key"}


def draw() -> None:
    """The page."""
    in_use = model_in_use()
    with st.container(key="model-page"):
        st.title("Language model", anchor=False)
        st.markdown(
            "Footnote needs none: answers are made of the guides' own words. A model makes them read better. "
            "Each of its sentences is held against its sources, and what they don't support is left out."
        )
        chosen = st.segmented_control(
            "Answers come in",
            [OWN_WORDS, WITH_MODEL],
            default=WITH_MODEL if in_use.is_on else OWN_WORDS,
            key="model-choice",
            required=True,
            on_change=_chosen,
            args=(in_use,),
        )
        if chosen == WITH_MODEL:
            _draw_form(in_use)
            _draw_outcome()
            _draw_total(in_use)
            if in_use.has_key:
                st.button("Forget the key", key="model-forget-key", type="tertiary", on_click=in_use.forget_key)


def _chosen(in_use: ModelInUse) -> None:
    st.session_state.pop("model-said", None)
    in_use.switch(on=st.session_state["model-choice"] == WITH_MODEL)


def _draw_form(in_use: ModelInUse) -> None:
    settings = in_use.settings
    with st.form("model-form", border=True):
        st.text_input(
            "Model",
            settings.model or "",
            key=FIELDS["model"],
            max_chars=200,
            placeholder="ollama:NAME, openai:NAME or anthropic:NAME",
        )
        st.text_input(
            "Address",
            settings.model_url or "",
            key=FIELDS["url"],
            max_chars=500,
            placeholder="Only for a server of your own: http://127.0.0.1:8080/v1",
        )
        st.text_input(
            "Key",
            key=FIELDS["key"],
            type="password",
            max_chars=500,
            autocomplete="off",
            placeholder="A key is set; leave empty to keep it" if in_use.has_key else "Where the endpoint asks for one",
        )
        st.caption(
            "The key stays in this process's memory until the app ends. It is never written down, never shown again, "
            "and sent to this address only. Your questions and passages of the guides are sent there too."
        )
        st.form_submit_button(
            "Use and check", type="primary", icon=":material/network_check:", on_click=_use, args=(in_use,)
        )


def _use(in_use: ModelInUse) -> None:
    """Take the fields over and empty the key's; the check follows when the page is drawn."""
    given = {name: str(st.session_state.get(key) or "") for name, key in FIELDS.items()}
    st.session_state[FIELDS["key"]] = ""
    try:
        in_use.use(given["model"], given["url"], given["key"])
    except ModelUnavailable as error:
        st.session_state["model-said"] = (False, str(error))
        return
    st.session_state["model-said"] = None


def _draw_outcome() -> None:
    if "model-said" not in st.session_state:
        return
    if st.session_state["model-said"] is None:
        with st.spinner("Asking the model for one word …"):
            found = model_in_use().check()
        st.session_state["model-said"] = (found.answers, found.says)
    answers, says = st.session_state["model-said"]
    first, *warnings = says.splitlines()
    if answers:
        st.success(plain(first), icon=":material/check:")
    else:
        st.error(plain(first), icon=":material/error:")
    for warning in warnings:
        st.warning(plain(warning), icon=":material/warning:")


def _draw_total(in_use: ModelInUse) -> None:
    total, kept = in_use.total, in_use.kept_answers
    if total is not None and total.answers:
        st.caption(plain(f"Since the app was started: {total.answers} replies, {total.says}."))
    if kept:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"{kept} of its replies are kept on this machine, so that the same question is not sent twice.")
            st.button("Forget them", key="model-forget", type="tertiary", on_click=in_use.forget_answers)
