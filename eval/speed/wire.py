"""One browser session without a browser: Streamlit's own messages over a websocket. The only file here that knows them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

PATIENCE = 120.0  # seconds that a session waits for a run of the page to end
BOX_KEY = "-box"  # the end of the question box's id: Streamlit appends a widget's key


class Dropped(Exception):
    """The server closed the session, or a run of the page failed."""


@dataclass
class Drawn:
    """What a run of the page showed: seconds to its end, all its text, the question box's id."""

    whole: float = 0.0
    texts: list[str] = field(default_factory=list)
    box: str = ""


class Session:
    """An open session of the app."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._box = ""

    async def open_page(self) -> Drawn:
        """Has the page drawn for the first time."""
        return await self._run({})

    async def ask(self, question: str) -> Drawn:
        """Puts a question into the box and waits until the answer is drawn whole."""
        if not self._box:
            raise Dropped("the page has no question box")
        return await self._run({self._box: question})

    async def _run(self, typed: dict[str, str]) -> Drawn:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.SetInParent()
        for identity, text in typed.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = identity
            state.chat_input_value.data = text
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        drawn = Drawn()
        while not await self._take_in(drawn, started):
            pass
        self._box = drawn.box or self._box
        return drawn

    async def _take_in(self, drawn: Drawn, started: float) -> bool:
        """Reads one message; whether the page now stands as it will stay."""
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = ForwardMsg()
        message.ParseFromString(await self._receive())
        drawn.whole = time.perf_counter() - started
        kind = message.WhichOneof("type")
        if kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "chat_input" and element.chat_input.id.endswith(BOX_KEY):
                drawn.box = element.chat_input.id
            if element.WhichOneof("type") == "markdown":
                drawn.texts.append(element.markdown.body)
        if kind != "script_finished" or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise Dropped(f"a run of the page ended with {message.script_finished}")
        return True

    async def _receive(self) -> bytes:
        import asyncio

        from websockets.exceptions import ConnectionClosed

        try:
            received = await asyncio.wait_for(self._socket.recv(), PATIENCE)
        except (ConnectionClosed, TimeoutError) as error:
            raise Dropped(str(error) or f"no word for {PATIENCE:g} s") from error
        return received if isinstance(received, bytes) else received.encode()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Session]:
    """A session of the app on this port; it leaves at the end. Raises Dropped where it is not let in."""
    from websockets.asyncio.client import connect
    from websockets.exceptions import WebSocketException
    from websockets.typing import Subprotocol

    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    try:
        socket = await connect(
            address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=PATIENCE, compression=None
        )
    except (OSError, WebSocketException) as error:
        raise Dropped(f"not let in: {error}") from error
    try:
        yield Session(socket)
    finally:
        await socket.close()
