"""The indexes that IndexBenchmark compares Akin's with, behind one face.

A system is built on float32 vectors and asked for the nearest of many queries at once. Its knobs are listed as chains of
points, each chain in the order of growing effort, so that a sweep can end where nothing more is to be won. A point's
"ef" is the system's own main knob; "setting" names all knobs.

All get the same m and efConstruction where they have such parameters. Under the cosine metric they get rows that were
normalised beforehand and compare by inner product, which spares them that work.
"""

import importlib.metadata
import math
import os

import numpy

EFFORTS = [10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448, 640, 900, 1300, 1800, 2600, 3600, 5200]


class System:
    package = ""

    def version(self):
        return importlib.metadata.version(self.package)

    def points(self):
        """Chains of points; a graph has one, of its ef."""
        return [[{"ef": ef, "setting": f"ef {ef}"} for ef in EFFORTS]]

    def prepare(self, vectors, path):
        """Does what a build needs and what is not counted: a file at the path, for a system that reads its input."""

    def build(self, vectors, metric, threads, m, ef_construction):
        """Builds the index; metric is "innerProduct" or "squaredEuclidean"."""
        raise NotImplementedError

    def search(self, queries, k, point, threads):
        """The ids of the nearest, a row a query."""
        raise NotImplementedError

    def save(self, path):
        """Writes a file or a folder."""
        raise NotImplementedError


class Hnswlib(System):
    package = "hnswlib"

    def build(self, vectors, metric, threads, m, ef_construction):
        import hnswlib

        space = {"innerProduct": "ip", "squaredEuclidean": "l2"}[metric]
        self.index = hnswlib.Index(space=space, dim=vectors.shape[1])
        self.index.init_index(max_elements=len(vectors), M=m, ef_construction=ef_construction, random_seed=42)
        self.index.add_items(vectors, numpy.arange(len(vectors)), num_threads=threads)

    def search(self, queries, k, point, threads):
        self.index.set_ef(point["ef"])
        return self.index.knn_query(queries, k=k, num_threads=threads)[0]

    def save(self, path):
        self.index.save_index(path)


class FaissHNSW(System):
    """HNSWFlat, or HNSWSQ over codes of 8 bits, with or without a second ranking by the vectors themselves."""

    package = "faiss-cpu"

    def __init__(self, codes=False, refines=False):
        self.codes = codes
        self.refines = refines

    def build(self, vectors, metric, threads, m, ef_construction):
        import faiss

        faiss.omp_set_num_threads(threads)
        measure = {"innerProduct": faiss.METRIC_INNER_PRODUCT, "squaredEuclidean": faiss.METRIC_L2}[metric]
        dimensions = vectors.shape[1]
        if self.codes:
            self.graph = faiss.IndexHNSWSQ(dimensions, faiss.ScalarQuantizer.QT_8bit, m, measure)
        else:
            self.graph = faiss.IndexHNSWFlat(dimensions, m, measure)
        self.graph.hnsw.efConstruction = ef_construction
        self.index = self.graph
        if self.refines:
            self.index = faiss.IndexRefineFlat(self.graph)
            self.index.k_factor = 2
        self.index.train(vectors)
        self.index.add(vectors)

    def search(self, queries, k, point, threads):
        import faiss

        faiss.omp_set_num_threads(threads)
        self.graph.hnsw.efSearch = point["ef"]
        return self.index.search(queries, k)[1]

    def save(self, path):
        import faiss

        faiss.write_index(self.index, path)


