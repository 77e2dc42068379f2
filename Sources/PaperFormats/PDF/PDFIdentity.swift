import Papers

/// Finds the identifier and the date of a paper on its first page.
struct PDFIdentity {
    private let page: PDFPage?

    init(_ document: PDFDocument) {
        page = document.pages.first
    }

    func add(to draft: inout PaperDraft) {
        addStamp(to: &draft)
        addDOI(to: &draft)
        if draft.year == nil { draft.year = yearOfNotice }
    }

    /// The stamp of arXiv: `arXiv:2105.01234v2 [cs.CL] 5 May 2021`, upwards at the left margin, or else at the
    /// beginning of a line in the header or the footer. Footnotes cite other papers behind words.
    private func addStamp(to draft: inout PaperDraft) {
        let lines = page?.lines ?? []
        for line in lines.filter(\.isVertical) + lines.filter({ !$0.isVertical }) {
            let words = line.text.split(separator: " ").map(String.init)
            guard let place = words.firstIndex(where: { $0.lowercased().hasPrefix("arxiv:") }) else { continue }
            let isStamp = words[place...].dropFirst().first?.hasPrefix("[") == true
            guard line.isVertical || place == 0 && (isStamp || isAtEdge(line)), draft.identify(words[place]) else {
                continue
            }
            let rest = words[place...].dropFirst()
            if let subject = rest.first, subject.hasPrefix("["), subject.hasSuffix("]") {
                draft.categories = [String(subject.dropFirst().dropLast())]
            }
            if let date = PublicationDate(rest.filter { !$0.hasPrefix("[") }.joined(separator: " ")) {
                draft.year = date.year
                draft.date = date.text
            }
            draft.type = "article"
            return
        }
    }

    /// A DOI in the header or at the beginning of the footer, or the only one of the page if it has a line for itself.
    /// Others are cited.
    private func addDOI(to draft: inout PaperDraft) {
        var found: [(doi: PaperIdentifier, isAtEdge: Bool, isAlone: Bool)] = []
        for line in page?.lines ?? [] {
            let words = line.text.split(separator: " ")
            for (place, word) in words.enumerated() {
                guard let doi = PDFIdentity.doi(in: word) else { continue }
                let before = words[..<place].joined(separator: " ").lowercased()
                let isFirst = PDFIdentity.labels.contains(before.filter { $0.isLetter || $0 == " " })
                let begins = isFirst && word.first?.isNumber == word.hasPrefix("10.")
                let isMarked = before.contains("|") || before.contains("©")
                let isOwn = isInHeader(line) || isInFooter(line) && (begins || isMarked)
                if let known = found.firstIndex(where: { $0.doi == doi }) {
                    found[known].isAtEdge = found[known].isAtEdge || isOwn
                } else {
                    found.append((doi, isOwn, begins && words.count <= 3 && !isInFooter(line)))
                }
            }
        }
        let ofEdge = found.filter(\.isAtEdge)
        let alone = found.count == 1 ? found.first { $0.isAlone } : nil
        guard let best = ofEdge.count == 1 ? ofEdge.first : alone else { return }
        draft.identify(best.doi.canonicalSpelling)
    }

    /// The DOI in a word, without the brackets around it.
    private static func doi(in word: Substring) -> PaperIdentifier? {
        guard let start = word.firstRange(of: "10.")?.lowerBound else { return nil }
        var text = word[start...].prefix { !"\"<>|".contains($0) }
        for (opening, closing) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
            while text.last == closing, text.count(where: { $0 == closing }) > text.count(where: { $0 == opening }) {
                text.removeLast()
            }
        }
        return PaperIdentifier("doi:" + text)
    }

    /// The part of a page that is its header, and that is its footer.
    private static let edge = 0.1

    /// What may stand before the DOI of the paper itself at the beginning of a line.
    private static let labels: Set<String> = ["", "doi", "digital object identifier", "article doi"]

    private func isInHeader(_ line: PDFLine) -> Bool {
        guard let page else { return false }
        return line.bottom <= PDFIdentity.edge * page.height
    }

    private func isInFooter(_ line: PDFLine) -> Bool {
        guard let page else { return false }
        return line.top >= (1 - PDFIdentity.edge) * page.height
    }

    private func isAtEdge(_ line: PDFLine) -> Bool { isInHeader(line) || isInFooter(line) }

    /// The year of a notice of copyright: `© 2021`, `Copyright 2021`.
    private var yearOfNotice: Int? {
        for line in page?.lines ?? [] {
            let text = line.text.lowercased()
            guard let mark = ["©", "copyright", "(c) "].lazy.compactMap({ text.firstRange(of: $0) }).first else {
                continue
            }
            let numbers = text[mark.upperBound...].split { !$0.isNumber }.compactMap { Int($0) }
            if let year = numbers.first(where: { (1900...2100).contains($0) }) { return year }
        }
        return nil
    }
}
