"""A visitor without a browser: speaks to a Streamlit server over its WebSocket, and measures how long answers take."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from benchmarks.screen import Screen
from ui.components.visitor_cookie import COOKIE

PATIENCE_S = 60.0  # an answer that takes longer is an error
PAGE, POLL = "page", "poll"  # kinds of requests; that of a page change is followed by the title
CANVAS = "streamlit-drawable-canvas.streamlit_drawable_canvas"
Stroke = list[list[Any]]  # pieces of a path, as the canvas sends them


@dataclass
class Log:
    """What all visitors have seen."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by kind of request
    n_bytes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # of the answers to them
    errors: list[str] = field(default_factory=list)

    def of(self, *kinds: str) -> list[float]:
        """Return how long answers of these kinds took; "page" stands for all pages."""
        return [
            s for kind, seconds in self.seconds.items() for s in seconds if kind in kinds or kind.split()[0] in kinds
        ]


@dataclass(eq=False)
class Request:
    """A rerun that was asked for and is not yet answered."""

    kind: str
    fragment_id: str  # "" for the whole page
    since: float  # when the visitor acted
    bytes_before: int
    answered: asyncio.Future[None]
    page: str = ""  # the page that it leads to; "" for the one that is open
    begun: bool = False  # the server has since begun to run the whole page
    cut_s: float | None = None  # when the run of the fragment ended, as if early