class FaissIVF(System):
    """Inverted lists of product codes of 4 bits for two axes, scanned by table look-up in registers, then refined."""

    package = "faiss-cpu"

    def points(self):
        return [
            [{"ef": nprobe, "factor": factor, "setting": f"nprobe {nprobe}, k_factor {factor}"} for nprobe in probes]
            for factor, probes in [
                (4, [2, 4, 6, 8, 12, 16, 24, 32]),
                (8, [6, 8, 12, 16, 24, 32, 48, 64]),
                (16, [12, 16, 24, 32, 48, 64, 96, 128]),
                (40, [32, 48, 64, 96, 128, 192, 256, 384, 512]),
                (150, [128, 192, 256, 384, 512, 768, 1024]),
            ]
        ]

    def build(self, vectors, metric, threads, m, ef_construction):
        import faiss

        faiss.omp_set_num_threads(threads)
        measure = {"innerProduct": faiss.METRIC_INNER_PRODUCT, "squaredEuclidean": faiss.METRIC_L2}[metric]
        count, dimensions = vectors.shape
        lists = 2 ** round(math.log2(2.5 * math.sqrt(count)))
        self.index = faiss.index_factory(dimensions, f"IVF{lists},PQ{dimensions // 2}x4fs,RFlat", measure)
        self.lists = faiss.extract_index_ivf(self.index)
        self.index.train(vectors)
        self.index.add(vectors)

    def search(self, queries, k, point, threads):
        import faiss

        faiss.omp_set_num_threads(threads)
        self.index.k_factor = point["factor"]
        self.lists.nprobe = min(point["ef"], self.lists.nlist)
        return self.index.search(queries, k)[1]

    def save(self, path):
        import faiss

        faiss.write_index(self.index, path)


class Usearch(System):
    package = "usearch"

    def __init__(self, elements):
        self.elements = elements

    def build(self, vectors, metric, threads, m, ef_construction):
        from usearch.index import Index

        measure = {"innerProduct": "ip", "squaredEuclidean": "l2sq"}[metric]
        self.index = Index(
            ndim=vectors.shape[1], metric=measure, dtype=self.elements, connectivity=m, expansion_add=ef_construction
        )
        # Its own codes forget the length of a vector, which inner products of unit vectors and angles do not need.
        self.step = numpy.abs(vectors).max() / 127 if self.elements == "i8" and metric == "squaredEuclidean" else None
        self.index.add(numpy.arange(len(vectors)), self.encoded(vectors), threads=threads)

    def encoded(self, vectors):
        if self.step is None:
            return vectors
        return numpy.clip(numpy.round(vectors / self.step), -127, 127).astype("i1")

    def search(self, queries, k, point, threads):
        self.index.expansion_search = point["ef"]
        return self.index.search(self.encoded(queries), k, threads=threads).keys

    def save(self, path):
        self.index.save(path)


class SymphonyQG(System):
    """Codes of all neighbours in the node's block, by the authors of RaBitQ; of as many links as HNSW has on level 0."""

    package = "rabitqlib"

    def __init__(self, start="pipnn"):
        self.start = start

    def build(self, vectors, metric, threads, m, ef_construction):
        import rabitqlib

        measure = {"innerProduct": "ip", "squaredEuclidean": "l2"}[metric]
        if metric == "innerProduct" and has_unit_rows(vectors):
            measure = "l2"  # The same order, and what the method was made for.
        self.index = rabitqlib.SymqgIndex(vectors.shape[1], 2 * m, measure)
        self.index.build(vectors, ef_construction, threads, self.start)

    def search(self, queries, k, point, threads):
        found = self.index.search_batch(queries, k, point["ef"], threads)
        return next(part for part in found if numpy.asarray(part).dtype.kind in "iu")

    def save(self, path):
        self.index.save(path)


