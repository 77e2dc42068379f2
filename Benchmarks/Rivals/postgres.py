"""Measures a library in PostgreSQL beside its folder, and beside the SQL that people write today, in one run.

    postgres.py AKIN LIBRARY ADDRESS [--questions 200] [--seconds 10] [--published] [--judged FOLDER...]

AKIN is the program, with `akin-serve` beside it. LIBRARY is a folder, which is published to the empty database of
ADDRESS unless --published says that it was. The rival is what tutorials show: full text by `ts_rank_cd` over a
`tsvector` and nearest neighbors by pgvector, 60 of each, fused by their ranks (1 / (60 + rank)) in one statement. It gets
the library's own vectors, so that the two differ in nothing but ranking. Its words are joined by OR, and in a second row
by AND, as `websearch_to_tsquery` does.

All are asked the same questions, titles and first sentences of papers drawn with a fixed seed, by one connection (times)
and by up to 16 (questions a second). Both libraries must give the same ten papers in the same order for nearly every
question.

With --judged, each FOLDER is a test collection as BEIR lays it out. It is made a library, published to a database of its
own on the same server, and nDCG@10 of its queries is compared.
"""

import argparse
import concurrent.futures
import http.client
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse

import psycopg

SEED = 3
RIVAL = """
create schema rival;
create table rival.paper as
    select p.key, p.title, p.abstract, d.vec,
        setweight(to_tsvector('english', p.title), 'A') || to_tsvector('english', p.abstract) as words
    from {schema}.papers p join {schema}.document d using (key);
alter table rival.paper add primary key (key);
create index on rival.paper using gin (words);
create index on rival.paper using hnsw (vec halfvec_ip_ops) with (m = 16, ef_construction = 100);
analyze rival.paper;
"""
FUSED = """
with words as (
    select key, row_number() over (order by ts_rank_cd(words, q) desc) as place
    from rival.paper, to_tsquery('english', %(query)s) q where words @@ q
    order by ts_rank_cd(words, q) desc limit 60),
near as (
    select key, row_number() over (order by distance) as place
    from (select key, vec <#> %(vector)s::halfvec as distance from rival.paper
        order by vec <#> %(vector)s::halfvec limit 60) x)
select key, sum(1.0 / (60 + place)) as score
from (select * from words union all select * from near) both_sides group by key order by score desc limit 10
"""


