"""Which model, and where: the settings' name and address as one value, refused where they make no sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from answer.errors import ModelUnavailable
from index.settings import Settings

Provider = Literal["openai", "ollama", "anthropic"]
AT_HOME: dict[str, str] = {
    "openai": "https://api.openai.com/v1",
    "ollama": "http://127.0.0.1:11434/v1",
    "anthropic": "https://api.anthropic.com",
}
ANY_NAME = "default"  # what a server that holds one model is asked for when no name is set


@dataclass(frozen=True, slots=True)
class Address:
    """A model at an endpoint. `provider` says how it is spoken to; "ollama" and any address of one's own as OpenAI's."""

    provider: Provider
    name: str
    url: str

    @property
    def host(self) -> str:
        """Host and port as a person reads them."""
        return urlsplit(self.url).netloc

    @property
    def says(self) -> str:
        """The model as it is shown: "openai:NAME"; with its host where that is not the provider's own."""
        shown = f"{self.provider}:{self.name}"
        return shown if self.url == AT_HOME[self.provider] else f"{shown} at {self.host}"


def address_of(settings: Settings) -> Address:
    """The configured model. Raises ModelUnavailable where none is, or where name and address do not fit together."""
    model, url = (settings.model or "").strip(), (settings.model_url or "").strip()
    if not model and not url:
        raise ModelUnavailable("No model is configured; set FOOTNOTE_MODEL (and FOOTNOTE_MODEL_URL), see README.")
    prefix, colon, rest = model.partition(":")
    known = prefix if colon and prefix in AT_HOME else ""
    name = (rest if known else model) or ("" if known else ANY_NAME)
    if not name:
        raise ModelUnavailable(f"FOOTNOTE_MODEL={model} names no model; write {prefix}:NAME.")
    if not known and not url:
        raise ModelUnavailable(
            f"FOOTNOTE_MODEL={model} names no provider; write openai:NAME, ollama:NAME or anthropic:NAME, "
            "or set FOOTNOTE_MODEL_URL to an OpenAI-compatible address."
        )
    provider: Provider = known or "openai"  # type: ignore[assignment]
    address = Address(provider, name, checked_url(url) if url else AT_HOME[provider])
    if address.url == AT_HOME[provider] and provider != "ollama" and settings.model_key is None:
        raise ModelUnavailable(f"{address.says} needs a key; set FOOTNOTE_MODEL_KEY, or enter it in the app.")
    return address


def checked_url(url: str) -> str:
    """The base address without its last slash. Raises ModelUnavailable for what is no plain http(s) address."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        parts, sound = None, False
    if parts is not None and (parts.username is not None or parts.password is not None or parts.query):
        raise ModelUnavailable(
            "FOOTNOTE_MODEL_URL holds a user, a password or a query, which would be logged on the way; "
            "give the plain address, and the key in FOOTNOTE_MODEL_KEY."
        )
    if not sound or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise ModelUnavailable(
            f"FOOTNOTE_MODEL_URL={url[:100]!r} is no address; write one like http://127.0.0.1:8080/v1."
        )
    return url.rstrip("/")


def key_of(settings: Settings) -> str | None:
    """The configured key. Raises ModelUnavailable for one that cannot be sent."""
    key = settings.model_key.get_secret_value().strip() if settings.model_key else ""
    if not (key.isascii() and (key.isprintable() or not key) and " " not in key):
        raise ModelUnavailable("The model's key holds spaces or letters that no key has; check FOOTNOTE_MODEL_KEY.")
    return key or None
