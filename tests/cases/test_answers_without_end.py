"""Answers that unpack to gigabytes, never end, or drip are refused at once and in little memory."""

import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import sleep

import httpx
import pytest
from small_source import API, Time

from etl.errors import SourceUnavailableError
from etl.fetch.scb import Client
from etl.network.answers import BadAnswerError, TooLargeError, read_answer, unpack
from etl.network.limited import Bounds, TooSlowError, exchange


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return b"".join([*pieces, packer.flush()])


def endless(_: Time) -> Iterator[bytes]:
    while True:
        yield b" " * 1_000_000


def dripping(time: Time) -> Iterator[bytes]:
    while True:
        time.now += 1
        yield b" "


def asked(body: Callable[[Time], Iterator[bytes]], time: Time, **headers: str) -> list[str]:
    calls: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        return httpx.Response(200, content=body(time), headers=headers)

    with pytest.raises(SourceUnavailableError) as refused:
        Client.connect(API, transport=httpx.MockTransport(answer), clock=time, sleep=time.sleep)
    return [*calls, str(refused.value)]


def test_a_few_bytes_that_unpack_to_a_gigabyte_are_refused_in_little_memory() -> None:
    packed = bomb(300)
    tracemalloc.start()
    *calls, said = asked(lambda _: iter([packed]), Time(), **{"Content-Encoding": "gzip"})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(calls) == 1
    assert "/config: the answer is" in said
    assert "bytes of gzip that hold over 16 MB" in said
    assert peak < 100_000_000


def test_a_stream_without_end_is_cut() -> None:
    *calls, said = asked(endless, Time())
    assert len(calls) == 1
    assert "more than 16.0 MB" in said


def test_a_dripping_answer_is_given_up_after_two_attempts_of_ten_seconds() -> None:
    time = Time()
    start = time.now
    *calls, said = asked(dripping, time)
    assert len(calls) == 2
    assert "it drips" in said
    assert time.now - start < 30


def test_several_members_of_gzip_share_the_limit() -> None:
    member = gzip.compress(b" " * 600)
    assert len(unpack(member + member, max_bytes=1_200)) == 1_200
    with pytest.raises(TooLargeError):
        unpack(member + member, max_bytes=1_199)


@pytest.mark.parametrize("word", ["GZIP", "gzip ", "x-gzip", "Gzip"])
def test_packing_words_come_in_any_case(word: str) -> None:
    assert read_answer(gzip.compress(b"{}"), encoding=word).raw == b"{}"
    assert read_answer(b"{}", encoding="Identity").raw == b"{}"


@pytest.mark.parametrize("charset", ["ISO-8859-1", "Windows-1252", "latin1"])
def test_other_charsets_are_kept_as_utf_8(charset: str) -> None:
    answer = read_answer("Malmö".encode(charset), encoding="", charset=charset)
    assert answer.raw.decode() == gzip.decompress(answer.packed).decode() == "Malmö"
    assert read_answer("Malmö".encode(), encoding="", charset=charset).raw.decode() == "Malmö"
    assert read_answer("Malmö".encode("utf-16"), encoding="").raw.decode() == "Malmö"
    with pytest.raises(BadAnswerError, match="cannot be decoded"):
        read_answer(b"\xff", encoding="", charset="no-such")


@contextmanager
def letter_by_letter(*, head: bytes, then: bytes) -> Iterator[str]:
    """A server that sends a beginning, and then the same byte for ever; gives its address."""

    def answer() -> None:
        with suppress(OSError):
            while True:
                asking, _ = listening.accept()
                with asking, suppress(OSError):
                    asking.sendall(head)
                    while True:
                        asking.sendall(then)
                        sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("head", "then", "never"),
    [
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"a", "head"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0", "body"),
    ],
)
def test_a_head_or_a_chunk_that_never_ends_is_cut(
    monkeypatch: pytest.MonkeyPatch, head: bytes, then: bytes, never: str
) -> None:
    """Each byte begins the socket's own time-out anew."""
    monkeypatch.setattr("etl.network.limited._GRACE", 0.1)
    bounds = Bounds(max_bytes=1_000, seconds=0.1, head_seconds=0.2)
    with letter_by_letter(head=head, then=then) as address, httpx.Client(trust_env=False) as http:
        request = http.build_request("GET", address)
        with (
            pytest.raises(TooSlowError, match=f"without the end of its {never}"),
            exchange(http, request, bounds=bounds) as (_, pieces),
        ):
            list(pieces)