class Served:
    """A library behind `akin serve`."""

    def __init__(self, akin: str, library: str):
        self.process = subprocess.Popen(
            [akin, "serve", "--library", library, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True)
        line = self.process.stdout.readline()
        self.host = urllib.parse.urlparse(line.split()[2]).netloc
        self.local = threading.local()
        self.model = None

    def get(self, path: str) -> dict:
        for attempt in range(2):
            if not hasattr(self.local, "connection"):
                self.local.connection = http.client.HTTPConnection(self.host, timeout=120)
            try:
                self.local.connection.request("GET", path)
                answer = self.local.connection.getresponse()
                body = answer.read()
                assert answer.status == 200, (path, body)
                return json.loads(body)
            except (http.client.RemoteDisconnected, ConnectionResetError):
                del self.local.connection
                if attempt:
                    raise

    def search(self, question: str, **parameters) -> list[str]:
        parameters = {"q": question, "limit": 10, "literal": "true", **parameters}
        return [hit["id"] for hit in self.get("/api/v1/search?" + urllib.parse.urlencode(parameters))["results"]]

    def like(self, paper: str) -> list[str]:
        path = "/api/v1/like?" + urllib.parse.urlencode({"paper": paper, "limit": 10})
        return [hit["id"] for hit in self.get(path)["results"]]

    def vector(self, text: str) -> list[float]:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        if self.model is None:
            self.model = self.get("/v1/models")["data"][0]["id"]
        connection.request("POST", "/v1/embeddings", json.dumps({"input": text, "model": self.model}),
                           {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        assert "data" in answer, answer
        return answer["data"][0]["embedding"]

    def end(self):
        self.process.terminate()
        self.process.wait()


def times(ask, questions) -> str:
    for question in questions[:10]:
        ask(question)
    taken = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        taken.append(1e3 * (time.perf_counter() - begun))
    taken.sort()
    return f"{statistics.median(taken):7.1f} {taken[int(len(taken) * 0.99) - 1]:7.1f}"


def rate(ask, questions, clients: int, seconds: float) -> float:
    end = time.perf_counter() + seconds
    counts = [0] * clients

    def work(number):
        place = number
        while time.perf_counter() < end:
            ask(questions[place % len(questions)])
            place += clients
            counts[number] += 1

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, range(clients)))
    return sum(counts) / seconds


class Rival:
    """The statement of tutorials, over the vectors of a published library."""

    # The words of a title joined by OR are in most papers, each of which is ranked.
    SLOW_QUESTIONS = 30

    def __init__(self, address: str, library: Served):
        self.address, self.library, self.local, self.vectors = address, library, threading.local(), {}
        connection = psycopg.connect(address, autocommit=True)
        if connection.execute("select to_regclass('rival.paper')").fetchone()[0] is None:
            connection.execute("set maintenance_work_mem = '1GB'")
            begun = time.perf_counter()
            generation = connection.execute("select generation from akin.current").fetchone()[0]
            connection.execute(RIVAL.format(schema=f"akin_g{generation}"))
            print(f"the rival's tables: {time.perf_counter() - begun:.0f} s")

    def prepare(self, questions: list[str]):
        """Makes the vectors of questions, which take the rival no time."""
        for question in questions:
            self.vectors[question] = str(self.library.vector(question))

    def search(self, question: str, join: str = " | ") -> list[int]:
        if not hasattr(self.local, "connection"):
            self.local.connection = psycopg.connect(self.address, autocommit=True)
            self.local.connection.execute("set hnsw.ef_search = 100")
        words = "".join(c if c.isalnum() else " " for c in question).split()
        rows = self.local.connection.execute(
            FUSED, {"query": join.join(words), "vector": self.vectors[question]}, prepare=True).fetchall()
        return [key for key, _ in rows]


def ndcg(ranking: list[str], judged: dict[str, int]) -> float:
    """nDCG@10 as trec_eval has it."""
    def gain(grades):
        return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:10]))
    best = gain(sorted((grade for grade in judged.values() if grade > 0), reverse=True))
    return gain([max(0, judged.get(paper, 0)) for paper in ranking]) / best if best else 0


