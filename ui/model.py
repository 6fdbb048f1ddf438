"""The language model that the app uses: as the environment says, or as a person chose. Held in memory only.

A key that is entered lives in this process until the app ends. It goes to the address it was entered for and to no
other: whoever changes the address enters the key again.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st
from pydantic import SecretStr

from index.settings import Settings, settings_now

if TYPE_CHECKING:
    from answer.model.author import Author
    from answer.model.checking import Checked
    from answer.model.endpoint import Endpoint
    from answer.model.usage import Usage


class ModelInUse:
    """Which model writes, and what it took so far. One for all sessions of the process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._is_on = settings.has_model
        self._lock = threading.Lock()
        self._author: Author | None = None
        self._endpoint: Endpoint | None = None
        self._spent: Usage | None = None  # on models that were in use before

    @property
    def settings(self) -> Settings:
        """The settings in force. The key in them shows as stars."""
        return self._settings

    @property
    def is_on(self) -> bool:
        """Whether it writes; where it doesn't, answers come in the guides' own words."""
        return self._is_on

    @property
    def has_key(self) -> bool:
        """Whether there is a key for the model in use."""
        return self._settings.model_key is not None

    def use(self, model: str, url: str, key: str) -> None:
        """Have this model write from now on. Raises ModelUnavailable where name, address and key make none."""
        from answer.model.address import address_of, key_of

        chosen = self._settings.model_copy(
            update={
                "model": model.strip() or None,
                "model_url": url.strip() or None,
                "model_key": SecretStr(key.strip()) if key.strip() else self._key_for(model, url),
            }
        )
        address_of(chosen)
        key_of(chosen)
        self._replace(chosen)
        self._is_on = True

    def switch(self, *, on: bool) -> None:
        """Have the model write, as far as there is one, or the guides' own words."""
        self._is_on = on and self._settings.has_model

    def forget_key(self) -> None:
        """Drop the key from memory."""
        self._replace(self._settings.model_copy(update={"model_key": None}))

    def author(self) -> Author | None:
        """Who writes; None for the guides' own words."""
        if not self._is_on:
            return None
        with self._lock:
            if self._author is None:
                self._open()
            return self._author

    def check(self) -> Checked:
        """Ask the model for one word."""
        from answer.model.checking import check_model

        return check_model(self._settings)

    @property
    def total(self) -> Usage | None:
        """Tokens and cost since the app was started; None where no model was asked."""
        endpoint, spent = self._endpoint, self._spent
        if endpoint is None:
            return spent
        return endpoint.usage.total if spent is None else spent + endpoint.usage.total

    @property
    def kept_answers(self) -> int:
        """How many of the model's answers are kept."""
        return len(list(self._settings.model_answers.glob("*.json")))

    def forget_answers(self) -> None:
        """Drop the kept ones."""
        from answer.model.response_cache import ResponseCache

        ResponseCache(self._settings.model_answers).clear()

    def _key_for(self, model: str, url: str) -> SecretStr | None:
        """The present key, if it was meant for this address."""
        from answer.errors import ModelUnavailable
        from answer.model.address import address_of

        any_key = SecretStr("any")
        try:
            now = address_of(self._settings.model_copy(update={"model_key": any_key})).url
            then = address_of(
                self._settings.model_copy(update={"model": model, "model_url": url or None, "model_key": any_key})
            ).url
        except ModelUnavailable:
            return None
        return self._settings.model_key if now == then else None

    def _replace(self, settings: Settings) -> None:
        with self._lock:
            self._spent, self._endpoint, self._author = self.total, None, None
            self._settings = settings

    def _open(self) -> None:
        from answer.errors import ModelUnavailable
        from answer.model.author import Author
        from answer.model.endpoint import open_endpoint

        try:
            self._endpoint = open_endpoint(self._settings)
            self._author = Author(self._endpoint)
        except ModelUnavailable as error:
            self._author = Author(None, trouble=str(error))


def model_in_use() -> ModelInUse:
    """The one of this home."""
    return _model_in_use(str(settings_now().home))


@st.cache_resource(show_spinner=False)
def _model_in_use(home: str) -> ModelInUse:
    return ModelInUse(Settings(home=home))  # type: ignore[arg-type]
