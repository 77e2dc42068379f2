"""A client of `akin serve` without any dependency.

    python3 akin_client.py "running big models with limited memory"
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request


class AkinError(Exception):
    """What the server said was wrong."""


class Akin:
    def __init__(self, address="http://127.0.0.1:8017", token=None):
        self.address = address.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, body=None, **parameters):
        """Sends a request and returns the object of the answer. Parameters may be lists."""
        query = urllib.parse.urlencode(parameters, doseq=True)
        request = urllib.request.Request(f"{self.address}{path}?{query}", method=method, headers=dict(self.headers))
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AkinError(json.load(error)["detail"]) from None

    def search(self, question, **parameters):
        return self.ask("GET", "/api/v1/search", q=question, **parameters)["results"]

    def like(self, *papers, **parameters):
        return self.ask("GET", "/api/v1/like", paper=papers, **parameters)["results"]

    def paper(self, name):
        return self.ask("GET", "/api/v1/papers/" + urllib.parse.quote(name, safe=""))

    def tag(self, ids, *tags):
        return self.ask("POST", "/api/v1/edits", {"ids": list(ids), "addTags": list(tags)})["changed"]


if __name__ == "__main__":
    for result in Akin().search(" ".join(sys.argv[1:]), limit=5):
        print(f"{result['rank']}. {result['title']}")