class Visitor:
    """One tab of one visitor. Use it as a context: it connects, and leaves at the end."""

    def __init__(
        self, url: str, name: str, log: Log, look: Callable[[Screen], None] = lambda _: None, token: str = ""
    ) -> None:
        self._socket_url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
        self._name, self._log, self._look = name, log, look
        self._requests: list[Request] = []
        self._polls: dict[str, tuple[float, asyncio.Task[None]]] = {}  # fragment id -> interval, its timer
        self.screen = Screen()

    async def __aenter__(self) -> "Visitor":
        """Connect."""
        # A second word would be a token, a third the session to return to; a first visit has neither.
        words = [Subprotocol("streamlit")]
        self._socket: ClientConnection = await connect(
            self._socket_url,
            subprotocols=words,
            additional_headers=self._headers,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_S,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave, as by closing the tab."""
        self._reader.cancel()
        self._set_timers({})
        await self._socket.close()

    async def open(self, page_name: str, query: str = "") -> None:
        """Load the app at a page, "" for the first one."""
        self.screen.query = query
        await self._ask("open", ClientState(page_name=page_name, query_string=query))

    async def visit(self, title: str) -> None:
        """Choose a page from the menu."""
        for link, _ in self.screen.elements("page_link", sidebar=True):
            if link.label == title:
                self._set_timers({})
                self.screen.values.clear()  # the browser keeps none that the two pages do not share
                state = ClientState(page_script_hash=link.page_script_hash, query_string=link.query_string)
                return await self._ask(f"{PAGE} {title}", state)
        self._note(f"no {title} in the menu of {self.screen.page_name}")

    async def press(self, label: str, kind: str = "button") -> None:
        """Press the button with this label."""
        for button, fragment_id in self.screen.elements("button"):
            if button.label == label and not button.disabled:
                trigger = WidgetState(id=button.id, trigger_value=True)
                return await self._ask(kind, self._client_state(fragment_id, [trigger]))
        self._note(f"no button {label!r} on {self.screen.page_name}")

    def has_button(self, label: str) -> bool:
        """Return whether there is a button with this label that can be pressed."""
        return any(button.label == label and not button.disabled for button, _ in self.screen.elements("button"))

    async def draw(self, strokes: list[Stroke]) -> None:
        """Draw the last of these strokes on the canvas, where the others are."""
        for component, fragment_id in self.screen.elements("bidi_component"):
            if component.component_name == CANVAS:
                objects = [{"type": "Path", "version": "7.4.0", "path": stroke} for stroke in strokes]
                value = {"drawing": {"raw": {"version": "7.4.0", "objects": objects}, "data": None}}
                self.screen.values[component.id] = WidgetState(id=component.id, json_value=json.dumps(value))
                return await self._ask("stroke", self._client_state(fragment_id))
        self._note(f"no canvas on {self.screen.page_name}")

    def _client_state(self, fragment_id: str, triggers: Iterable[WidgetState] = ()) -> ClientState:
        """Return what the browser sends with a rerun of the page that is open."""
        screen = self.screen
        state = ClientState(
            query_string=screen.query,
            page_script_hash=screen.page,
            fragment_id=fragment_id,
            cached_message_hashes=screen.cached_hashes(),
        )
        state.widget_states.widgets.extend([*screen.values.values(), *triggers])
        return state

    async def _ask(self, kind: str, client_state: ClientState) -> None:
        """Send a rerun that the visitor wants, and wait for its answer."""
        since, fragment_id = monotonic(), client_state.fragment_id
        if fragment_id:  # the answer to a poll on its way would pass for the answer to this; the wait for it counts
            polls = [request.answered for request in self._requests if request.fragment_id == fragment_id]
            if polls:
                await asyncio.wait(polls, timeout=PATIENCE_S)
        request = await self._send(kind, client_state, since)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await request.answered
        except TimeoutError:
            self._note(f"no answer to {kind!r} on {self.screen.page_name} in {PATIENCE_S:g} s")

    async def _send(self, kind: str, client_state: ClientState, since: float) -> Request:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        leads_to = client_state.page_script_hash if kind.startswith(PAGE) else ""
        request = Request(kind, client_state.fragment_id, since, self.screen.n_bytes, future, leads_to)
        self._requests.append(request)
        await self._rerun(client_state)
        return request

    async def _rerun(self, client_state: ClientState) -> None:
        self.screen.awaits_run = True
        await self._socket.send(BackMsg(rerun_script=client_state).SerializeToString())

    async def _poll(self, fragment_id: str, interval: float) -> None:
        """Ask for a fragment again and again, as the browser's timer does, whether or not the answers come."""
        while True:
            await asyncio.sleep(interval)
            state = self._client_state(fragment_id)
            state.is_auto_rerun = True
            if any(request.fragment_id == fragment_id for request in self._requests):  # measured from the first one on
                await self._rerun(state)
            else:
                await self._send(POLL, state, monotonic())

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                message = self.screen.receive(data if isinstance(data, bytes) else data.encode())
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self._begin(whole_page=not message.metadata.run.fragment_ids)
                elif kind == "script_finished":
                    self._end(message)
                    self._look(self.screen)
                if kind in ("new_session", "auto_rerun", "stop_auto_rerun"):
                    self._set_timers(self.screen.timers)
        except ConnectionClosed as closed:
            self._note(f"disconnected: {closed}")
            for request in self._requests:
                request.answered.cancel()

    def _begin(self, *, whole_page: bool) -> None:
        """Note that the next run of the session has begun."""
        for request in self._requests:
            request.begun |= whole_page and request.page in ("", self.screen.page)
        if not whole_page:
            # The server says 'early' of a fragment's run, too, whose end it had not yet sent when the next run began.
            self._answer([request for request in self._requests if request.cut_s])

    def _end(self, message: ForwardMsg) -> None:
        """Find what a run that has ended has answered."""
        for error in self.screen.errors:
            self._note(error)
        self.screen.errors.clear()
        fragment_ids = message.metadata.run.fragment_ids
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if fragment_ids:
            ended = [request for request in self._requests if request.fragment_id in fragment_ids]
            for request in ended:
                request.cut_s = monotonic()
            self._answer([] if early else ended)  # a fragment may have called st.rerun(): then the page is the answer
        elif not early:
            self._answer([request for request in self._requests if request.begun], by_page=True)

    def _answer(self, answered: list[Request], *, by_page: bool = False) -> None:
        for request in answered:
            end = request.cut_s if request.cut_s and not by_page else monotonic()
            if not (by_page and request.kind == POLL):  # then the page came instead, for another reason
                self._log.seconds[request.kind].append(end - request.since)
                self._log.n_bytes[request.kind].append(self.screen.n_bytes - request.bytes_before)
            if not request.answered.done():
                request.answered.set_result(None)
        self._requests = [request for request in self._requests if request not in answered]

    def _set_timers(self, wanted: dict[str, float]) -> None:
        for fragment_id, (interval, task) in list(self._polls.items()):
            if wanted.get(fragment_id) != interval:
                task.cancel()
                del self._polls[fragment_id]
        for fragment_id, interval in wanted.items():
            if fragment_id not in self._polls:
                self._polls[fragment_id] = interval, asyncio.create_task(self._poll(fragment_id, interval))

    def _note(self, error: str) -> None:
        self._log.errors.append(f"{self._name}: {error}")
