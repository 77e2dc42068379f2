"""The server as a process: its start, its end, and what it takes of the machine."""

import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import threading
import time

# What may be taken more at the end than after the warm-up: a share of it and MB.
MEMORY_SHARE = 0.10
MEMORY_MB = 16
# The same for descriptors, threads and mapped files that are gone from the folder, which come and go by a few.
COUNT = 8
# A server has so many seconds to end.
LONGEST_END = 45

NAMES = {
    "resident": "resident MB",
    "anonymous": "anonymous MB",
    "descriptors": "descriptors",
    "threads": "threads",
    "gone": "mapped files that are gone",
}


class Served:
    """A running `akin serve`."""

    def __init__(self, program: str, library: str, folder: pathlib.Path):
        # What is uploaded is to lie here, and nothing is to be left of it.
        self.uploads = folder / "uploads"
        self.uploads.mkdir()
        self.errors: list[str] = []
        self.logged = 0
        command = [program, "serve", "--library", library, "--port", "0", "--writable"]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": str(self.uploads)},
        )
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()
        line = self.process.stdout.readline()
        address = re.match(r"Serving at (http://\S+/) ", line)
        if address is None:
            self.process.kill()
            raise SystemExit(f"The server did not start: {line}{self.errors}")
        self.address = address[1].rstrip("/")

    def _read_log(self):
        """Counts the lines of the log, and keeps those that are no information."""
        for line in self.process.stderr:
            self.logged += 1
            try:
                is_usual = json.loads(line)["level"] in ("trace", "debug", "info", "notice")
            except ValueError:
                is_usual = False
            if not is_usual:
                self.errors.append(line.strip()[:500])

    def sample(self) -> dict:
        """What the process holds now, in MB and numbers; empty when it has ended."""
        folder = pathlib.Path(f"/proc/{self.process.pid}")
        try:
            rollup = dict(re.findall(r"(\w+): +(\d+) kB", (folder / "smaps_rollup").read_text()))
            threads = int(re.search(r"Threads:\s+(\d+)", (folder / "status").read_text())[1])
            descriptors = len(os.listdir(folder / "fd"))
            gone = len(set(re.findall(r"(/\S.*) \(deleted\)", (folder / "maps").read_text())))
        except OSError:
            return {}
        return {
            "resident": int(rollup["Rss"]) / 1024,
            "anonymous": int(rollup["Anonymous"]) / 1024,
            "descriptors": descriptors,
            "threads": threads,
            "gone": gone,
        }

    def end(self) -> int:
        """Tells the server to end, and returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Curve:
    """Samples of the server, from its start on."""

    def __init__(self):
        self.samples: list[tuple[float, dict]] = []

    def add(self, seconds: float, sample: dict):
        if sample:
            self.samples.append((seconds, sample))

    def quarters(self, start: float) -> tuple[dict, dict] | None:
        """The medians of the first and of the last quarter of the samples after a time; none without samples."""
        after = [sample for seconds, sample in self.samples if seconds >= start]
        if not after:
            return None
        size = max(1, len(after) // 4)
        return tuple(
            {key: statistics.median(sample[key] for sample in part) for key in NAMES}
            for part in (after[:size], after[-size:])
        )

    def growth(self, start: float) -> list[str]:
        """What has grown too much after a time, in words."""
        texts: list[str] = []
        quarters = self.quarters(start)
        if quarters is None:
            return texts
        first, last = quarters
        for key, name in NAMES.items():
            is_memory = key in ("resident", "anonymous")
            limit = first[key] * (1 + MEMORY_SHARE) + MEMORY_MB if is_memory else first[key] + COUNT
            if last[key] > limit:
                texts.append(f"The server's {name} grew from {first[key]:.0f} to {last[key]:.0f}, above {limit:.0f}.")
        return texts

    def rows(self, count: int) -> list[tuple[float, dict]]:
        """Some samples, evenly spread, the first and the last among them."""
        last = len(self.samples) - 1
        places = sorted({round(place * last / max(1, count - 1)) for place in range(count)}) if last >= 0 else []
        return [self.samples[place] for place in places]
