/// Beginnings of conversations that a person chooses.
enum AgentPrompt: String, CaseIterable {
    case literatureSearch = "literature_search"
    case relatedWork = "related_work"
    case readingList = "reading_list"

    private var title: String {
        switch self {
        case .literatureSearch: "Search the literature on a question"
        case .relatedWork: "Draft related work"
        case .readingList: "What should I read next?"
        }
    }

    /// The argument that the prompt takes.
    private var argument: (name: String, description: String) {
        switch self {
        case .literatureSearch: ("question", "What you want to know.")
        case .relatedWork: ("abstract", "The abstract of your paper.")
        case .readingList: ("subject", "What you read about.")
        }
    }

    /// The prompt as `prompts/list` tells it.
    var definition: JSONValue {
        [
            "name": .string(rawValue), "title": .string(title), "description": .string(title),
            "arguments": [
                ["name": .string(argument.name), "description": .string(argument.description), "required": true]
            ],
        ]
    }

    /// The messages of the prompt.
    ///
    /// - Throws: ``AgentMistake`` if the argument is missing.
    func messages(_ arguments: JSONValue?) throws(AgentMistake) -> JSONValue {
        let value = try AgentArguments(arguments, known: [argument.name]).text(argument.name)
        let text =
            switch self {
            case .literatureSearch:
                """
                Search my own papers for an answer to this question: \(value)

                Search with two or three different wordings, then use like on the best papers. Read the abstracts \
                with show before you rely on a paper. Answer in a few paragraphs; cite each paper by title and id; \
                say what the papers do not answer. A paper below 4 σ may be no match.
                """
            case .relatedWork:
                """
                This is the abstract of my paper:

                \(value)

                Find the papers of my library that it should cite: search its main ideas one by one, use like on what \
                you find, and group the papers. Draft a section on related work that says for each group how my paper \
                differs. Cite by title and id, and only papers that you have seen with show.
                """
            case .readingList:
                """
                Propose what I should read next about \(value): five to ten papers of my library in a good order, an \
                overview first. Leave out what has the tag 'read'. Say in one sentence why each is there.
                """
            }
        return [
            "description": .string(title),
            "messages": [["role": "user", "content": ["type": "text", "text": .string(text)]]],
        ]
    }
}
