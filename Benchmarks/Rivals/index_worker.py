"""One rival of IndexBenchmark in a process of its own. It reads a command a line and answers with a line, both JSON.

    index_worker.py SYSTEM        SYSTEM is one of index_systems.SYSTEMS, or numpy, which can but verify

    {"command": "build", "vectors": FILE.npy, "metric": …, "threads": 1, "m": 16, "efConstruction": 200, "file": PATH}
    → {"version": …, "seconds": …, "cpuSeconds": …, "bytes": …, "fileBytes": …, "chains": [[{"ef": …, "setting": …}]]}
    {"command": "search", "queries": FILE.npy, "chain": 0, "point": 0, "threads": 1, "k": 10, "atLeast": 0.2, "ids": FILE}
    → {"seconds": …, "cpuSeconds": …}, the seconds of one pass over the queries
    {"command": "verify", "vectors": …, "queries": …, "metric": …, "k": 10, "sample": 50, "truth": FILE}
    → {"agreement": …}, the share of the exact neighbours that NumPy finds too

A command that cannot be carried out is answered by {"error": "what happened"}.
"""

import ctypes
import gc
import json
import os
import shutil
import sys
import time

# What the libraries print must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import numpy

import index_systems


def anonymous_bytes():
    """The memory that is this process's own: resident pages that no file backs, after giving back what is free."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return 1024 * int(line.split()[1])
    except (AttributeError, OSError):
        pass
    return None


def size_on_disk(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(path) for name in names)


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


def load(path, metric):
    vectors = numpy.load(path)
    if metric == "cosine":
        norms = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= numpy.where(norms > 0, norms, 1)
    return vectors


class Worker:
    def __init__(self, name):
        self.system = index_systems.SYSTEMS[name]() if name != "numpy" else None
        self.queries = None

    def build(self, request):
        before = anonymous_bytes()
        self.metric = request["metric"]
        compared = "innerProduct" if self.metric == "cosine" else self.metric
        vectors = load(request["vectors"], self.metric)
        self.system.prepare(vectors, request["file"])
        start, cpu_start = time.perf_counter(), time.process_time()
        self.system.build(vectors, compared, request["threads"], request["m"], request["efConstruction"])
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
        # The input is let go before memory is measured: an index that still holds it is charged for it.
        del vectors
        after = anonymous_bytes()
        remove(request["file"])
        self.system.save(request["file"])
        file_bytes = size_on_disk(request["file"])
        remove(request["file"])
        return {
            "version": self.system.version(),
            "seconds": seconds,
            "cpuSeconds": cpu,
            "bytes": None if before is None else after - before,
            "fileBytes": file_bytes,
            "chains": self.system.points(),
        }

    def search(self, request):
        if self.queries is None:
            self.queries = load(request["queries"], self.metric)
        point = self.system.points()[request["chain"]][request["point"]]
        arguments = (self.queries, request["k"], point, request["threads"])
        passes = 0
        start, cpu_start = time.perf_counter(), time.process_time()
        while passes == 0 or time.perf_counter() - start < request["atLeast"]:
            ids = self.system.search(*arguments)
            passes += 1
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
        if "ids" in request:
            numpy.asarray(ids).astype("<i8").tofile(request["ids"])
        return {"seconds": seconds / passes, "cpuSeconds": cpu / passes}

    def verify(self, request):
        vectors = load(request["vectors"], request["metric"])
        queries = load(request["queries"], request["metric"])[: request["sample"]].astype("f8")
        truth = numpy.fromfile(request["truth"], dtype="<i8").reshape(-1, request["k"])[: request["sample"]]
        distances = -queries @ vectors.T.astype("f8")
        if request["metric"] == "squaredEuclidean":
            distances = (vectors.astype("f8") ** 2).sum(axis=1) + 2 * distances
        exact = numpy.sort(distances, axis=1)[:, request["k"] - 1]
        found = numpy.take_along_axis(distances, truth, axis=1)
        slack = 1e-5 * numpy.abs(distances).max()
        return {"agreement": float((found <= exact[:, None] + slack).mean())}


def main():
    worker = Worker(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(worker, request["command"])(request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
