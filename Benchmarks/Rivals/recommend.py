"""Measures `akin recommend` beside arxiv-sanity-lite's recommendations in scikit-learn, in one run.

    recommend.py AKIN PAPERS LIBRARY [--chosen] [--tasks NAME…]

AKIN is the program, PAPERS a file in JSON Lines, and LIBRARY a library of it, which is made if it is not there. A task
is a venue or a category. Some of its papers are liked: 10, 50 or half of them, drawn with a fixed seed. The rest of
them are hidden among all other papers, and both systems rank these. `--chosen` takes the tasks that the constants of
Akin were chosen on in place of the others.

The rival is the way of arxiv-sanity-lite (compute.py and serve.py): TF-IDF of words and pairs of words, and a linear
support vector machine that divides the liked papers from all others. Akin leaves near copies of liked papers out and
folds near copies of recommended ones; both systems are judged on the papers that Akin lists. Seconds of Akin are those
of a process that prints ten papers with reasons; seconds of the rival are those of the fit and the scores alone, with
the papers in memory and analyzed.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time

import numpy
import sklearn
from sklearn import svm
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score, roc_auc_score

CHOSEN = (
    "venue:sigdial venue:wnut venue:eamt venue:blackboxnlp venue:bea venue:colt "
    "category:cs.SE category:cs.CR category:cs.SD"
).split()
OTHERS = (
    "venue:argmining venue:clpsych venue:vardial venue:inlg venue:wmt venue:uai "
    "category:cs.LO category:stat.ML category:cs.RO category:eess.AS category:cs.HC"
).split()
SIZES = [10, 50, None]
SEED = 1
TAG = "bench-liked"


def akin(program, library, *arguments):
    command = [program, *map(str, arguments), "--library", library]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def timed(work):
    start = time.perf_counter()
    value = work()
    return value, time.perf_counter() - start


def read_papers(path):
    with open(path, encoding="utf-8") as file:
        return {paper["id"]: paper for paper in map(json.loads, file)}


def members(task, ids, papers):
    kind, name = task.split(":")
    if kind == "venue":
        return [place for place, id in enumerate(ids) if papers[id].get("venue") == name]
    return [place for place, id in enumerate(ids) if name in papers[id].get("categories", [])]


def features(ids, papers):
    """The features of arxiv-sanity-lite's compute.py, without its limit on the papers that they are learned from."""
    vectorizer = TfidfVectorizer(
        strip_accents="unicode",
        stop_words="english",
        token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",
        ngram_range=(1, 2),
        max_features=20_000,
        sublinear_tf=True,
        min_df=5,
    )
    texts = [f"{papers[id].get('title', '')} {papers[id].get('abstract', '')}" for id in ids]
    return vectorizer.fit_transform(texts).astype(numpy.float32)


def rival_scores(matrix, liked):
    """The scores of arxiv-sanity-lite's serve.py."""
    labels = numpy.zeros(matrix.shape[0], dtype=numpy.float32)
    labels[liked] = 1
    classifier = svm.LinearSVC(class_weight="balanced", max_iter=10_000, tol=1e-6, C=0.01)
    classifier.fit(matrix, labels)
    return classifier.decision_function(matrix)


def measures(scores, hidden):
    """Precision at 10 and at 100, average precision and the area under the ROC curve."""
    order = numpy.argsort(-scores, kind="stable")
    return [
        hidden[order[:10]].mean(),
        hidden[order[:100]].mean(),
        average_precision_score(hidden, scores),
        roc_auc_score(hidden, scores),
    ]


def measure(program, library, ids, places, matrix, liked, hidden):
    for start in range(0, len(liked), 500):
        akin(program, library, "tag", TAG, "-q", *[ids[place] for place in liked[start : start + 500]])
    lines = akin(
        program, library, "recommend", "--from", f"tag:{TAG}", "--all", "--recency", 0, "--format", "{id}"
    ).splitlines()
    seconds = statistics.median(
        timed(lambda: akin(program, library, "recommend", "--from", f"tag:{TAG}", "--json"))[1] for _ in range(5)
    )
    for start in range(0, len(liked), 500):
        akin(program, library, "untag", TAG, "-q", *[ids[place] for place in liked[start : start + 500]])
    listed = numpy.array([places[id] for id in lines])
    is_hidden = numpy.zeros(len(ids), dtype=bool)
    is_hidden[hidden] = True
    scores, rival_seconds = timed(lambda: rival_scores(matrix, liked))
    ours = measures(-numpy.arange(len(listed), dtype=float), is_hidden[listed]) + [seconds]
    theirs = measures(scores[listed], is_hidden[listed]) + [rival_seconds]
    return ours, theirs


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def numbers(values):
    return [f"{value:.3f}" for value in values[:4]] + [f"{values[4]:.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("akin")
    parser.add_argument("papers")
    parser.add_argument("library")
    parser.add_argument("--chosen", action="store_true", help="the tasks that constants were chosen on")
    parser.add_argument("--tasks", nargs="+", help="other tasks, such as venue:acl category:cs.CL")
    arguments = parser.parse_args()
    program, library = arguments.akin, arguments.library
    if not pathlib.Path(library).exists():
        akin(program, library, "add", arguments.papers, "-q")
    papers = read_papers(arguments.papers)
    ids = [id for id in akin(program, library, "list", "--format", "{id}").splitlines() if id in papers]
    places = {id: place for place, id in enumerate(ids)}
    matrix, seconds = timed(lambda: features(ids, papers))
    print(f"{len(ids):,} papers; scikit-learn {sklearn.__version__}, {seconds:.0f} s for its features\n")
    row("task", "liked", "hidden", "by", "P@10", "P@100", "AP", "AUC", "seconds")
    row("---", "---:", "---:", "---", *["---:"] * 5)
    all_values = {}
    for task in arguments.tasks or (CHOSEN if arguments.chosen else OTHERS):
        papers_of_task = numpy.array(members(task, ids, papers))
        for size in SIZES:
            if size is not None and 2 * size > len(papers_of_task):
                continue
            order = numpy.random.default_rng(SEED).permutation(papers_of_task)
            count = size or len(order) // 2
            liked, hidden = numpy.sort(order[:count]), numpy.sort(order[count:])
            values = measure(program, library, ids, places, matrix, liked, hidden)
            for name, value in zip(["akin", "SVM"], values):
                row(task, len(liked), len(hidden), name, *numbers(value))
                all_values.setdefault((size or "half", name), []).append(value)
    print("\n| liked | tasks | by | P@10 | P@100 | AP | AUC | seconds |")
    row("---:", "---:", "---", *["---:"] * 5)
    for (size, name), values in all_values.items():
        row(size, len(values), name, *numbers(numpy.mean(values, axis=0)))


if __name__ == "__main__":
    main()
