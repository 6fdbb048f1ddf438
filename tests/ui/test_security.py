"""The headers allow the installed Streamlit and nothing else."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from hashlib import sha256
from typing import Any

from ui.security import SecurityHeaders, content_security_policy, script_hashes

STREAMLIT_1_67_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"


def test_the_hash_is_that_of_each_inline_script() -> None:
    page = '<script>\n a = 1\n</script><script type="module" src="./x.js"></script><script>b</script>'
    wanted = [f"'sha256-{b64encode(sha256(code).digest()).decode()}'" for code in (b"\n a = 1\n", b"b")]
    assert script_hashes(page) == wanted


def test_the_policy_fits_the_pinned_streamlit() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert policy["script-src"] == f"'self' blob: {STREAMLIT_1_67_SCRIPT}"
    assert policy["default-src"] == "'self'"
    assert not any(
        "http:" in rule or "https:" in rule or "*" in rule for name, rule in policy.items() if name != "connect-src"
    )


def answered(kind: str) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        old = [(b"X-Frame-Options", b"ALLOWALL"), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": old})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    asyncio.run(SecurityHeaders(app)({"type": kind}, receive, send))
    return sent


def test_every_response_carries_the_headers_once() -> None:
    headers = answered("http")[0]["headers"]
    names = [name.lower() for name, _ in headers]
    assert len(names) == len(set(names))
    assert (b"x-frame-options", b"DENY") in headers and (b"etag", b"1") in headers
    assert b"content-security-policy" in names


def test_sockets_pass_through_untouched() -> None:
    assert answered("websocket")[0]["headers"][0] == (b"X-Frame-Options", b"ALLOWALL")
