"""The vectors of a library as an encoder for BEIR and MTEB, over `akin serve`. It needs NumPy.

    evaluator = beir.retrieval.search.dense.DenseRetrievalExactSearch(AkinEncoder())
    mteb.evaluate(AkinEncoder(), tasks)
"""

import base64
import json
import urllib.request

import numpy


class AkinEncoder:
    def __init__(self, address="http://127.0.0.1:8017", model="akin", batch=256):
        self.address, self.model, self.batch = address.rstrip("/"), model, batch

    def encode(self, sentences, **_):
        """A row of length 1 for each text. MTEB gives batches of dictionaries, others give texts."""
        texts = []
        for entry in sentences:
            texts += entry["text"] if isinstance(entry, dict) else [entry]
        rows = [self._embed(texts[start : start + self.batch]) for start in range(0, len(texts), self.batch)]
        return numpy.concatenate(rows) if rows else numpy.zeros((0, 0), numpy.float32)

    def encode_queries(self, queries, **_):
        return self.encode(queries)

    def encode_corpus(self, corpus, **_):
        return self.encode([f"{paper.get('title', '')}\n{paper['text']}" for paper in corpus])

    def similarity(self, first, second):
        return first @ second.T

    def _embed(self, texts):
        body = {"model": self.model, "input": texts, "encoding_format": "base64"}
        request = urllib.request.Request(
            f"{self.address}/v1/embeddings", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            data = json.load(answer)["data"]
        vectors = [numpy.frombuffer(base64.b64decode(entry["embedding"]), "<f4") for entry in data]
        return numpy.stack(vectors)