class ScaNN(System):
    """A tree of partitions, product codes of 4 bits for two axes, then a second ranking.

    A vector may be in two partitions (SOAR), which ScaNN offers for inner products alone; at the values its authors give.
    """

    package = "scann"

    def __init__(self, spills=True):
        self.spills = spills

    def points(self):
        return [
            [{"ef": leaves, "reorder": reorder, "setting": f"leaves {leaves}, reorder {reorder}"} for leaves in probes]
            for reorder, probes in [
                (30, [4, 6, 8, 12, 16, 24, 32]),
                (60, [8, 12, 16, 24, 32, 48, 64]),
                (120, [16, 24, 32, 48, 64, 96, 128]),
                (300, [48, 64, 96, 128, 192, 256, 384, 512]),
                (1500, [192, 256, 384, 512, 768, 1024]),
            ]
        ]

    def build(self, vectors, metric, threads, m, ef_construction):
        import scann

        measure = {"innerProduct": "dot_product", "squaredEuclidean": "squared_l2"}[metric]
        count = len(vectors)
        leaves = round(2 * math.sqrt(count))
        threshold = 0.2 if metric == "innerProduct" else float("nan")
        builder = scann.scann_ops_pybind.builder(vectors, 10, measure)
        spilling = {}
        if self.spills and metric == "innerProduct":
            spilling = {"soar_lambda": 1.5, "overretrieve_factor": 1.8}
        builder = builder.tree(
            num_leaves=leaves, num_leaves_to_search=leaves // 20 + 1, training_sample_size=count, **spilling
        )
        builder = builder.score_ah(2, anisotropic_quantization_threshold=threshold).reorder(100)
        self.leaves = leaves
        self.index = builder.set_n_training_threads(threads).build()

    def search(self, queries, k, point, threads):
        search = self.index.search_batched
        if threads > 1:
            self.index.set_num_threads(threads)
            search = self.index.search_batched_parallel
        leaves = min(point["ef"], self.leaves)
        return search(
            queries, final_num_neighbors=k, pre_reorder_num_neighbors=point["reorder"], leaves_to_search=leaves
        )[0]

    def save(self, path):
        os.makedirs(path)
        self.index.serialize(path)


class SVS(System):
    """Vamana over floats, or over codes of locally adaptive quantisation: bits of the walk, bits of the second ranking."""

    package = "scalable-vs"

    def __init__(self, bits=None):
        self.bits = bits

    def prepare(self, vectors, path):
        import svs

        if self.bits:
            self.input = path + ".svs"
            svs.write_vecs(vectors, path + ".fvecs")
            svs.convert_vecs_to_svs(path + ".fvecs", self.input, svs.DataType.float32)

    def build(self, vectors, metric, threads, m, ef_construction):
        import svs

        measure = {"innerProduct": svs.DistanceType.MIP, "squaredEuclidean": svs.DistanceType.L2}[metric]
        alpha = {"innerProduct": 0.95, "squaredEuclidean": 1.2}[metric]
        parameters = svs.VamanaBuildParameters(
            graph_max_degree=2 * m, window_size=ef_construction, alpha=alpha
        )
        data = vectors
        if self.bits:
            primary, residual = self.bits
            loader = svs.VectorDataLoader(self.input, svs.DataType.float32, dims=vectors.shape[1])
            data = svs.LVQLoader(loader, primary=primary, residual=residual)
        self.index = svs.Vamana.build(parameters, data, measure, num_threads=threads)

    def search(self, queries, k, point, threads):
        if self.index.num_threads != threads:
            self.index.num_threads = threads
        self.index.search_window_size = point["ef"]
        return self.index.search(queries, k)[0]

    def save(self, path):
        os.makedirs(path)
        self.index.save(*(os.path.join(path, part) for part in ("configuration", "graph", "data")))


def has_unit_rows(vectors):
    return bool(numpy.all(numpy.abs(numpy.linalg.norm(vectors, axis=1) - 1) < 1e-4))


SYSTEMS = {
    "hnswlib": Hnswlib,
    "faiss-hnsw": FaissHNSW,
    "faiss-hnsw-sq8": lambda: FaissHNSW(codes=True),
    "faiss-hnsw-sq8-refined": lambda: FaissHNSW(codes=True, refines=True),
    "faiss-ivf": FaissIVF,
    "usearch-f32": lambda: Usearch("f32"),
    "usearch-f16": lambda: Usearch("f16"),
    "usearch-i8": lambda: Usearch("i8"),
    "symphonyqg": SymphonyQG,
    "symphonyqg-random": lambda: SymphonyQG("random"),
    "scann": ScaNN,
    "scann-plain": lambda: ScaNN(spills=False),
    "svs": SVS,
    "svs-lvq4x8": lambda: SVS((4, 8)),
}
