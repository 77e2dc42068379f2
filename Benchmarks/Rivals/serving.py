"""Measures hybrid searches a second of `akin serve` beside FastAPI with NumPy, scikit-learn and bm25s, in one run.

    serving.py AKIN PAPERS FOLDER [--library FOLDER] [--seconds 10] [--rounds 3] [--connections 8] [--questions 20000]

AKIN is the program, with `akin-serve` beside it; PAPERS are JSON Lines; FOLDER keeps the library and the rival's
indexes, which are made if they are not there. Both sides are asked the same questions by wrk (Debian: `wrk`), with one
thread: three words of a paper's title and abstract, drawn with a fixed seed. A round starts each server anew, takes the
time to its first answer, warms it up and measures. Figures are medians of the rounds. Before that, both sides have to
find papers by their titles. serving_rival.py is the rival.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import platform
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).parent
SEED = 1
WARM_UP = 3
# Titles that each side is asked for, and the share that must be among the ten first.
TITLES = 200
LEAST_FOUND = 0.95
STOPWORDS = set(
    "the and for that with this are from which our have has been not but their these more than such its also using "
    "based show two both new used into between other they can was were will".split()
)
PACKAGES = ["fastapi", "uvicorn", "uvloop", "numpy", "scikit-learn", "bm25s", "numba"]
CORES = len(os.sched_getaffinity(0))


class System:
    """A server that is started, asked and ended."""

    def __init__(self, name: str, command: list, request: str, environment: dict, port: int):
        self.name, self.command, self.request, self.environment = name, command, request, environment
        self.port = port
        self.rows: list[dict] = []
        self.process = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, question: str) -> list[dict]:
        path = self.request.replace("%s", urllib.parse.quote(question))
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return json.load(answer)["results"]

    def start(self) -> float:
        """Starts the server. Returns the seconds until it gave its first answer."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [*map(str, self.command), "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | self.environment,
            start_new_session=True,
        )
        while True:
            try:
                self.ask("large language models")
                return time.perf_counter() - begun
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - begun > 300:
                    raise SystemExit(f"{self.name} did not start: {' '.join(map(str, self.command))}")
                time.sleep(0.01)

    def end(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None

    def memory(self) -> tuple[float, float]:
        """The MB in memory of the server and its workers, shared pages counted once, and those that no file backs."""
        resident = anonymous = 0
        for process in processes_of(self.process.pid):
            try:
                rollup = dict(
                    re.findall(r"(\w+): +(\d+) kB", pathlib.Path(f"/proc/{process}/smaps_rollup").read_text())
                )
            except OSError:
                continue
            resident += int(rollup["Pss"])
            anonymous += int(rollup["Pss_Anon"])
        return resident / 1000, anonymous / 1000

    def processor_seconds(self) -> float:
        """The time of processors that the server and its workers have used."""
        ticks = 0
        for process in processes_of(self.process.pid):
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def processes_of(process: int) -> list[int]:
    """A process and all that it has started."""
    children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process] + [descendant for child in children for descendant in processes_of(int(child))]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def read_papers(path) -> list[dict]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def make_questions(papers: list[dict], count: int) -> list[str]:
    """Three different words of a paper each."""
    generator, questions = random.Random(SEED), []
    while len(questions) < count:
        paper = generator.choice(papers)
        text = f"{paper['title']} {paper.get('abstract') or ''}".lower()
        words = sorted(set(re.findall(r"(?<![\w-])[a-z]{3,}(?![\w-])", text)) - STOPWORDS)
        if len(words) >= 3:
            questions.append(" ".join(generator.sample(words, 3)))
    return questions


def measure(system: System, questions: pathlib.Path, seconds: float, connections: int, first: int) -> dict:
    """Lets wrk ask for some seconds."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds:g}s",
        "--timeout",
        "30s",
        "-s",
        HERE / "serving.lua",
        system.address,
    ]
    environment = {"QUESTIONS": str(questions), "REQUEST": system.request, "FIRST": str(first)}
    before = system.processor_seconds()
    done = subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True, env=os.environ | environment
    )
    used = system.processor_seconds() - before
    row = json.loads(done.stdout.splitlines()[-1])
    if row["failed"] or not row["requests"]:
        raise SystemExit(f"{system.name} failed {row['failed']} of {row['requests']} requests.")
    row["used"] = 1_000 * used / row["requests"]
    return row


def check(system: System, papers: list[dict]):
    """Both sides have to be search engines: a title finds its paper."""
    sample = random.Random(SEED).sample([paper for paper in papers if len(paper["title"].split()) >= 5], TITLES)
    words = [" ".join(re.findall(r"\w+", paper["title"].lower())) for paper in sample]
    found = 0
    for paper, title in zip(sample, words):
        results = system.ask(title)
        if len(results) != 10:
            raise SystemExit(f"{system.name} gives {len(results)} papers for '{title}'.")
        titles = [re.findall(r"\w+", result["title"].lower()) for result in results]
        found += re.findall(r"\w+", paper["title"].lower()) in titles
    share = found / len(sample)
    print(f"{system.name}: {100 * share:.1f} % of {len(sample)} titles find their paper", flush=True)
    if share < LEAST_FOUND:
        raise SystemExit(f"{system.name} finds too few papers by their titles to be compared.")


def make_indexes(arguments, folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """The library and the rival's folder, made if they are not there."""
    library, rival = pathlib.Path(arguments.library or folder / "library"), folder / "rival"
    for path, command in [
        (library, [arguments.akin, "add", arguments.papers, "--library", library]),
        (rival / "papers.json", [sys.executable, HERE / "serving_rival.py", arguments.papers, rival]),
    ]:
        if not path.exists():
            start = time.perf_counter()
            subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            print(
                f"{pathlib.Path(command[0]).name} indexed the papers in {time.perf_counter() - start:.1f} s", flush=True
            )
    return library, rival


