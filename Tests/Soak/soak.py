"""Keeps `akin serve --writable` busy for a while and compares all that it answers with what Akin promises.

    soak.py AKIN PAPERS [--minutes 3] [--seed 1] [--readers 6] [--writers 2]

AKIN is the program, with `akin-serve` beside it; PAPERS are JSON Lines, or `demo` for the papers of `akin demo`. The
exit status is 1 if a promise was broken. README.md beside this file says what is looked at.
"""

import argparse
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from changes import Commander, Comparer, Writer, by_title, run
from client import Broken, Client, Gone, Record
from questions import Reader
from served import NAMES, Curve, Served
from shelf import Shelf, Wording, WritingGate

# The share of the time after which memory is compared, and the most seconds of it. A server that begins takes more
# memory for some thousand requests, until every thread has had its share of each kind.
WARM_UP = 0.5
LONGEST_WARM_UP = 300
# A shorter run says nothing about memory.
LEAST_SECONDS = 120
# The papers that are removed and added again: a share of all, and the most.
MOVING_SHARE = 0.2
MOST_MOVING = 400
SAMPLES = 400
SHOWN = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("akin")
    parser.add_argument("papers")
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--readers", type=int, default=6)
    parser.add_argument("--writers", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="akin-soak-") as folder:
        soak = Soak(arguments, pathlib.Path(folder))
        try:
            soak.run()
        except Broken as error:
            sys.exit(f"The run could not begin: {error}")
        finally:
            soak.kill()
        sys.exit(soak.report())


