"""What writers change, over HTTP and by commands, and what must be seen of it at once."""

import json
import pathlib
import random
import subprocess
import time
import urllib.parse

from client import Broken, Client, Record
from shelf import Shelf, WritingGate, lines

# The places of an answer among which the title of a paper finds it.
PLACES = 10


def path_of(id: str) -> str:
    return "/api/v1/papers/" + urllib.parse.quote(id, safe="")


class Writer:
    """Adds, removes and edits papers, one change after another, and looks at what the next answers show."""

    def __init__(self, client: Client, record: Record, shelf: Shelf, gate: WritingGate, generator: random.Random, name):
        self.client, self.record, self.shelf, self.gate = client, record, shelf, gate
        self.random, self.name = generator, name
        self.number = 0

    def step(self):
        with self.gate:
            # The papers of the library stay about as many.
            adds = self.random.random() > self.shelf.present_share
            change = self.random.choices(
                [self.add if adds else self.remove, self.edit, self.note, self.watch], [6, 3, 2, 1]
            )
            change[0]()
        time.sleep(self.random.uniform(0, 0.4))

    # Adding and removing

    def add(self):
        papers = self.shelf.take(self.random, self.random.choice([1, 1, 1, 5, 20]), present=False)
        if not papers:
            return
        title, tag = papers[0]["title"], self.tag_before(papers[0])
        told = self.added(papers)
        if told["added"] != len(papers) or told["skipped"] or told["failed"]:
            raise Broken(f"{len(papers)} papers that were not there were added as {json.dumps(told)[:500]}")
        self.shelf.were_added(papers)
        for paper in papers[:3]:
            self.expect_found(paper)
        # What a client keeps is out of date now.
        again = self.client.ask(
            "search by title", "/api/v1/search", headers={"If-None-Match": tag}, allowed=(200, 304), **by_title(title)
        )
        if again.status == 304:
            raise Broken(f"After {papers[0]['id']} was added, the tag {tag} of an earlier answer still held.")
        self.record.held("a tag changes with the library")

    def tag_before(self, paper: dict) -> str:
        return self.client.ask("search by title", "/api/v1/search", **by_title(paper["title"])).tag

    def added(self, papers: list[dict]) -> dict:
        return self.client.ask("add", "/api/v1/papers", lines(papers), name="papers.jsonl").json

    def expect_found(self, paper: dict):
        answer = self.client.ask("search by title", "/api/v1/search", **by_title(paper["title"]))
        if paper["id"] not in [result["id"] for result in answer.json["results"]]:
            raise Broken(
                f"{paper['id']} was added, and the next search for its title '{paper['title']}' does not find it."
            )
        self.record.held("an added paper is found by the next search")

    def remove(self):
        papers = self.shelf.take(self.random, self.removals(), present=True)
        if not papers:
            return
        self.removed(papers)
        self.shelf.were_removed(papers)
        for paper in papers[:3]:
            self.client.ask("absent paper", path_of(paper["id"]), allowed=(404,))
            answer = self.client.ask("search by title", "/api/v1/search", **by_title(paper["title"]))
            if paper["id"] in [result["id"] for result in answer.json["results"]]:
                raise Broken(f"{paper['id']} was removed, and the next search for its title still shows it.")
            self.record.held("a removed paper is not shown")

    def removals(self) -> int:
        return 1

    def removed(self, papers: list[dict]):
        told = self.client.ask("remove", path_of(papers[0]["id"]), method="DELETE").json
        if told["removed"] != [papers[0]["id"]]:
            raise Broken(f"Of {papers[0]['id']}, {told['removed']} was removed.")

    # What people note

    def edit(self):
        """Tags some papers, lists them by the tag, and takes it off again."""
        tag = f"soak {self.name}"
        ids = sorted(paper["id"] for paper in self.random.sample(self.shelf.staying, 3))
        for key, count in [("addTags", len(ids)), ("removeTags", 0)]:
            self.edited(ids, key, tag)
            listed = self.client.ask("papers of a tag", "/api/v1/papers", tag=tag).json
            found = sorted(paper["id"] for paper in listed["papers"])
            if found != (ids if count else []) or listed["total"] != count:
                raise Broken(f"After {key} of '{tag}' for {ids}, the papers of the tag are {found}.")
            self.record.held("a tag holds from the next answer on")

    def edited(self, ids: list[str], key: str, tag: str):
        draw = self.random.random()
        if draw < 0.5:
            self.client.ask("edit", "/api/v1/edits", {"ids": ids, key: [tag]})
        elif draw < 0.7:
            for id in ids:
                self.client.ask("edit", path_of(id), {key: [tag]}, method="PATCH")
        elif draw < 0.85:
            path = "/do/tag" if key == "addTags" else "/do/untag"
            form = urllib.parse.urlencode([("id", id) for id in ids] + [("name", tag), ("back", "/")]).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            self.client.ask("form", path, form, headers=headers, allowed=(303,))
        else:
            arguments = {"papers": ids, "tag": tag, "remove": key == "removeTags"}
            message = {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "tools/call",
                "params": {"name": "tag", "arguments": arguments},
            }
            answer = self.client.ask("mcp", "/mcp", message, headers={"Accept": "application/json, text/event-stream"})
            if answer.json.get("result", {}).get("isError", True):
                raise Broken(f"An agent could not tag papers: {answer.text[:300]}")

    def note(self):
        id = self.random.choice(self.shelf.staying)["id"]
        self.number += 1
        text = f"Note {self.number} of {self.name}."
        for key, is_there in [("addNotes", True), ("removeNotes", False)]:
            self.client.ask("edit", path_of(id), {key: [text]}, method="PATCH")
            notes = self.client.ask("paper", path_of(id)).json.get("notes", [])
            if (text in notes) != is_there:
                raise Broken(f"After {key} '{text}' for {id}, its notes are {notes}.")
            self.record.held("a note is there from the next answer on")

    def watch(self):
        name = f"soak {self.name}"
        body = {"name": name, "query": "memory", "like": [self.random.choice(self.shelf.staying)["id"]]}
        self.client.ask("watch", "/api/v1/watches", body)
        self.client.ask("others", "/api/v1/feed", question=name)
        self.client.ask("watch", "/api/v1/watches/" + urllib.parse.quote(name), method="DELETE")


