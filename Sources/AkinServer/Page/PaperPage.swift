import Akin
import AkinAgents
import AkinReports
import Foundation
import Hummingbird
import PaperFormats
import Papers
import Ranking

/// The page of one paper.
struct PaperPage {
    let frame: PageFrame
    let id: String

    private static let neighborCount = 8

    func response() async throws -> Response {
        let (id, frame) = (id, frame)
        let (paper, near) = try await frame.server.engine(frame.library.library) { library in
            let paper = try library.paper(named: id)
            var options = SearchOptions(k: Self.neighborCount)
            options.explains = true
            let near = try? library.search(like: [paper.id], options: options)
            return (paper, near.map { $0.isClose ? $0.hits : [] } ?? [])
        }
        return frame.response(
            "paper", title: paper.headline, path: "/paper", ["paper": .object(context(of: paper, near))])
    }

    private func context(of paper: Paper, _ near: [SearchAnswer.Hit]) -> [String: JSONValue] {
        func asked(_ name: String, _ value: String) -> JSONValue { .string(frame.href("/", [(name, value)])) }
        func links(_ name: String, _ values: [String]) -> JSONValue {
            .list(values.map { ["label": .string($0), "href": asked(name, $0)] })
        }
        let tags = paper.tags.filter { $0.lowercased() != Paper.readTag }
        let paragraphs = paper.abstract.split(separator: "\n").map { ["text": JSONValue.string(String($0))] }
        let venue = paper.venue.flatMap { $0.isEmpty ? nil : $0 }
        return [
            "id": .string(paper.id), "title": .string(paper.headline), "hasAuthors": .bool(!paper.authors.isEmpty),
            "authorLinks": .list(
                paper.authors.map {
                    ["label": .string($0), "href": asked("q", "author:\"\($0.replacing("\"", with: ""))\"")]
                }),
            "venueLink": venue.map { .object(["label": .string($0), "href": asked("venue", $0)]) } ?? .null,
            "date": .text(paper.date ?? paper.year.map(String.init)),
            "isRead": .bool(tags.count < paper.tags.count), "likeHref": asked("like", paper.id),
            "outLinks": .list(outLinks(of: paper)), "fileLink": fileLink(of: paper),
            "hasAbstract": .bool(!paragraphs.isEmpty), "paragraphs": .list(paragraphs),
            "hasTags": .bool(!tags.isEmpty), "tags": links("tag", tags),
            "hasCollections": .bool(!paper.collections.isEmpty), "collections": links("collection", paper.collections),
            "hasNotes": .bool(!paper.notes.isEmpty),
            "notes": .list(
                paper.notes.enumerated().map { ["number": .integer($0 + 1), "text": .string($1)] }),
            "hasNeighbors": .bool(!near.isEmpty), "neighbors": .list(near.map { neighbor($0, of: paper) }),
            "fields": SearchPage.fields(fields(of: paper)),
            "bibtex": .string(ExportFormat.bibTeX.text(of: [paper])),
        ]
    }

    private func neighbor(_ hit: SearchAnswer.Hit, of paper: Paper) -> [String: JSONValue] {
        var line = frame.line(hit.paper)
        line["whyHref"] = .string(frame.href("/why", [("first", paper.id), ("second", hit.paper.id)]))
        line["reasons"] = .list(hit.explanation.map { PageCard.reasons(ReasonSummary($0, of: hit.paper)) } ?? [])
        return line
    }

    /// Where the paper stands on the web. Only addresses of pages are links: another kind might run a script.
    private func outLinks(of paper: Paper) -> [[String: JSONValue]] {
        var links: [(label: String, href: String)] = []
        for id in [paper.id] + paper.alternateIDs {
            guard let identifier = PaperIdentifier(id) else { continue }
            links.append((identifier.scheme.rawValue, identifier.address))
        }
        if let url = paper.url, Self.isPage(url) { links.append((URL(string: url)?.host() ?? "page", url)) }
        var seen: Set<String> = []
        return links.filter { Self.isPage($0.href) && seen.insert($0.href).inserted }.map {
            ["label": .string($0.label), "href": .string($0.href)]
        }
    }

    private static func isPage(_ address: String) -> Bool {
        let address = address.lowercased()
        return address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    /// The file of the paper, if the server may show it: on the person's own machine.
    private func fileLink(of paper: Paper) -> JSONValue {
        guard frame.server.access.isLocal, AttachedFile(of: paper) != nil else { return .null }
        return .object(["label": "The file", "href": .string(frame.href("/file", [("id", paper.id)]))])
    }

    private func fields(of paper: Paper) -> [(name: String, value: String)] {
        var fields = [("id", paper.id)] + paper.alternateIDs.map { ("id", $0) }
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append((name, value)) }
        }
        add("type", paper.type)
        add("language", paper.language)
        add("categories", paper.categories.joined(separator: ", "))
        add("keywords", paper.keywords.joined(separator: ", "))
        add("citation key", paper.citationKey)
        for field in paper.fields { add(field.name, field.text) }
        for (name, values) in paper.attributes.sorted(by: { $0.key < $1.key }) {
            add(name, values.joined(separator: ", "))
        }
        return fields
    }
}

/// The document of a paper on this machine.
struct AttachedFile {
    let path: String
    let type: String

    /// The types of files that are shown. Pages could run scripts in the name of the server.
    private static let types = ["pdf": "application/pdf", "epub": "application/epub+zip"]

    /// Finds the first document of a paper that is there; `nil` if none is.
    init?(of paper: Paper) {
        for path in paper.attachments where path.hasPrefix("/") {
            let ending = URL(filePath: path).pathExtension.lowercased()
            guard let type = Self.types[ending] else { continue }
            let values = try? URL(filePath: path).resourceValues(forKeys: [.isRegularFileKey])
            guard values?.isRegularFile == true else { continue }
            (self.path, self.type) = (path, type)
            return
        }
        return nil
    }
}
