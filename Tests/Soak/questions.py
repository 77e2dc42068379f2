"""What readers ask the server, and what the answers have to be."""

import base64
import html
import json
import random
import re
import struct
import urllib.parse

from client import Answer, Broken, Client, Record
from shelf import Shelf, Wording

MODES = ["hybrid", "semantic", "lexical"]
FORMATS = ["bibtex", "biblatex", "ris", "csl-json", "jsonl", "csv", "markdown"]
PAGES = ["/", "/libraries", "/help", "/api", "/add", "/new", "/app.css", "/app.js", "/topics", "/map"]
MOST = 1_000


class Reader:
    """Asks one question after another. What it asks depends on the seed; how the threads interleave does not."""

    def __init__(self, client: Client, record: Record, shelf: Shelf, wording: Wording, generator: random.Random):
        self.client, self.record, self.shelf = client, record, shelf
        self.wording, self.random = wording, generator
        self.tags: dict[str, str] = {}

    def step(self):
        kinds = list(KINDS)
        kind = self.random.choices(kinds, [KINDS[kind] for kind in kinds])[0]
        kind(self)

    # What is checked of all answers.

    def check(self, holds: bool, promise: str, what: str):
        if not holds:
            raise Broken(what)
        self.record.held(promise)

    def check_no_ghosts(self, answer: Answer, ids):
        ghosts = self.shelf.ghosts(ids, answer.removed)
        self.check(not ghosts, "a removed paper is not shown", f"An answer has the removed papers {ghosts[:5]}.")

    def results(self, answer: Answer, limit: int) -> list[dict]:
        results = answer.json["results"]
        ids = [result["id"] for result in results]
        self.check(
            len(ids) <= limit and len(set(ids)) == len(ids),
            "answers have papers once, and no more than asked for",
            f"An answer of at most {limit} papers has {len(ids)}, {len(set(ids))} of them different.",
        )
        ranks = [result["rank"] for result in results]
        self.check(
            not ranks or ranks == list(range(ranks[0], ranks[0] + len(ranks))),
            "ranks follow each other",
            f"The ranks of an answer are {ranks[:20]}.",
        )
        self.check_no_ghosts(answer, ids + [copy["id"] for result in results for copy in result["duplicates"]])
        return results

    def ids(self, count: int) -> list[str]:
        return [paper["id"] for paper in self.random.sample(self.shelf.staying, count)]

    # The kinds of questions.

    def search(self):
        limit = self.random.choice([1, 5, 10, 10, 10, 50])
        parameters = {"q": self.wording.question(self.random), "limit": limit}
        if self.random.random() < 0.3:
            parameters["mode"] = self.random.choice(MODES)
        if self.random.random() < 0.2:
            parameters["explain"] = "true"
        if self.random.random() < 0.3:
            parameters["snippets"] = "false"
        if self.random.random() < 0.1:
            parameters["diverse"] = 0.3
        answer = self.client.ask("search", "/api/v1/search", **parameters)
        self.results(answer, limit)

    def phrase(self):
        if not self.wording.phrases:
            return
        phrase, id = self.random.choice(self.wording.phrases)
        answer = self.client.ask("phrase", "/api/v1/search", q=f'title:"{phrase}"', limit=MOST, fold="false")
        found = [result["id"] for result in self.results(answer, MOST)]
        self.check(
            id in found,
            "a phrase finds the title that it is of",
            f"The phrase of a title '{phrase}' does not find {id}.",
        )

    def filtered(self):
        words, sign = self.wording, self.random.choice(["", "+", "-"])
        question = f"{words.question(self.random)} {sign}{self.random.choice(words.words)}"
        parameters = {"q": question, "limit": 20}
        first, last = sorted(self.random.choices(words.years, k=2))
        parameters["year"] = self.random.choice([str(first), f"{first}..", f"..{last}", f"{first}..{last}"])
        for name, values in [("venue", words.venues), ("category", words.categories), ("author", words.authors)]:
            if values and self.random.random() < 0.2:
                parameters[name] = self.random.choice(values)
        answer = self.client.ask("filtered search", "/api/v1/search", **parameters)
        low = None if parameters["year"].startswith("..") else first
        high = {"": first, "..": None}.get(parameters["year"][4:], last)
        for result in self.results(answer, 20):
            year = result.get("year")
            self.check(
                year is not None and (low is None or year >= low) and (high is None or year <= high),
                "a filter lets through what it names",
                f"The filter year={parameters['year']} lets {year} through.",
            )

    def page_after_page(self):
        question = self.wording.question(self.random)
        first = self.client.ask("search", "/api/v1/search", q=question, limit=10)
        cursor = first.json.get("nextCursor")
        if cursor is None:
            return
        second = self.client.ask("next page", "/api/v1/search", q=question, limit=10, cursor=cursor)
        last = self.client.ask("info", "/api/v1/info")
        seen = {result["id"] for result in self.results(first, 10)}
        again = seen & {result["id"] for result in self.results(second, 10)}
        # Nothing was written in between if the tags are one.
        if first.tag == last.tag:
            self.check(
                not again,
                "a next page goes on after the one before",
                f"The second page of '{question}' has papers of the first: {sorted(again)[:5]}.",
            )

    def several(self):
        count = self.random.randint(2, 8)
        searches = [{"q": self.wording.question(self.random), "limit": 5} for _ in range(count)]
        answer = self.client.ask("several searches", "/api/v1/search", {"searches": searches})
        found = [part["query"] for part in answer.json["answers"]]
        asked = [search["q"] for search in searches]
        self.check(found == asked, "several questions have their answers in order", f"{asked} is answered as {found}.")

    def like(self):
        *near, away = self.ids(self.random.randint(2, 4))
        parameters = {"paper": near, "limit": 10}
        if self.random.random() < 0.3:
            parameters["unlike"] = away
        answer = self.client.ask("like", "/api/v1/like", **parameters)
        found = {result["id"] for result in self.results(answer, 10)}
        self.check(
            not found & set(near), "a paper is not like itself", f"Papers like {near} are {sorted(found & set(near))}."
        )

    def list(self):
        parameters = {
            "limit": self.random.choice([10, 100]),
            "sort": self.random.choice(["date", "title", "relevance"]),
        }
        if self.random.random() < 0.5:
            parameters["year"] = f"{self.random.choice(self.wording.years)}.."
        if self.random.random() < 0.3:
            parameters["cursor"] = self.random.randrange(100)
        if self.random.random() < 0.3:
            parameters["q"] = self.random.choice(["has:abstract", "is:unread", self.random.choice(self.wording.words)])
        answer = self.client.ask("papers", "/api/v1/papers", **parameters)
        self.check_no_ghosts(answer, [paper["id"] for paper in answer.json["papers"]])

    def show(self):
        [id] = self.ids(1)
        path = "/api/v1/papers/" + urllib.parse.quote(id, safe="")
        answer = self.client.ask("paper", path)
        self.check(answer.json["id"] == id, "a paper that stays is shown", f"{id} is shown as {answer.text}")

    def neighbors(self):
        path = f"/api/v1/papers/{urllib.parse.quote(self.ids(1)[0], safe='')}/neighbors"
        self.results(self.client.ask("neighbors", path, limit=20), 20)

    def why(self):
        first, second = self.ids(2)
        self.client.ask("why", "/api/v1/why", first=first, second=second)

    def facets(self):
        parameters = {"q": self.wording.question(self.random)} if self.random.random() < 0.6 else {}
        answer = self.client.ask("facets", "/api/v1/facets", **parameters)
        report = answer.json
        years = sum(value["papers"] for value in report["year"])
        self.check(
            years <= report["papers"] and (parameters or report["papers"] >= len(self.shelf.staying)),
            "facets count the papers",
            f"Facets count {report['papers']} papers, and {years} by years.",
        )

    def view(self):
        draw, (first, second) = self.random.random(), self.ids(2)
        if draw < 0.5:
            path, parameters = "/", {
                "q": self.wording.question(self.random),
                "year": self.random.choice(["", "2015.."]),
            }
        elif draw < 0.7:
            path, parameters = "/paper", {"id": first}
        elif draw < 0.8:
            path, parameters = "/", {"like": first}
        elif draw < 0.85:
            path, parameters = "/why", {"first": first, "second": second}
        else:
            # Topics and the map are made anew after every change, so they are asked for seldom.
            path, parameters = self.random.choice(PAGES[:-2] if self.random.random() < 0.9 else PAGES[-2:]), {}
        answer = self.client.ask("view", path, headers={"Accept": "text/html"}, **parameters)
        if path.startswith("/app"):
            return
        self.check(answer.text.rstrip().endswith("</html>"), "views are whole", f"The view {path} is cut short.")
        self.check_no_ghosts(answer, [html.unescape(id) for id in re.findall(r'data-id="([^"]*)"', answer.text)])

    def embed(self):
        texts = [self.wording.question(self.random) for _ in range(self.random.choice([1, 1, 8]))]
        is_base64 = self.random.random() < 0.5
        body = {"input": texts, "model": "akin", "encoding_format": "base64" if is_base64 else "float"}
        data = self.client.ask("embeddings", "/v1/embeddings", body).json["data"]
        vectors = [entry["embedding"] for entry in data]
        if is_base64:
            vectors = [struct.unpack(f"<{len(raw) // 4}f", raw) for raw in map(base64.b64decode, vectors)]
        lengths = [sum(number * number for number in vector) ** 0.5 for vector in vectors]
        self.check(
            len(vectors) == len(texts) and all(abs(length - 1) < 1e-3 or length == 0 for length in lengths),
            "vectors have length 1",
            f"The vectors of {texts} have the lengths {lengths}.",
        )

    def export(self):
        format = self.random.choice(FORMATS)
        draw = self.random.random()
        if draw < 0.1:
            parameters = {}
        elif draw < 0.5:
            parameters = {"q": self.wording.question(self.random), "limit": 50}
        else:
            parameters = {"paper": self.ids(5)}
        answer = self.client.ask("export", "/api/v1/export", format=format, **parameters)
        if format != "jsonl":
            return
        ids = [json.loads(line)["id"] for line in answer.text.splitlines()]
        self.check_no_ghosts(answer, ids)
        wanted = self.shelf.staying_ids if not parameters else set(parameters.get("paper", []))
        self.check(wanted <= set(ids), "an export has all papers", f"An export lacks {sorted(wanted - set(ids))[:5]}.")

    def call(self):
        """Calls a tool as an agent does."""
        first, second = self.ids(2)
        name, arguments = self.random.choice(
            [
                ("search", {"query": self.wording.question(self.random), "limit": 5}),
                ("like", {"papers": [first]}),
                ("show", {"papers": [first]}),
                ("why", {"first": first, "second": second}),
            ]
        )
        message = {
            "jsonrpc": "2.0",
            "id": self.random.randrange(1_000),
            "method": "tools/call",
            "params": {"name": name, "arguments": arguments},
        }
        answer = self.client.ask("mcp", "/mcp", message, headers={"Accept": "application/json, text/event-stream"}).json
        result = answer.get("result", {})
        self.check(
            answer.get("id") == message["id"] and result.get("content") and not result.get("isError"),
            "tools answer agents",
            f"The tool {name} of {arguments} answered {json.dumps(answer)[:300]}",
        )

    def known(self):
        """Asks again for what the client has already."""
        kind = self.random.choice(["/api/v1/search?q=memory", "/api/v1/info", "/api/v1/values?field=tag", "/app.css"])
        headers = {"If-None-Match": self.tags[kind]} if kind in self.tags else {}
        answer = self.client.ask("known", kind, headers=headers, allowed=(200, 304))
        self.tags[kind] = answer.tag

    def watch_over(self):
        path = self.random.choice(
            [
                "/healthz",
                "/readyz",
                "/metrics",
                "/openapi.json",
                "/api/v1/libraries",
                "/api/v1/watches",
                "/api/v1/digest",
                "/api/v1/feed",
                "/v1/models",
            ]
        )
        self.client.ask("others", path)

    def explore(self):
        # They say 503 while they are being made.
        path = self.random.choice(["/api/v1/topics", "/api/v1/map"])
        answer = self.client.ask("topics and map", path, allowed=(200, 503))
        if answer.status == 503:
            self.check(
                "being made" in answer.text and answer.headers["Retry-After"],
                "what takes long says how far it is",
                f"{path} was answered with 503: {answer.text[:300]}",
            )

    def go_away(self):
        path, parameters = self.random.choice(
            [("/api/v1/export", {"format": "jsonl"}), ("/api/v1/search", {"q": self.wording.question(self.random)})]
        )
        self.client.break_off(path, self.random.choice([0, 1, 10_000]), **parameters)


# How often each kind is asked.
KINDS = {
    Reader.search: 30,
    Reader.phrase: 8,
    Reader.filtered: 12,
    Reader.page_after_page: 4,
    Reader.several: 2,
    Reader.like: 8,
    Reader.list: 6,
    Reader.show: 8,
    Reader.neighbors: 5,
    Reader.why: 2,
    Reader.facets: 4,
    Reader.view: 12,
    Reader.embed: 6,
    Reader.export: 3,
    Reader.call: 8,
    Reader.known: 5,
    Reader.watch_over: 3,
    Reader.explore: 0.1,
    Reader.go_away: 1,
}
