/// A record of a document of XML: the element of one paper, with what stands around it.
struct XMLRecord: Sendable {
    /// The element of the record.
    let element: MarkupElement

    /// The elements that the record is in, the outermost first. They have no content.
    let ancestors: [ElementTag]

    /// Elements beside the record that speak for all records of their parent, by name.
    let context: [String: MarkupElement]

    /// The first place where the tags of the record do not match, and what stands there.
    let problem: (line: Int, text: String)?

    /// The innermost ancestor of a name.
    func ancestor(_ name: String) -> ElementTag? {
        ancestors.last { $0.name == name }
    }
}

/// What a record of a document of XML turned out to be.
enum XMLOutcome: Sendable {
    /// A paper.
    case paper(PaperDraft)
    /// Something that belongs to the document and is no paper, such as the front matter of a volume.
    case nothing
    /// A paper that its source no longer has.
    case deleted
    /// No paper, and the reason.
    case notAPaper(String)
}
