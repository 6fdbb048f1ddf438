"""The chats in the side bar: open, find, rename, export, delete."""

from __future__ import annotations

import re
from typing import Literal

import streamlit as st

from study.chats import Chat, Chats, as_markdown
from ui.components.safe_text import plain, visible

SHOWN = 10  # chats at first, and more with each click: thirty rows take longer to draw than an answer


def open_chat(chat: str | None) -> None:
    """Make a chat, or none, the one on the page and in the address."""
    st.session_state["chat"] = chat
    st.session_state.pop("pending", None)
    if chat:
        st.query_params["chat"] = chat
    else:
        st.query_params.pop("chat", None)


def draw_history(chats: Chats, current: str | None) -> None:
    """Draw the side bar's list."""
    with st.sidebar:
        st.button("New chat", icon=":material/add:", key="new-chat", width="stretch", on_click=open_chat, args=(None,))
        wanted = st.text_input(
            "Search the chats",
            key="chat-search",
            placeholder="Search chats",
            label_visibility="collapsed",
            live=True,
        )
        shown = st.session_state.get("chats-shown", SHOWN)
        found = chats.search(wanted or "", limit=shown + 1)
        with st.container(key="history", gap="xsmall"):
            for chat in found[:shown]:
                _draw_chat(chats, chat, is_current=chat.id == current)
        if not found:
            st.caption("No chat holds these words." if wanted else "Your chats will be kept here.")
        elif len(found) > shown:
            st.button("Older chats", key="older-chats", type="tertiary", on_click=_show_more, args=(shown,))


def _show_more(shown: int) -> None:
    st.session_state["chats-shown"] = shown + SHOWN


def _draw_chat(chats: Chats, chat: Chat, *, is_current: bool) -> None:
    """A chat to open. The open one has its menu beside: menus in all rows would take a tenth of what a page takes."""
    if not is_current:
        _draw_title(chat, "tertiary")
        return
    with st.container(horizontal=True, wrap=False, gap="xsmall", vertical_alignment="center"):
        _draw_title(chat, "secondary")
        menu = st.popover(
            "", icon=":material/more_horiz:", type="tertiary", key=f"menu-{chat.id}", help="More", on_change="rerun"
        )
    if menu.open:
        with menu:
            _draw_menu(chats, chat)


def _draw_title(chat: Chat, type: Literal["secondary", "tertiary"]) -> None:
    st.button(
        plain(chat.title),
        key=f"open-{chat.id}",
        type=type,
        width="stretch",
        wrap=False,
        on_click=open_chat,
        args=(chat.id,),
    )


def _draw_menu(chats: Chats, chat: Chat) -> None:
    st.text_input("Title", chat.title, key=f"title-{chat.id}", max_chars=80, on_change=_rename, args=(chats, chat.id))
    st.download_button(
        "Export as Markdown",
        lambda: as_markdown(chat, chats.turns(chat.id)),
        file_name=f"{_file_name(chat.title)}.md",
        mime="text/markdown",
        icon=":material/download:",
        key=f"export-{chat.id}",
        on_click="ignore",
        width="stretch",
    )
    st.button(
        "Delete",
        icon=":material/delete:",
        key=f"delete-{chat.id}",
        on_click=_delete,
        args=(chats, chat.id),
        width="stretch",
    )


def _rename(chats: Chats, chat: str) -> None:
    chats.rename(chat, visible(st.session_state[f"title-{chat}"]))


def _delete(chats: Chats, chat: str) -> None:
    chats.delete(chat)
    open_chat(None)


def _file_name(title: str) -> str:
    """A title as a file name: letters, digits and hyphens only."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:60] or "chat"
