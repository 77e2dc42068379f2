// Step 1. A test collection: documents, queries, and judgments that say which document answers which query.
import LatentSemantics
import RetrievalEvaluation

let documents: [(id: DocumentID, text: String)] = [
    ("cache", "A cache of keys and values takes the memory of long contexts."),
    ("window", "Attention over a window reads a stream of any length."),
    ("memory", "Long contexts need a memory that grows with the text."),
    ("birds", "Migrating birds rest at lakes in the winter."),
    ("south", "Birds fly south before the winter."),
    ("garden", "Volunteers count birds in gardens every winter."),
]
let queries = [
    Query(id: "q1", text: "memory for long contexts"),
    Query(id: "q2", text: "where birds spend the winter"),
    Query(id: "q3", text: "reading a long stream"),
]
let qrels = Qrels([
    "q1": ["cache": 2, "memory": 2, "window": 1],
    "q2": ["south": 2, "birds": 2, "garden": 1],
    "q3": ["window": 2, "memory": 1],
])
