"""What a machine answers to a probe, and what the answers of one run add up to. Ages are the machine's own, in seconds."""

import http.client
import re
from dataclasses import dataclass
from datetime import datetime

from records import one_line
from reports import duration

PHASES = ("boot", "secrets", "lock", "pull", "start")


@dataclass(frozen=True)
class Response:
    """The kinds: healthy, app or machine (a failure of it), preparing, unhealthy, silent."""

    kind: str
    text: str
    age: float = 0
    runs_for: float = 0
    restarts: int = 0
    phase: str | None = None

    @property
    def unanswered(self):
        return self.kind in ("silent", "preparing")


@dataclass
class Evidence:
    successes: int = 0
    failures: int = 0
    first_healthy: datetime | None = None
    unanswered_since: datetime | None = None
    has_run_app: bool = False
    last_at: datetime | None = None
    last: Response | None = None

    def add(self, response, image, at):
        success = (response.kind, response.text) == ("healthy", image)
        self.successes = self.successes + 1 if success else 0
        self.failures += not success
        self.first_healthy = self.first_healthy or (at if success else None)
        self.unanswered_since = (self.unanswered_since or at) if response.unanswered else None
        self.has_run_app = self.has_run_app or response.kind in ("healthy", "unhealthy")
        self.last_at, self.last = at, response

    @property
    def unanswered_for(self):
        return (self.last_at - self.unanswered_since).total_seconds() if self.unanswered_since else 0

    def afresh(self):
        """An instance that went in service must become healthy there once more."""
        return Evidence(failures=self.failures, first_healthy=self.first_healthy, has_run_app=self.has_run_app)


def probe(address, port, path):
    connection = http.client.HTTPConnection(address, port, timeout=2)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return read(response.status, response.headers)
    except (OSError, http.client.HTTPException) as error:
        return Response("silent", f"no response ({type(error).__name__})")
    finally:
        connection.close()


def read(status, headers):
    def header(name):
        return headers.get("X-Charlie-" + name)

    def seconds(name):
        return float(header(name)) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", header(name) or "") else None

    def age(name):
        return max(0.0, seconds("Now") - seconds(name)) if None not in (seconds("Now"), seconds(name)) else None

    phase = header("Phase")
    match status:
        case 200 if header("Image") and age("Healthy-Since") is not None:
            return Response("healthy", header("Image"), age("Healthy-Since"))
        case 503 if failure := header("Failure"):
            kind, _, reason = failure.partition(":")
            reason = reason if kind in ("machine", "app") else failure
            return Response("machine" if kind == "machine" else "app", one_line(reason.strip(), 160), phase=phase)
        case 503 if phase in PHASES:
            return Response("preparing", f"in phase {phase}", phase=phase)
        case 503 if phase == "run" and None not in (age("Unhealthy-Since"), age("Run-Since")):
            text = one_line(header("Last") or f"not healthy for {duration(age('Unhealthy-Since'))}", 160)
            restarts = header("Restarts") or ""
            return Response("unhealthy", text, age("Unhealthy-Since"), age("Run-Since"), int(restarts) if restarts.isdigit() else 0)
        case _:
            return Response("silent", f"status {status} without the headers that belong to it")