class Commander(Writer):
    """Does the same by commands, whose changes a running server has to see."""

    def __init__(self, program: str, library: str, folder: pathlib.Path, *arguments):
        super().__init__(*arguments)
        self.program, self.library = program, library
        self.file = folder / "added.jsonl"

    def step(self):
        super().step()
        time.sleep(self.random.uniform(0, 2))

    def added(self, papers):
        self.file.write_bytes(lines(papers))
        return self.run("akin add", "add", self.file)

    def removed(self, papers):
        told = self.run("akin remove", "remove", "--yes", *[paper["id"] for paper in papers])
        if sorted(told["removed"]) != sorted(paper["id"] for paper in papers):
            raise Broken(f"akin remove removed {told['removed']}.")

    def removals(self):
        return self.random.randint(1, 20)

    def edited(self, ids, key, tag):
        self.run("akin tag", "tag" if key == "addTags" else "untag", tag, *ids)

    def run(self, kind: str, *arguments) -> dict:
        start = time.monotonic()
        told = report(self.program, *arguments, "--library", self.library, "--wait=60")
        self.record.took(kind, time.monotonic() - start)
        return told


def run(program: str, *arguments, allowed=(0,)) -> str:
    """Runs a command, and returns what it prints."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise Broken(f"akin {' '.join(map(str, arguments))[:200]} ended with {done.returncode}: {done.stderr[:500]}")
    return done.stdout


def report(program: str, *arguments) -> dict:
    """What a command reports as JSON. A search that finds nothing close ends with 1."""
    return json.loads(run(program, *arguments, "--json", allowed=(0, 1)))


def by_title(title: str) -> dict:
    return {"q": title, "literal": "true", "fold": "false", "snippets": "false", "limit": PLACES}


class Comparer:
    """Keeps writers out for a moment and compares the server's answers with those of commands."""

    # The seconds between two comparisons.
    PAUSE = 5

    def __init__(
        self, program: str, library: str, client: Client, record: Record, gate: WritingGate, wording, shelf, generator
    ):
        self.program, self.library, self.client, self.record = program, library, client, record
        self.gate, self.wording, self.shelf, self.random = gate, wording, shelf, generator

    def step(self):
        self.gate.close()
        try:
            for _ in range(3):
                self.compare()
        finally:
            self.gate.open()
        time.sleep(self.PAUSE)

    def compare(self):
        if self.random.random() < 0.7:
            question = self.wording.question(self.random)
            if self.random.random() < 0.5 and self.wording.phrases:
                question += f' "{self.random.choice(self.wording.phrases)[0]}"'
            name, words, parameters = "search", [question], {"q": question}
        else:
            papers = [paper["id"] for paper in self.random.sample(self.shelf.staying, self.random.randint(1, 2))]
            name, words, parameters = "like", papers, {"paper": papers}
        theirs = self.client.ask(f"compared {name}", f"/api/v1/{name}", limit=10, **parameters).json
        ours = report(self.program, name, *words, "-k", 10, "--library", self.library)
        served = self.client.ask("info", "/api/v1/info").json["generation"]
        read = report(self.program, "info", "--library", self.library)["generation"]
        if served != read:
            raise Broken(f"The server answers from generation {served}, and the library is at {read}.")
        # The time that it took, and where the next page begins, which the command does not say.
        for key in ["milliseconds", "nextCursor"]:
            theirs.pop(key, None)
            ours.pop(key, None)
        if theirs != ours:
            parts = [key for key in sorted(theirs.keys() | ours.keys()) if theirs.get(key) != ours.get(key)]
            raise Broken(
                f"The server answers {name} {words} otherwise than the command, in {parts}: "
                f"{json.dumps({key: theirs.get(key) for key in parts})[:600]} and "
                f"{json.dumps({key: ours.get(key) for key in parts})[:600]}"
            )
        self.record.held("the server answers as the command does")
