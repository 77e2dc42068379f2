"""What the library holds, as far as the writers were told."""

import collections
import json
import random
import re
import threading


class Shelf:
    """The papers of the library: most stay, and some are removed and added again.

    A paper is added and removed by one writer at a time. `removed` is never changed but replaced, so that whoever asks
    keeps the one of that moment; its values tell one removal of a paper from the next.
    """

    def __init__(self, papers: list[dict]):
        self.staying = papers
        self.removed: dict[str, int] = {}
        self._lock = threading.Lock()
        self._removals = 0
        self.move([])

    def move(self, papers: list[dict]):
        """Chooses the papers that are removed and added again; all are there now."""
        self.moving = {paper["id"]: paper for paper in papers}
        self.staying = [paper for paper in self.staying if paper["id"] not in self.moving]
        self.staying_ids = {paper["id"] for paper in self.staying}
        self._present = dict.fromkeys(self.moving)
        self._absent: dict[str, None] = {}

    def take(self, generator: random.Random, count: int, present: bool) -> list[dict]:
        """Takes papers that are there, or that are not, out of the hands of other writers."""
        with self._lock:
            among = self._present if present else self._absent
            chosen = generator.sample(sorted(among), min(count, len(among)))
            for id in chosen:
                del among[id]
            if not present:
                # Whoever asks from now on may see them.
                self.removed = {id: number for id, number in self.removed.items() if id not in chosen}
            return [self.moving[id] for id in chosen]

    def were_added(self, papers: list[dict]):
        with self._lock:
            self._present.update((paper["id"], None) for paper in papers)

    def were_removed(self, papers: list[dict]) -> dict:
        """Notes that the library acknowledged a removal. Returns all papers that are removed now."""
        with self._lock:
            self._removals += 1
            self.removed = self.removed | {paper["id"]: self._removals for paper in papers}
            self._absent.update((paper["id"], None) for paper in papers)
            return self.removed

    @property
    def present_share(self) -> float:
        with self._lock:
            return len(self._present) / max(1, len(self.moving))

    def certain(self) -> tuple[set, set]:
        """The ids that are there and those that are not; a change without an answer leaves its papers out of both."""
        with self._lock:
            return self.staying_ids | set(self._present), set(self._absent)

    def ghosts(self, ids, removed: dict) -> list[str]:
        """The papers among some that were removed before an answer was asked for, and are so still."""
        now = self.removed
        return [id for id in ids if id in removed and now.get(id) == removed[id]]


class Wording:
    """Words, phrases and values of the papers, to make questions of."""

    def __init__(self, papers: list[dict]):
        counts = collections.Counter()
        self.phrases = []
        for paper in papers:
            counts.update(set(re.findall(r"[a-z]{4,}", text(paper).lower())))
            words = re.findall(r"(?<![^ ])[A-Za-z]{3,}(?: [A-Za-z]{3,}){3,}(?![^ ])", paper["title"])
            self.phrases += [(phrase, paper["id"]) for phrase in words]
        self.words = sorted(word for word, count in counts.items() if count > 1) or sorted(counts)
        self.venues = sorted({paper["venue"] for paper in papers if paper.get("venue")})
        self.categories = sorted({name for paper in papers for name in paper.get("categories") or []})
        self.authors = sorted({name for paper in papers for name in paper.get("authors") or []})
        self.years = sorted({paper["year"] for paper in papers if paper.get("year")})

    def question(self, generator: random.Random) -> str:
        return " ".join(generator.sample(self.words, min(generator.randint(1, 5), len(self.words))))


def text(paper: dict) -> str:
    return f"{paper['title']} {paper.get('abstract') or ''}"


def lines(papers: list[dict]) -> bytes:
    """Papers as JSON Lines."""
    return "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in papers).encode()


class WritingGate:
    """Lets many write, or one compare while nobody writes."""

    def __init__(self):
        self._condition = threading.Condition()
        self._writers = 0
        self._is_closed = False

    def __enter__(self):
        with self._condition:
            self._condition.wait_for(lambda: not self._is_closed)
            self._writers += 1

    def __exit__(self, *_):
        with self._condition:
            self._writers -= 1
            self._condition.notify_all()

    def close(self):
        """Keeps writers out, and waits for those inside."""
        with self._condition:
            self._is_closed = True
            self._condition.wait_for(lambda: self._writers == 0)

    def open(self):
        with self._condition:
            self._is_closed = False
            self._condition.notify_all()