def judge(akin: str, folder: pathlib.Path, address: str):
    """Prints nDCG@10 of a test collection."""
    queries = {line["_id"]: line["text"] for line in map(json.loads, (folder / "queries.jsonl").open())}
    judged: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, paper, grade = line.split("\t")
        judged.setdefault(query, {})[paper] = int(grade)
    database = "judged_" + "".join(c if c.isalnum() else "_" for c in folder.name)
    with tempfile.TemporaryDirectory() as scratch:
        papers = pathlib.Path(scratch) / "papers.jsonl"
        with papers.open("w") as file:
            for line in map(json.loads, (folder / "corpus.jsonl").open()):
                file.write(json.dumps({"id": "doc:" + line["_id"], "title": line["title"], "abstract": line["text"]}) + "\n")
        library = scratch + "/library"
        subprocess.run([akin, "add", "-q", "--library", library, papers], check=True)
        server = psycopg.connect(address, autocommit=True)
        server.execute(f"drop database if exists {database} with (force)")
        server.execute(f"create database {database}")
        parts = urllib.parse.urlsplit(address)
        own = urllib.parse.urlunsplit(parts._replace(path="/" + database))
        subprocess.run([akin, "publish", "-q", "--to", own, "--library", library], check=True)
        served = {"folder": Served(akin, library), "database": Served(akin, own)}
        rival = Rival(own, served["folder"])
        rival.prepare(list(queries.values()))
        ids = dict(psycopg.connect(own).execute("select key, id from akin_g1.papers").fetchall())
        askers = {
            **{name: library.search for name, library in served.items()},
            "OR": lambda question: [ids[key] for key in rival.search(question)],
            "AND": lambda question: [ids[key] for key in rival.search(question, " & ")],
        }
        figures = []
        for ask in askers.values():
            values = [
                ndcg([paper.removeprefix("doc:") for paper in ask(text)], judged[query])
                for query, text in queries.items() if query in judged]
            figures.append(sum(values) / len(values))
        print(f"{folder.name:20}" + "".join(f" {figure:9.4f}" for figure in figures), flush=True)
        for library in served.values():
            library.end()
        del rival
    server.execute(f"drop database {database} with (force)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("akin")
    parser.add_argument("library")
    parser.add_argument("address")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--judged", nargs="*", default=[])
    arguments = parser.parse_args()
    akin = str(pathlib.Path(arguments.akin).absolute())
    if not arguments.published:
        begun = time.perf_counter()
        subprocess.run([akin, "publish", "--to", arguments.address, "--library", arguments.library, "-q"], check=True)
        print(f"publish: {time.perf_counter() - begun:.0f} s")

    connection = psycopg.connect(arguments.address, autocommit=True)
    print(connection.execute("select version()").fetchone()[0])
    print("shared_buffers", connection.execute("show shared_buffers").fetchone()[0])
    generation = connection.execute("select generation from akin.current").fetchone()[0]
    rows = connection.execute(
        f"select id, title, abstract from akin_g{generation}.papers where length(abstract) > 200 order by key").fetchall()
    print(f"{len(rows)} papers with abstracts, {os.cpu_count()} cores")
    drawn = random.Random(SEED).sample(rows, min(len(rows), arguments.questions))
    kinds = {
        "titles": [title for _, title, _ in drawn],
        "sentences": [abstract.split(". ")[0][:400] for _, _, abstract in drawn],
    }

    folder, database = Served(akin, arguments.library), Served(akin, arguments.address)
    rival = Rival(arguments.address, folder)
    for questions in kinds.values():
        rival.prepare(questions)

    same = total = 0
    for questions in kinds.values():
        for question in questions:
            total += 1
            same += folder.search(question) == database.search(question)
    print(f"the same ten papers in the same order: {same} of {total}")
    assert same >= 0.95 * total

    print(f"{'':36} {'p50 ms':>7} {'p99 ms':>7}")
    for kind, questions in kinds.items():
        print(f"{'hybrid, ' + kind + ', database':36} {times(database.search, questions)}")
        print(f"{'hybrid, ' + kind + ', folder':36} {times(folder.search, questions)}")
        slow = questions[:Rival.SLOW_QUESTIONS]
        print(f"{'tsvector + pgvector by OR, ' + kind:36} {times(rival.search, slow)}  ({len(slow)} questions)")
        print(f"{'tsvector + pgvector by AND, ' + kind:36} {times(lambda q: rival.search(q, ' & '), questions)}")
    titles = kinds["titles"]
    for name, ask in [
        ("words alone, titles", lambda served: lambda q: served.search(q, mode="lexical")),
        ("filtered by year, titles", lambda served: lambda q: served.search(q, year="2024..")),
    ]:
        print(f"{name + ', database':36} {times(ask(database), titles)}")
        print(f"{name + ', folder':36} {times(ask(folder), titles)}")
    ids = [paper for paper, _, _ in drawn]
    print(f"{'like, database':36} {times(database.like, ids)}")
    print(f"{'like, folder':36} {times(folder.like, ids)}")
    print("hybrid questions a second, titles, by connections")
    for clients in [1, 4, 8, 16]:
        asks = (database.search, folder.search, lambda q: rival.search(q, " & "))
        rates = [rate(ask, titles, clients, arguments.seconds) for ask in asks]
        print(f"{clients:4}  database {rates[0]:6.0f}  folder {rates[1]:6.0f}  tsvector by AND {rates[2]:6.0f}", flush=True)
    folder.end()
    database.end()
    if arguments.judged:
        print(f"{'nDCG@10':20}    folder  database   OR fused  AND fused")
    for collection in arguments.judged:
        judge(akin, pathlib.Path(collection), arguments.address)


if __name__ == "__main__":
    main()
