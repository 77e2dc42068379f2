"""Compares the measures of `akin evaluate --run` with those of trec_eval, on random runs with ties.

It needs the package pytrec-eval-terrier, whose extension is trec_eval's own C code.

    python3 trec_measures.py ../../.build/release/akin [RUNS]

It prints the largest difference of any query's value, and ends with status 1 if one is above 1e-9.
"""

import json
import random
import subprocess
import sys
import tempfile

import pytrec_eval

# Our name of a measure, and trec_eval's.
MEASURES = {
    "ndcg@10": "ndcg_cut_10",
    "map": "map",
    "recall@100": "recall_100",
    "p@10": "P_10",
    "r-precision": "Rprec",
    "success@10": "success_10",
    "mrr": "recip_rank",
}


def random_collection(seed):
    """Judgments and a run whose scores are few and differ partly by less than single precision tells apart."""
    chance = random.Random(seed)
    documents = [f"{chance.choice(['D', 'd', 'é', ''])}{number}" for number in range(80)]
    qrels, run = {}, {}
    for number in range(30):
        query = f"q{number}"
        judged = chance.sample(documents, chance.randint(1, 30))
        qrels[query] = {document: chance.randint(0, 3) for document in judged}
        if number % 7 == 0:
            continue
        ranked = chance.sample(documents, chance.randint(1, 80))
        run[query] = {
            document: chance.randint(0, 5) + chance.choice([0, 1e-9, 1e-3]) for document in ranked
        }
    return qrels, run


def ours(akin, qrels, run):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/qrels", "w", encoding="utf-8") as file:
            for query, judged in qrels.items():
                for document, grade in judged.items():
                    file.write(f"{query} 0 {document} {grade}\n")
        with open(f"{folder}/run", "w", encoding="utf-8") as file:
            for query, ranked in run.items():
                for document, score in ranked.items():
                    file.write(f"{query} Q0 {document} 1 {score!r} tag\n")
        flags = [flag for measure in MEASURES for flag in ("--measure", measure)]
        command = [akin, "evaluate", f"{folder}/qrels", "--run", f"{folder}/run", "--json", "--per-query"]
        answer = subprocess.run(command + flags + ["--resamples", "0", "-q"], check=True, capture_output=True)
        return {entry["query"]: entry["results"][0] for entry in json.loads(answer.stdout)["queries"]}


def main():
    akin, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    worst = 0.0
    for seed in range(count):
        qrels, run = random_collection(seed)
        evaluator = pytrec_eval.RelevanceEvaluator(qrels, set(MEASURES.values()))
        theirs = evaluator.evaluate(run)
        values = ours(akin, qrels, run)
        for query in qrels:
            for measure, name in MEASURES.items():
                expected = theirs.get(query, {}).get(name, 0.0)
                difference = abs(values[query][measure] - expected)
                if difference > 1e-9:
                    print(f"seed {seed}, query {query}: {measure} is {values[query][measure]}, {name} is {expected}")
                worst = max(worst, difference)
    print(f"{count} runs, {len(MEASURES)} measures: the largest difference is {worst:.1e}")
    sys.exit(1 if worst > 1e-9 else 0)


if __name__ == "__main__":
    main()
