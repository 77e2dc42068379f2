"""A client of the server under test, and the record of what it was told."""

import array
import collections
import gzip
import http.client
import json
import threading
import time
import urllib.parse

# A request that the server has had for so many seconds when it is told to end has begun, and is answered.
BEGUN = 0.25
# The server closes connections that say nothing for 30 seconds.
IDLE = 20
# Every so many answers may come packed.
PACKED = 4


class Broken(Exception):
    """A promise that did not hold, in plain words."""


class Gone(Exception):
    """The server was told to end, and takes no more requests."""


class Record:
    """What was asked, how long it took, and which promises were broken."""

    def __init__(self):
        self.lock = threading.Lock()
        self.seconds = collections.defaultdict(lambda: array.array("f"))
        self.checks = collections.Counter()
        self.broken = []
        # When the server was told to end.
        self.ended = None

    def took(self, kind: str, seconds: float):
        with self.lock:
            self.seconds[kind].append(seconds)

    def held(self, promise: str, count: int = 1):
        with self.lock:
            self.checks[promise] += count

    def breaks(self, text: str):
        with self.lock:
            self.broken.append((time.monotonic(), text))

    @property
    def requests(self) -> int:
        with self.lock:
            return sum(len(seconds) for seconds in self.seconds.values())


class Answer:
    """An answer, and the papers that were gone when it was asked for."""

    def __init__(self, status: int, headers, body: bytes, removed: dict):
        self.status, self.headers, self.body, self.removed = status, headers, body, removed

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def tag(self) -> str:
        return self.headers["ETag"]


class Client:
    """A connection that is kept, for one thread."""

    def __init__(self, address: str, record: Record, shelf):
        self.host = urllib.parse.urlsplit(address).netloc
        self.record, self.shelf = record, shelf
        self.connection = None
        self.used = 0.0
        self.asked = 0

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(
        self, kind: str, path: str, body=None, method: str | None = None, headers=None, allowed=(200,), **parameters
    ) -> Answer:
        """Sends a request and checks its status. Parameters may be lists; a body that is no bytes becomes JSON.

        Raises Broken for another status and a connection that fails, and Gone when the server has ended.
        """
        query = urllib.parse.urlencode(parameters, doseq=True)
        target = f"{path}?{query}" if query else path
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        self.asked += 1
        if self.asked % PACKED == 0:
            headers["Accept-Encoding"] = "gzip"
        method = method or ("GET" if body is None else "POST")
        removed = self.shelf.removed
        start = time.monotonic()
        answer = self._exchange(f"{method} {target[:300]}", method, target, body, headers, start, removed)
        self.record.took(kind, time.monotonic() - start)
        if answer.status not in allowed:
            if answer.status == 503 and self._is_after_end(start):
                raise Gone
            raise Broken(f"{method} {target[:300]} was answered with {answer.status}: {answer.body[:300]!r}")
        return answer

    def break_off(self, path: str, bytes_read: int, **parameters):
        """Asks on a connection of its own, reads a little and goes away."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        start = time.monotonic()
        try:
            connection.request("GET", f"{path}?{urllib.parse.urlencode(parameters, doseq=True)}")
            if bytes_read > 0:
                connection.getresponse().read(bytes_read)
        except (OSError, http.client.HTTPException) as error:
            if self._is_after_end(start):
                raise Gone from None
            raise Broken(f"GET {path} got no answer: {error!r}") from None
        finally:
            connection.close()
        self.record.took("broken off", time.monotonic() - start)

    def _exchange(self, name, method, target, body, headers, start, removed) -> Answer:
        if self.connection is not None and start - self.used > IDLE:
            self.close()
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            self.connection.request(method, target, body, headers)
            response = self.connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if self._is_after_end(start):
                raise Gone from None
            raise Broken(f"{name} got no answer: {error!r}") from None
        try:
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Broken(f"The answer to {name} was cut short: {error!r}") from None
        self.used = time.monotonic()
        if response.headers["Content-Encoding"] == "gzip" and content:
            content = gzip.decompress(content)
        if response.will_close:
            self.close()
        return Answer(response.status, response.headers, content, removed)

    def _is_after_end(self, start: float) -> bool:
        return self.record.ended is not None and start > self.record.ended - BEGUN