def systems(arguments, library, rival) -> list[System]:
    serve = [arguments.akin, "serve", "--library", library]
    uvicorn = [
        sys.executable,
        "-m",
        "uvicorn",
        "serving_rival:app",
        "--app-dir",
        HERE,
        "--no-access-log",
        "--log-level",
        "error",
    ]
    request, port = "/api/v1/search?q=%s&limit=10", free_port()
    tuned = {"RIVAL": str(rival), "BACKEND": "numba", "OPENBLAS_NUM_THREADS": "1"}
    return [
        System("akin", serve, request + "&snippets=false", {}, port),
        System("akin, snippets", serve, request, {}, port),
        System("FastAPI", uvicorn, "/search?q=%s&limit=10", {"RIVAL": str(rival)}, port),
        System("FastAPI, tuned", uvicorn, "/search?q=%s&limit=10", tuned, port),
        System("FastAPI, tuned, 2 workers", [*uvicorn, "--workers", "2"], "/search?q=%s&limit=10", tuned, port),
    ]


def run(arguments, papers: list[dict], servers: list[System], folder: pathlib.Path):
    questions = folder / "questions"
    asked = make_questions(papers, arguments.questions)
    questions.write_text("".join(urllib.parse.quote(question) + "\n" for question in asked))
    for round in range(arguments.rounds):
        for system in servers:
            try:
                started = system.start()
                if round == 0 and system.name in ("akin", "FastAPI"):
                    check(system, papers)
                # No round begins where another did.
                first = round * len(asked) // arguments.rounds
                measure(system, questions, WARM_UP, arguments.connections, first)
                row = measure(system, questions, arguments.seconds, arguments.connections, first + len(asked) // 10)
                row["started"] = started
                row["resident"], row["anonymous"] = system.memory()
                system.rows.append(row)
            finally:
                system.end()


def median(system: System, key: str) -> float:
    return statistics.median(row[key] for row in system.rows)


def rate(system: System) -> float:
    return statistics.median(row["requests"] / row["seconds"] for row in system.rows)


def report(servers: list[System]):
    print(
        "\n| by | requests a second | lowest, highest | p50 ms | p99 ms | processor ms | resident MB | "
        "anonymous MB | first answer s |"
    )
    print("| --- |" + " ---: |" * 8)
    for system in servers:
        rates = sorted(row["requests"] / row["seconds"] for row in system.rows)
        cells = [system.name, f"{rate(system):,.0f}", f"{rates[0]:,.0f}, {rates[-1]:,.0f}"]
        cells += [f"{median(system, key):.2f}" for key in ["p50", "p99", "used"]]
        cells += [f"{median(system, key):.0f}" for key in ["resident", "anonymous"]]
        print("| " + " | ".join([*cells, f"{median(system, 'started'):.2f}"]) + " |")
    best = max(servers[2:], key=rate)
    print(f"\nThe better rival is {best.name}. Beside it:", flush=True)
    for system in servers[:2]:
        print(f"- {system.name}: {rate(system) / rate(best):.1f} times its requests a second")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("akin")
    parser.add_argument("papers")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--library", help="a library of the papers; made in FOLDER if none is named")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--questions", type=int, default=20_000)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not on the PATH. On Debian: apt-get install wrk")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    papers = read_papers(arguments.papers)
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split(" [")[0]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    akin = subprocess.run([arguments.akin, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{len(papers):,} papers; {CORES} cores, {platform.machine()}; akin {akin}")
    print(f"Python {platform.python_version()}, {versions}; {wrk}; load {os.getloadavg()[0]:.1f}", flush=True)
    library, rival = make_indexes(arguments, arguments.folder)
    servers = systems(arguments, library, rival)
    with tempfile.TemporaryDirectory() as folder:
        run(arguments, papers, servers, pathlib.Path(folder))
    report(servers)


if __name__ == "__main__":
    main()
