"""The rival from Python's standard library: SQLite's full text search (FTS5), fed and asked as Akin is.

    fts5.py index PAPERS.jsonl DATABASE      reads the file and fills a new database
    fts5.py add PAPERS.jsonl DATABASE        adds one paper to it
    fts5.py query DATABASE WORD...           prints the titles of the best ten papers
"""

import json
import sqlite3
import sys


def papers(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield record["id"], record.get("title") or "", record.get("abstract") or ""


def insert(database, path):
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS papers USING fts5(id UNINDEXED, title, abstract, tokenize='porter')"
    )
    connection.executemany("INSERT INTO papers VALUES (?, ?, ?)", papers(path))
    connection.commit()


def connect(database):
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def titles(connection, words):
    match = " OR ".join('"%s"' % word.replace('"', "") for word in words)
    sql = "SELECT title FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 10"
    return [title for (title,) in connection.execute(sql, (match,))]


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command in ("index", "add"):
        insert(rest[1], rest[0])
    else:
        print("\n".join(titles(connect(rest[0]), rest[1:])))
