"""The rival of serving.py: hybrid search over HTTP as a researcher writes it, by FastAPI, NumPy, scikit-learn, bm25s.

    serving_rival.py PAPERS FOLDER            learns vectors and makes the indexes
    RIVAL=FOLDER uvicorn serving_rival:app    answers /search?q=…&limit=10; BACKEND=numba compiles bm25s

A paper's vector is its TF-IDF through a truncated SVD of 256 dimensions, of length 1. A question takes the 100 best
papers by cosine and the 100 best by BM25, and fuses both by their ranks (RRF, k = 60).
"""

import json
import os
import pathlib
import pickle
import sys

import bm25s
import numpy
import Stemmer

DEPTH = 100
SHOWN = ["id", "title", "authors", "year", "venue", "url"]


def read_papers(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tokens(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False)


def build(papers, folder):
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{paper['title']} {paper.get('abstract') or ''}" for paper in papers]
    vectorizer = TfidfVectorizer(
        stop_words="english",
        strip_accents="unicode",
        sublinear_tf=True,
        min_df=2,
        max_features=50_000,
        dtype=numpy.float32,
    )
    decomposition = TruncatedSVD(256, random_state=0)
    vectors = decomposition.fit_transform(vectorizer.fit_transform(texts)).astype(numpy.float32)
    norms = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    numpy.save(folder / "vectors.npy", vectors / numpy.where(norms > 0, norms, 1))
    # A row for each word: `decomposition.transform` copies the whole matrix for every question.
    numpy.save(folder / "words.npy", numpy.ascontiguousarray(decomposition.components_.T, dtype=numpy.float32))
    with open(folder / "vectorizer.pickle", "wb") as file:
        pickle.dump(vectorizer, file)
    retriever = bm25s.BM25()
    retriever.index(tokens(texts), show_progress=False)
    retriever.save(folder / "bm25s")
    with open(folder / "papers.json", "w", encoding="utf-8") as file:
        json.dump([{key: paper.get(key) for key in SHOWN} for paper in papers], file)


class Engine:
    def __init__(self, folder):
        self.vectors = numpy.load(folder / "vectors.npy")
        self.words = numpy.load(folder / "words.npy")
        with open(folder / "vectorizer.pickle", "rb") as file:
            self.vectorizer = pickle.load(file)
        self.retriever = bm25s.BM25.load(folder / "bm25s")
        self.retriever.backend = os.environ.get("BACKEND", "numpy")
        self.stemmer = Stemmer.Stemmer("english")
        with open(folder / "papers.json", encoding="utf-8") as file:
            self.papers = json.load(file)
        self.depth = min(DEPTH, len(self.papers))
        # What is compiled is compiled before the first question.
        self.search("papers", 10)

    def search(self, question, limit):
        weights = self.vectorizer.transform([question])
        vector = weights.data @ self.words[weights.indices]
        cosines = self.vectors @ vector
        near = numpy.argpartition(-cosines, self.depth - 1)[: self.depth]
        near = near[numpy.argsort(-cosines[near])]
        words = bm25s.tokenize([question], stopwords="en", stemmer=self.stemmer, return_ids=False, show_progress=False)
        found = self.retriever.retrieve(words, k=self.depth, show_progress=False).documents[0]
        scores = {}
        for ranking in (near.tolist(), found.tolist()):
            for rank, place in enumerate(ranking, 1):
                scores[place] = scores.get(place, 0) + 1 / (60 + rank)
        best = sorted(scores, key=scores.get, reverse=True)[:limit]
        return [{"rank": rank, "score": scores[place], **self.papers[place]} for rank, place in enumerate(best, 1)]


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    build(read_papers(sys.argv[1]), target)
else:
    from fastapi import FastAPI

    engine = Engine(pathlib.Path(os.environ["RIVAL"]))
    app = FastAPI()

    @app.get("/search")
    def search(q: str, limit: int = 10):
        return {"query": q, "results": engine.search(q, limit)}
