extension Paper {
    /// A text of a paper besides its title and its abstract, by name: the body of a note, the steps of a recipe.
    ///
    ///     let ticket = Paper(
    ///         id: "ticket-17", title: "Login fails on Fridays", abstract: "",
    ///         fields: [
    ///             Paper.Field("component", "single sign-on", weight: .heading),
    ///             Paper.Field("steps", "Open the page, and give the password of the day before."),
    ///         ])
    ///
    /// All fields are indexed and ranked with the title and the abstract.
    public struct Field: Hashable, Sendable, Codable {
        /// How much the words of a field count in rankings, beside those of other fields.
        public enum Weight: String, Hashable, Sendable, Codable, CaseIterable {
            /// As much as the words of an abstract.
            case text
            /// Twice as much as the words of an abstract.
            case heading
            /// As much as the words of a title: three times as much as those of an abstract.
            case title
        }

        /// The name of the field, in one line.
        public let name: String

        /// The text, with its lines.
        public let text: String

        /// How much its words count.
        public let weight: Weight

        /// Creates a field and tidies its name.
        ///
        /// - Parameters:
        ///   - name: The name of the field, which may be empty.
        ///   - text: The text. A paper leaves out fields whose text is blank.
        ///   - weight: How much its words count.
        public init(_ name: String, _ text: String, weight: Weight = .text) {
            (self.name, self.text, self.weight) = (tidied(name), text, weight)
        }

        private enum CodingKeys: String, CodingKey { case name, text, weight }

        /// Decodes an object with the keys `name`, `text` and `weight`. Without a weight, it is ``Weight/text``.
        ///
        /// - Throws: `DecodingError` if a text is missing or a value has another type.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                try container.decodeIfPresent(String.self, forKey: .name) ?? "",
                try container.decode(String.self, forKey: .text),
                weight: try container.decodeIfPresent(Weight.self, forKey: .weight) ?? .text)
        }
    }

    /// All that is searched of the paper, a text a line: the title, the abstract and the fields.
    public var text: String {
        ([title, abstract] + fields.map(\.text)).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Creates something that is no paper from its texts: a note, a ticket, a recipe.
    ///
    /// The field named `title` is the title, and the one named `abstract` the abstract, whatever their weights. The
    /// others are the paper's ``fields``.
    ///
    /// - Parameters:
    ///   - id: The id that leads to it.
    ///   - fields: The texts, each with its name and weight.
    ///   - attributes: What searches can filter by, and whatever else is to be kept, by name.
    public init(id: String, fields: [Field], attributes: [String: [String]] = [:]) {
        func text(_ name: String) -> String { fields.first { $0.name == name }?.text ?? "" }
        let places = ["title", "abstract"].compactMap { name in fields.firstIndex { $0.name == name } }
        self.init(
            id: id, title: text("title"), abstract: text("abstract"),
            fields: fields.indices.filter { !places.contains($0) }.map { fields[$0] }, attributes: attributes)
    }
}
