"""Many readers at once from one process: plain HTTP/1.1 on connections that stay open.

The readers share the machine with what they measure, so they do as little as can be done: no
decompression, no parsing but of the head.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LIMIT = 1 << 20  # bytes that a connection reads ahead
PATIENCE = 30.0  # seconds until a request counts as failed


@dataclass(frozen=True, slots=True)
class Ask:
    """A request; `kind` is the word that it is counted under."""

    kind: str
    path: str
    body: bytes = b""
    etag: str = ""

    def to_bytes(self) -> bytes:
        """As it goes over the wire."""
        lines = [
            f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Encoding: gzip, deflate, br",
        ]
        if self.etag:
            lines.append(f"If-None-Match: {self.etag}")
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return "\r\n".join((*lines, "", "")).encode() + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `size` is that of the body on the wire."""

    status: int
    etag: str
    size: int
    body: bytes = b""


@dataclass(slots=True)
class Tally:
    """What the readers met: seconds and bytes by kind of request, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def answered(self) -> int:
        """How many requests were answered, well or badly."""
        return self.statuses.total()

    def add(self, ask: Ask, answer: Answer, *, seconds: float) -> None:
        """Count an answer; one of 400 and more is a fault."""
        self.seconds[ask.kind].append(seconds)
        self.sizes[ask.kind].append(answer.size)
        self.statuses[answer.status] += 1
        if answer.status >= 400:
            self.faults[f"{answer.status} {ask.path}"] += 1


class Line:
    """A connection that stays open from request to request, and is opened anew when closed."""

    def __init__(self, address: str) -> None:
        target = urlsplit(address)
        self._target = (target.hostname, target.port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, ask: Ask) -> Answer:
        """Send a request and read its answer whole.

        A server may close a connection that was idle: as browsers do, that is tried once anew.
        """
        fresh = self._writer is None
        try:
            return await self._once(ask)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            self.close()
            if fresh or (isinstance(error, asyncio.IncompleteReadError) and error.partial):
                raise
            return await self._once(ask)

    async def _once(self, ask: Ask) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._target, limit=LIMIT)
        assert self._reader is not None
        self._writer.write(ask.to_bytes())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")
        status = int(lines[0].split(" ", 2)[1])
        fields = dict(_field(line) for line in lines[1:] if line)
        body = b"" if status == 304 else await _body(self._reader, fields)
        if fields.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, fields.get("etag", ""), len(body), body)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            with suppress(OSError, RuntimeError):
                self._writer.close()
        self._reader = self._writer = None


Reader = Callable[[int], Iterator[Ask]]
"""From a reader's number to what it asks for, one after the other."""


async def read_along(
    address: str,
    asks: Reader,
    *,
    readers: int,
    until: Callable[[Tally], bool],
    pause: Callable[[int], float] = lambda _: 0.0,
    heard: Callable[[int, Ask, Answer], None] = lambda *_: None,
) -> Tally:
    """Let readers ask until there is enough; `pause` is a reader's wait before each request."""
    tally = Tally()

    async def one(number: int) -> None:
        line = Line(address)
        for ask in asks(number):
            if wait := pause(number):
                await asyncio.sleep(wait)
            if until(tally):
                break
            await _timed(line, ask, tally, lambda answer, a=ask: heard(number, a, answer))
        line.close()

    await asyncio.gather(*(one(number) for number in range(readers)))
    return tally


async def _timed(line: Line, ask: Ask, tally: Tally, heard: Callable[[Answer], None]) -> None:
    start = time.perf_counter()
    work: Awaitable[Answer] = asyncio.wait_for(line.ask(ask), PATIENCE)
    try:
        answer = await work
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        tally.faults[f"{type(error).__name__} {ask.path}"] += 1
        line.close()
        return
    tally.add(ask, answer, seconds=time.perf_counter() - start)
    heard(answer)


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
    if "content-length" in fields:
        return await reader.readexactly(int(fields["content-length"]))
    parts: list[bytes] = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()
