"""Measures `akin topics` beside k-means, and `akin map` beside umap-learn, on the same vectors in one run.

    exploring.py AKIN LIBRARY PAPERS [--maps] [--sample N]

AKIN is the program, LIBRARY a library, and PAPERS the JSON Lines that it was made of. Vectors come from `akin export`.
Topics are compared by coherence (the mean NPMI over papers of the pairs of ten words that tell a cluster from the rest,
by one rule for both sides) and by their agreement with the papers' categories and venues (NMI, ARI). Maps are compared
by trustworthiness and continuity, each on the same sample. The report goes to standard output as Markdown.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import re
import subprocess
import tempfile
import time

import numpy
import sklearn
from sklearn.cluster import KMeans
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

STOPWORDS = set(
    "the of and to in a is for we that on with this as are by an be from it can which our have or at has been not but "
    "their these more than such its also using based show two both new used into between other they paper model models "
    "method methods approach propose proposed results result use however while most one first how some only when".split()
)
TERMS = 10


def timed(work):
    start = time.perf_counter()
    value = work()
    return value, time.perf_counter() - start


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def read_papers(path):
    papers = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            paper = json.loads(line)
            papers[paper["id"]] = paper
    return papers


def words(paper):
    text = f"{paper.get('title', '')} {paper.get('abstract', '')}".lower()
    return {word for word in re.findall(r"[a-z][a-z-]{2,}", text) if word not in STOPWORDS}


def top_terms(documents, labels):
    """Ten words for each cluster, by their share in it times the log of their odds ratio."""
    total = collections.Counter(word for document in documents for word in document)
    members = collections.defaultdict(list)
    for document, label in zip(documents, labels):
        members[label].append(document)
    terms = []
    for group in members.values():
        inside = collections.Counter(word for document in group for word in document)
        size, rest = len(group), len(documents) - len(group)

        def weight(word):
            here, there = inside[word], total[word] - inside[word]
            odds = (here + 0.5) / (size - here + 0.5)
            return here / size * math.log(odds * (rest - there + 0.5) / (there + 0.5))

        terms.append(sorted(inside, key=lambda word: (-weight(word), word))[:TERMS])
    return terms


def coherence(documents, topics):
    wanted = {word for terms in topics for word in terms}
    having = collections.defaultdict(set)
    for number, document in enumerate(documents):
        for word in document & wanted:
            having[word].add(number)
    count = len(documents)

    def npmi(first, second):
        both = len(having[first] & having[second])
        if both == 0:
            return -1.0
        share = both / count
        return math.log(share * count * count / len(having[first]) / len(having[second])) / -math.log(share)

    values = [
        numpy.mean([npmi(a, b) for place, a in enumerate(terms) for b in terms[place + 1 :]])
        for terms in topics
        if len(terms) > 1
    ]
    return float(numpy.mean(values))


def agreement(labels, truth):
    pairs = [(label, value) for label, value in zip(labels, truth) if value]
    if not pairs:
        return "–", "–", 0
    ours, theirs = zip(*pairs)
    return (
        f"{normalized_mutual_info_score(theirs, ours):.3f}",
        f"{adjusted_rand_score(theirs, ours):.3f}",
        len(pairs),
    )


def measure_topics(akin, library, papers, ids, vectors, folder):
    documents = [words(papers[id]) for id in ids]
    category = [(papers[id].get("categories") or [None])[0] for id in ids]
    venue = [papers[id].get("venue") for id in ids]
    print(f"## Topics of {len(ids):,} papers\n")
    print("| clusters by | number | largest | seconds | coherence | NMI categories | ARI categories | NMI venues |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in [None, 20, 50]:
        table = folder / "topics.csv"
        options = [] if count is None else ["--count", count]
        _, seconds = timed(lambda: run(akin, "topics", "--library", library, "--force", "-o", table, *options))
        with open(table, newline="", encoding="utf-8") as file:
            named = {row["id"]: row["topic"] for row in csv.DictReader(file)}
        ours = [named[id] for id in ids]
        found = len({name for name in ours if name})
        clusters = KMeans(n_clusters=found, n_init=1, random_state=0)
        theirs, their_seconds = timed(lambda: clusters.fit_predict(vectors))
        for name, labels, time_taken in [("akin topics", ours, seconds), ("k-means", theirs, their_seconds)]:
            value = coherence(documents, top_terms(documents, labels))
            (nmi, ari, _), (venue_nmi, _, _) = agreement(labels, category), agreement(labels, venue)
            largest = collections.Counter(labels).most_common(1)[0][1]
            print(
                f"| {name} | {found} | {largest:,} | {time_taken:.1f} | {value:.3f} | {nmi} | {ari} | {venue_nmi} |",
                flush=True,
            )
    print(f"\n{agreement(ours, category)[2]:,} papers have a category and {agreement(ours, venue)[2]:,} a venue.\n")


def measure_maps(akin, library, ids, vectors, folder, sample_size):
    import umap

    table = folder / "map.csv"
    _, seconds = timed(lambda: run(akin, "map", "--library", library, "--force", "-o", table))
    with open(table, newline="", encoding="utf-8") as file:
        places = {row["id"]: (float(row["x"]), float(row["y"])) for row in csv.DictReader(file)}
    ours = numpy.array([places[id] for id in ids])
    reducer = umap.UMAP(n_neighbors=15, min_dist=0.1, metric="cosine", random_state=0)
    theirs, their_seconds = timed(lambda: reducer.fit_transform(vectors))
    generator = numpy.random.default_rng(0)
    sample = generator.choice(len(ids), min(sample_size, len(ids)), replace=False)
    print(f"## Maps of {len(ids):,} papers, measured on {len(sample):,}\n")
    print("| map by | seconds | trustworthiness@15 | continuity@15 |")
    print("| --- | ---: | ---: | ---: |")
    random = generator.random((len(ids), 2))
    pca = vectors @ numpy.linalg.svd(vectors[sample], full_matrices=False)[2][:2].T
    rows = [("akin map", ours, seconds), (f"umap-learn {umap.__version__}", theirs, their_seconds)]
    for name, layout, time_taken in rows + [("two axes (SVD)", pca, 0), ("chance", random, 0)]:
        high, low = vectors[sample], layout[sample]
        trust = trustworthiness(high, low, n_neighbors=15, metric="cosine")
        # Continuity is trustworthiness with the two spaces exchanged; the rows have length 1.
        continuity = trustworthiness(low, high, n_neighbors=15)
        print(f"| {name} | {time_taken:.1f} | {trust:.4f} | {continuity:.4f} |", flush=True)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("akin")
    parser.add_argument("library")
    parser.add_argument("papers")
    parser.add_argument("--maps", action="store_true", help="measure maps as well")
    parser.add_argument("--sample", type=int, default=5_000, help="the papers that maps are measured on")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        file = folder / "vectors.npy"
        run(arguments.akin, "export", "--library", arguments.library, "--vectors", file)
        vectors = numpy.load(file)
        ids = file.with_suffix(".ids").read_text(encoding="utf-8").split("\n")[: len(vectors)]
        papers = read_papers(arguments.papers)
        known = [place for place, id in enumerate(ids) if id in papers]
        ids, vectors = [ids[place] for place in known], vectors[known]
        print(f"numpy {numpy.__version__}, scikit-learn {sklearn.__version__}; vectors {vectors.shape}\n")
        measure_topics(arguments.akin, arguments.library, papers, ids, vectors, folder)
        if arguments.maps:
            measure_maps(arguments.akin, arguments.library, ids, vectors, folder, arguments.sample)


if __name__ == "__main__":
    main()
