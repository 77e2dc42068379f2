package import Papers

extension Paper {
    /// The title, or the beginning of the first text for a paper without a title, or its authors without both.
    package var headline: String {
        if !title.isEmpty { return title }
        if let text = ([abstract] + fields.map(\.text)).first(where: { !$0.isEmpty }) {
            return String(text.prefix(80)) + "…"
        }
        return (["(no title)"] + authors.prefix(3)).joined(separator: " · ")
    }

    /// The family names of up to three authors, `nil` without authors: `Vaswani, Shazeer, Parmar et al.`
    package var shortAuthors: String? {
        let names = authors.prefix(Self.namedAuthors).map { name in
            // `Vaswani, Ashish` and `Ashish Vaswani`.
            let parts = name.split(separator: ",", maxSplits: 1)
            return parts.count == 2 ? String(parts[0]) : name.split(separator: " ").last.map(String.init) ?? name
        }
        return names.isEmpty
            ? nil : names.joined(separator: ", ") + (authors.count > Self.namedAuthors ? " et al." : "")
    }

    private static let namedAuthors = 3

    /// Authors, year, venue and id, as far as they are known, between middle dots.
    package var detailsLine: String {
        [shortAuthors, year.map(String.init), venue, id].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " · ")
    }
}
