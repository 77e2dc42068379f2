"""One rival of SemanticsBenchmark in a process of its own. It reads a command a line and answers with a line, both JSON.

    semantics_worker.py SYSTEM        SYSTEM is one of semantics_systems.SYSTEMS, or scipy, which can but verify

    {"command": "text" | "decompose" | "index" | "embed" | "query", and what the command needs}
    → {"rows": [{"stage": …, "system": …, "version": …, "seconds": …, "cpuSeconds": …, "peakBytes": …, …}]}

The seconds of a query are the median over the queries, each the median of its passes. A command that cannot be carried out
is answered by {"error": "what happened"}.
"""

import json
import os
import sys

# What the libraries print must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import semantics_systems


def main():
    system = semantics_systems.SYSTEMS[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"rows": getattr(system, request["command"])(request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
