/// A part of a document's text, such as its title, and how much its words count.
public struct TextField: Hashable, Sendable {
    /// The text.
    public var text: String

    /// How often each occurrence of a word counts, at least 0. Default 1.
    public var weight: Int

    /// The language of the text. If `nil`, which is the default, it is told from the text.
    public var language: Language?

    /// Creates a field.
    ///
    /// - Precondition: The weight is not negative.
    public init(_ text: String, weight: Int = 1, language: Language? = nil) {
        precondition(weight >= 0, "A field has a weight of 0 or more, not \(weight)")
        self.text = text
        self.weight = weight
        self.language = language
    }
}

/// A document's text, analyzed once: its terms, where each stands, and how often each counts.
///
/// ```swift
/// let paper = analyzer.analyze([TextField("Streaming attention", weight: 3), TextField("Attention that streams …")])
/// paper.frequencies["stream"]     // 4
/// paper.writtenForm(of: "stream")  // "Streaming"
/// ```
///
/// Everything that needs a paper's terms takes this value, so that no text is analyzed twice.
public struct AnalyzedText: Sendable {
    /// A field and its terms.
    public struct Field: Sendable {
        /// The field.
        public let field: TextField

        /// The language of its text, as given or told.
        public let language: Language

        /// The terms of its text, in the order of their positions.
        public let terms: [Term]
    }

    /// The fields, in the order in which they were given.
    public let fields: [Field]

    /// How often each term counts: its occurrences in each field times the weight of the field.
    public let frequencies: [String: Int]

    init(_ fields: [Field]) {
        self.fields = fields
        var frequencies: [String: Int] = [:]
        for field in fields where field.field.weight > 0 {
            for term in field.terms { frequencies[term.text, default: 0] += field.field.weight }
        }
        self.frequencies = frequencies
    }

    /// The word that the text writes for a term; the term itself if the text does not have it.
    ///
    /// Several words may have become one term. The one that the text writes most often stands for all, and among equals
    /// the one in small letters.
    ///
    /// - Complexity: O(*n*) for *n* terms of the text. Whoever asks for many terms takes ``writtenForms()``.
    public func writtenForm(of term: String) -> String {
        var counts: [String: Int] = [:]
        for field in fields {
            for occurrence in field.terms where occurrence.text == term {
                counts[field.word(in: occurrence.range), default: 0] += 1
            }
        }
        return Self.mostFrequent(counts) ?? term
    }

    /// The word that the text writes for each of its terms; see ``writtenForm(of:)``.
    ///
    /// - Complexity: O(*n*) for *n* terms of the text.
    public func writtenForms() -> [String: String] {
        var counts: [String: [String: Int]] = [:]
        for field in fields {
            for occurrence in field.terms {
                counts[occurrence.text, default: [:]][field.word(in: occurrence.range), default: 0] += 1
            }
        }
        return counts.compactMapValues(Self.mostFrequent)
    }

    /// The most frequent word; capitals stand before small letters in the order of bytes.
    private static func mostFrequent(_ counts: [String: Int]) -> String? {
        counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }

    /// One value for several texts, in their order.
    public static func joined(_ texts: [AnalyzedText]) -> AnalyzedText { AnalyzedText(texts.flatMap(\.fields)) }
}

extension AnalyzedText.Field {
    /// The word in a range of the text's UTF-8, on one line.
    fileprivate func word(in range: Range<Int>) -> String {
        let bytes = field.text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let word = bytes[start..<bytes.index(start, offsetBy: range.count)]
        return String(decoding: word, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The pairs of terms that follow each other with no stop word between them. The parts of a compound are neighbors
    /// of each other and of the compound.
    public var neighbors: [(first: Term, second: Term)] {
        zip(terms, terms.dropFirst()).filter { first, second in
            (first.position...first.position + 1).contains(second.position)
        }
        .map { ($0, $1) }
    }
}

extension Analyzer {
    /// Analyzes the fields of one document.
    ///
    /// - Complexity: O(*n*) for *n* bytes of text.
    public func analyze(_ fields: [TextField]) -> AnalyzedText { analyze(fields, keepingStopwords: false) }

    /// Analyzes one text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - keepingStopwords: Whether stop words become terms too.
    /// - Returns: The text with its terms.
    /// - Complexity: O(*n*) for *n* bytes of text.
    public func analyze(_ text: String, keepingStopwords: Bool = false) -> AnalyzedText {
        analyze([TextField(text)], keepingStopwords: keepingStopwords)
    }

    func analyze(_ fields: [TextField], keepingStopwords: Bool) -> AnalyzedText {
        AnalyzedText(
            zip(fields, languages(of: fields)).map { field, language in
                AnalyzedText.Field(
                    field: field, language: language,
                    terms: terms(of: field.text, language: language, keepingStopwords: keepingStopwords))
            })
    }
}
