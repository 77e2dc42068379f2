import PaperStore
import Papers
import Ranking

/// What the text of a question means.
enum QuestionMeaning {
    /// A text to search for, and the papers that it names by their id or title.
    case text(String, named: [PaperKey])
    /// An id that the library does not have.
    case absentID(String)
}

extension AkinError {
    /// The error about an id that the library does not have.
    init(noPaperWithID id: String) {
        self.init(.paperNotFound, "The library has no paper with the id '\(tidied(id))'.", remedy: .addPapers)
    }
}

extension PaperStore.Reader {
    /// The key of a paper that has to be there. Its id may be written in another way than the stored one.
    ///
    /// - Throws: `AkinError` with code `paperNotFound`.
    func requiredKey(forID id: String) throws -> PaperKey {
        guard let key = try keys(identifiedBy: id).first else { throw AkinError(noPaperWithID: id) }
        return key
    }

    /// What the text of a question means.
    func meaning(of text: String) throws -> QuestionMeaning {
        if mayBeID(text) {
            let keys = try keys(identifiedBy: text)
            if let first = keys.first {
                let paper = try papers(forKeys: [first])[0]
                return .text(paper.title.isEmpty ? paper.abstract : paper.title, named: keys)
            }
        }
        let titled = try keys(titled: text)
        if titled.isEmpty, PaperIdentifier(text) != nil { return .absentID(text) }
        if titled.isEmpty, let asked = try meaningOfWords(in: text) { return asked }
        return .text(text, named: titled)
    }

    /// What a text means that has ids of papers among its words: `see arXiv:2506.11555`. The papers are named, and the
    /// other words are the question. `nil` if it has none.
    ///
    /// At most ``namedPaperLimit`` ids are looked up, because an id that is written otherwise than stored takes a scan.
    private func meaningOfWords(in text: String) throws -> QuestionMeaning? {
        var named: [PaperKey] = []
        var others: [Substring] = []
        var lookedUp = 0
        for word in text.split(separator: " ") {
            let isID =
                lookedUp < Self.namedPaperLimit && word.contains(where: \.isNumber)
                && PaperIdentifier(String(word)) != nil
            lookedUp += isID ? 1 : 0
            let found = isID ? try keys(identifiedBy: String(word)) : []
            if found.isEmpty { others.append(word) } else { named += found }
        }
        return named.isEmpty ? nil : .text(others.joined(separator: " "), named: named)
    }

    /// The most ids among the words of a question that are looked up. Questions of people have one or two.
    private static var namedPaperLimit: Int { 32 }

    /// Whether a question may be an id: it is a known identifier, or one word with a digit and something else in it. A
    /// number and a plain word are questions, even if the library has a paper with this id.
    private func mayBeID(_ text: String) -> Bool {
        if PaperIdentifier(text) != nil { return true }
        let word = tidied(text)
        return !word.contains(" ") && word.contains(where: \.isNumber) && !word.allSatisfy(\.isNumber)
    }

    /// Ranked papers by their ids; ties go to the smaller id.
    func rankedIDs(_ ranked: [RankedUnit]) throws -> [RankedID] {
        try zip(ranked, ids(forKeys: ranked.map(\.unit.paper)))
            .map { RankedID(id: $1, score: $0.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }
}