class Soak:
    def __init__(self, arguments, folder: pathlib.Path):
        self.arguments, self.folder = arguments, folder
        self.program, self.library = arguments.akin, str(folder / "library")
        self.record, self.curve, self.gate = Record(), Curve(), WritingGate()
        self.seconds = 60 * arguments.minutes
        self.warm_up = min(WARM_UP * self.seconds, LONGEST_WARM_UP)
        self.is_over = threading.Event()
        self.served = None

    def kill(self):
        if self.served is not None:
            self.served.kill()

    def random(self, name: str) -> random.Random:
        return random.Random(f"{self.arguments.seed} {name}")

    # The run

    def run(self):
        self.make_library()
        self.start = time.monotonic()
        self.served = Served(self.program, self.library, self.folder)
        papers = self.papers()
        self.shelf = Shelf(papers)
        self.shelf.move(self.moving(papers))
        self.wording = Wording(self.shelf.staying)
        self.explore()
        print(
            f"{len(papers):,} papers, {len(self.shelf.moving)} of them removed and added again; "
            f"{self.arguments.minutes:g} minutes; SEED={self.arguments.seed}",
            flush=True,
        )
        threads = self.threads()
        for thread in threads:
            thread.start()
        self.watch()
        self.end(threads)

    def make_library(self):
        if self.arguments.papers == "demo":
            run(self.program, "demo", "--library", self.library)
        else:
            run(self.program, "add", self.arguments.papers, "--library", self.library)

    def client(self) -> Client:
        return Client(self.served.address, self.record, self.shelf)

    def papers(self) -> list[dict]:
        """All papers as the library holds them."""
        text = run(self.program, "export", "--library", self.library, "--format", "jsonl")
        return [json.loads(line) for line in text.split("\n") if line]

    def moving(self, papers: list[dict]) -> list[dict]:
        """Papers whose title finds them, so that it must do so again whenever they were added."""
        client, chosen = self.client(), []
        wanted = min(MOST_MOVING, int(MOVING_SHARE * len(papers)))
        for paper in self.random("moving").sample(papers, len(papers)):
            if len(chosen) == wanted:
                break
            if len(re.findall(r"\w{4,}", paper["title"])) < 4:
                continue
            results = client.ask("search by title", "/api/v1/search", **by_title(paper["title"])).json["results"]
            if paper["id"] in [result["id"] for result in results[:2]]:
                chosen.append(paper)
        client.close()
        return chosen

    def explore(self):
        """Lets the server make topics and map once, so that what they take does not pass for growth later."""
        client = self.client()
        for path in ["/api/v1/topics", "/api/v1/map"]:
            while client.ask("topics and map", path, allowed=(200, 503)).status == 503:
                time.sleep(1)
        client.close()

    def threads(self) -> list[threading.Thread]:
        """Whoever asks and changes, each with a connection and random numbers of its own."""
        workers = {}
        for number in range(self.arguments.readers):
            name = f"reader {number}"
            workers[name] = Reader(self.client(), self.record, self.shelf, self.wording, self.random(name))
        for number in range(self.arguments.writers):
            name = f"writer {number}"
            workers[name] = Writer(self.client(), self.record, self.shelf, self.gate, self.random(name), name)
        workers["commander"] = Commander(
            self.program,
            self.library,
            self.folder,
            self.client(),
            self.record,
            self.shelf,
            self.gate,
            self.random("commander"),
            "commander",
        )
        workers["comparer"] = Comparer(
            self.program,
            self.library,
            self.client(),
            self.record,
            self.gate,
            self.wording,
            self.shelf,
            self.random("comparer"),
        )
        return [threading.Thread(target=self.work, args=item, name=item[0]) for item in workers.items()]

    def work(self, name: str, worker):
        while not (self.is_over.is_set() and name in ("commander", "comparer")):
            try:
                worker.step()
            except Gone:
                return
            except Broken as error:
                self.record.breaks(f"{name}: {error}")
            except Exception as error:
                # The driver itself failed, which must not pass for a promise that held.
                self.record.breaks(f"{name} failed: {error!r} at line {error.__traceback__.tb_next.tb_lineno}")
            if len(self.record.broken) > 1_000:
                return

    def watch(self):
        """Takes samples and tells how it goes until the time is over."""
        told = -30.0
        begun = time.monotonic()
        while (elapsed := time.monotonic() - begun) < self.seconds:
            self.curve.add(elapsed, self.served.sample())
            if elapsed - told >= max(30, self.seconds / 40):
                told = elapsed
                self.tell(elapsed)
            if self.served.process.poll() is not None or len(self.record.broken) > 1_000:
                return
            time.sleep(min(max(self.seconds / SAMPLES, 0.5), self.seconds - elapsed + 0.01))
        self.elapsed = elapsed

    def tell(self, elapsed: float):
        sample = self.curve.samples[-1][1] if self.curve.samples else {}
        values = (
            ", ".join(f"{sample[key]:.0f} {name}" for key, name in NAMES.items()) if sample else "the server has ended"
        )
        print(
            f"{elapsed:6.0f} s  {self.record.requests:,} requests, {values}; {len(self.record.broken)} broken",
            flush=True,
        )

    # The end

    def end(self, threads: list[threading.Thread]):
        """Ends the server while it answers, and looks at what is left."""
        self.is_over.set()
        if self.served.process.poll() is not None:
            self.record.ended = time.monotonic()
            self.record.breaks(
                f"The server ended by itself with {self.served.process.returncode}: {self.served.errors[-5:]}"
            )
        else:
            long = [threading.Thread(target=self.ask_long, args=[number]) for number in range(4)]
            for thread in long:
                thread.start()
            time.sleep(0.5)
            start = time.monotonic()
            self.record.ended = start
            try:
                status = self.served.end()
            except subprocess.TimeoutExpired:
                self.record.breaks("The server did not end in time after SIGTERM.")
            else:
                self.ending = time.monotonic() - start
                if status != 0:
                    self.record.breaks(f"The server ended with {status} after SIGTERM.")
            threads = threads + long
        for thread in threads:
            thread.join(150)
        self.served.reader.join(10)
        for line in self.served.errors[:5]:
            self.record.breaks(f"The log of the server names a failure: {line}")
        left = os.listdir(self.served.uploads)
        if left:
            self.record.breaks(f"The server left files in the folder for temporary files: {left[:5]}")
        if self.seconds >= LEAST_SECONDS:
            for text in self.curve.growth(self.warm_up):
                self.record.breaks(text)
        self.look_at_library()

    def ask_long(self, number: int):
        """Asks for something that takes long enough to be under way when the server is told to end."""
        client, generator = self.client(), self.random(f"long {number}")
        searches = [{"q": self.wording.question(generator), "limit": 50} for _ in range(40)]
        try:
            if number == 0:
                client.ask("export at the end", "/api/v1/export", format="jsonl")
            else:
                client.ask("searches at the end", "/api/v1/search", {"searches": searches})
        except Gone:
            pass
        except Broken as error:
            self.record.breaks(f"at the end: {error}")

    def look_at_library(self):
        """Compares the library with what was acknowledged."""
        try:
            run(self.program, "doctor", "--library", self.library)
            found = {paper["id"] for paper in self.papers()}
        except Broken as error:
            self.record.breaks(f"The library is not sound after all: {error}")
            return
        there, absent = self.shelf.certain()
        if there - found:
            self.record.breaks(f"The library lacks papers that were added: {sorted(there - found)[:5]}")
        if absent & found:
            self.record.breaks(f"The library has papers that were removed: {sorted(absent & found)[:5]}")

    # The report

    def report(self) -> int:
        print(f"\n| asked | requests | p50 ms | p99 ms | longest ms |\n| --- | ---: | ---: | ---: | ---: |")
        for kind, seconds in sorted(self.record.seconds.items(), key=lambda item: -len(item[1])):
            ordered = sorted(1_000 * value for value in seconds)
            high = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
            print(f"| {kind} | {len(ordered):,} | {statistics.median(ordered):.1f} | {high:.1f} | {ordered[-1]:.0f} |")
        print(f"\n| seconds | {' | '.join(NAMES.values())} |\n|{' ---: |' * (1 + len(NAMES))}")
        for seconds, sample in self.curve.rows(13):
            print(f"| {seconds:.0f} | {' | '.join(f'{sample[key]:.0f}' for key in NAMES)} |")
        for name, values in zip(["first quarter", "last quarter"], self.curve.quarters(self.warm_up) or []):
            print(f"| {name} | {' | '.join(f'{values[key]:.0f}' for key in NAMES)} |")
        print("\n| promise | held |\n| --- | ---: |")
        for promise, count in sorted(self.record.checks.items()):
            print(f"| {promise} | {count:,} |")
        print(f"\n{self.record.requests:,} requests. SEED={self.arguments.seed}")
        if hasattr(self, "ending"):
            print(f"After SIGTERM the server ended in {self.ending:.1f} s.")
        if not self.record.broken:
            print("All promises held.")
            return 0
        print(f"\n{len(self.record.broken)} times a promise was broken:")
        for moment, text in self.record.broken[:SHOWN]:
            print(f"  after {moment - self.start:.0f} s, {text}")
        return 1


if __name__ == "__main__":
    main()
