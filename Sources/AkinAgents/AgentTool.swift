/// What an agent can do with a library.
///
/// The description of a tool is what an agent chooses by, so that it says when to use it and when another one.
enum AgentTool: String, CaseIterable {
    case search, like, show, why, topics
    case addNote = "add_note"
    case tag

    /// Whether the tool changes the library.
    var writes: Bool { self == .addNote || self == .tag }

    private var title: String {
        switch self {
        case .search: "Search papers"
        case .like: "Papers like others"
        case .show: "Show papers"
        case .why: "Why two papers are alike"
        case .topics: "Topics of the library"
        case .addNote: "Add a note to a paper"
        case .tag: "Tag papers"
        }
    }

    private var description: String {
        switch self {
        case .search:
            """
            Find papers of the person's own library by a question in plain words or a few words. Start here. Words \
            rank papers by meaning and wording; signs add conditions: "exact words", +must, -not, OR, title:x, \
            author:x, venue:x, year:2020..2023, tag:x, in:collection, is:unread, added:7d. Each result has an id that \
            the other tools take, and σ: how far the paper lies above chance; below 4 it may be no match.
            """
        case .like:
            """
            Find papers like one or several that you know, and unlike others. Use it once search has given good \
            examples: it finds what other words would miss.
            """
        case .show:
            "Show all that is known of papers: the abstract, links, tags and the person's notes. Takes ids or titles."
        case .why: "Say in words and percent what makes two papers alike."
        case .topics:
            "List the subjects of the library with their sizes and growth. Use it to learn what the library holds."
        case .addNote: "Add a note to a paper, in the person's name. Use it only if the person asks for it."
        case .tag: "Give papers a tag, or take it away. Use it only if the person asks for it."
        }
    }

    /// The arguments, and which of them are required.
    private var schema: (properties: [String: JSONValue], required: [String]) {
        let limit: JSONValue = [
            "type": "integer", "minimum": 1, "maximum": 50, "default": 10, "description": "The papers to give.",
        ]
        let cursor: JSONValue = ["type": "string", "description": "From the answer before, for the papers behind it."]
        let budget: JSONValue = [
            "type": "integer", "minimum": .integer(BudgetedText.limits.lowerBound),
            "maximum": .integer(BudgetedText.limits.upperBound), "default": .integer(BudgetedText.usualLimit),
            "description": "The most characters of the answer.",
        ]
        let rerank: JSONValue = [
            "type": "boolean", "default": false,
            "description":
                "Let the library's sentence encoder order the first papers anew, if it has one.",
        ]
        func text(_ description: JSONValue) -> JSONValue { ["type": "string", "description": description] }
        func texts(_ description: JSONValue) -> JSONValue {
            ["type": "array", "items": ["type": "string"], "description": description]
        }
        return switch self {
        case .search:
            (
                [
                    "query": text("The question."), "limit": limit, "cursor": cursor, "max_characters": budget,
                    "rerank": rerank,
                    "explain": ["type": "boolean", "default": false, "description": "Say why each paper is there."],
                ], ["query"]
            )
        case .like:
            (
                [
                    "papers": texts("Ids or titles of papers to be near."),
                    "unlike": texts("Papers to stay away from."),
                    "words": text("Words to be near, besides the papers."),
                    "conditions": text("Conditions of the query language: year:2023.. -survey."), "limit": limit,
                    "cursor": cursor, "max_characters": budget, "rerank": rerank,
                ], []
            )
        case .show: (["papers": texts("Ids or titles."), "max_characters": budget], ["papers"])
        case .why: (["first": text("An id or a title."), "second": text("Another.")], ["first", "second"])
        case .topics:
            (
                [
                    "count": [
                        "type": "integer", "minimum": 1, "maximum": 200,
                        "description": "The number of topics. Default: what the papers make of it.",
                    ], "max_characters": budget,
                ], []
            )
        case .addNote: (["paper": text("An id or a title."), "text": text("The note.")], ["paper", "text"])
        case .tag:
            (
                [
                    "papers": texts("Ids or titles."), "tag": text("The tag."),
                    "remove": ["type": "boolean", "default": false, "description": "Take the tag away."],
                ], ["papers", "tag"]
            )
        }
    }

    /// The names of the arguments.
    var argumentNames: [String] { schema.properties.keys.sorted() }

    /// The tool as `tools/list` tells it.
    var definition: JSONValue {
        let schema = schema
        return [
            "name": .string(rawValue), "title": .string(title), "description": .string(description),
            "inputSchema": [
                "type": "object", "properties": .object(schema.properties),
                "required": .array(schema.required.map(JSONValue.string)), "additionalProperties": false,
            ],
            "annotations": [
                "title": .string(title), "readOnlyHint": .bool(!writes), "destructiveHint": false,
                "idempotentHint": .bool(self != .addNote), "openWorldHint": false,
            ],
        ]
    }
}
