package import Akin
import Foundation
import Papers

/// A map as one page of HTML that needs nothing else: no network, no other file.
package enum MapPage {
    /// The page, colored by something at first. Pieces of it go to `write`, one after another.
    ///
    /// Texts of papers stand in it as JSON in which no tag can begin, and the page's script shows them as text.
    ///
    /// - Parameters:
    ///   - map: The map.
    ///   - title: The title of the page.
    ///   - coloring: What colors the papers at first.
    ///   - home: The address of the page that leads here; `nil` for a file.
    ///   - nonce: What the policy of a server lets the page's own style and script by; `nil` for a file.
    ///   - write: Takes the pieces.
    /// - Throws: What `JSONEncoder` throws.
    package static func html(
        _ map: PaperMap, title: String, coloredBy coloring: MapColoring, home: String? = nil, nonce: String? = nil,
        to write: (String) -> Void
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(MapPageData(map, title: title, coloredBy: coloring))
        let json = String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c")
        let mayRun = nonce.map { " nonce=\"\($0)\"" } ?? ""
        let source = nonce.map { "'nonce-\($0)'" } ?? "'unsafe-inline'"
        write(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            \(mark)
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src \(source); script-src \(source)">
            <title>\(escapedXML(title))</title>
            <style\(mayRun)>
            \(style)</style>
            </head>
            <body>
            \(structure)\(home.map { "\n<p id=\"home\"><a href=\"\(escapedXML($0))\">Back to the search</a></p>" } ?? "")
            <script type="application/json" id="data">
            """)
        write(json)
        write("</script>\n<script\(mayRun)>\n\(drawing)\(behavior)</script>\n</body>\n</html>\n")
    }

    /// Says near the beginning of a page what made it.
    package static let mark = "<meta name=\"generator\" content=\"akin map\">"

    /// The elements of the page.
    private static let structure = """
        <main>
        <canvas id="map" tabindex="0" role="application" \
        aria-label="Map of papers. Arrow keys move, plus and minus zoom, 0 shows all, \
        N and P go from paper to paper."></canvas>
        <div id="tip" hidden></div>
        </main>
        <aside>
        <h1 id="title"></h1>
        <p id="summary"></p>
        <label for="search">Search</label>
        <input id="search" type="search" placeholder="title, author or id" autocomplete="off">
        <p id="found" role="status"></p>
        <ol id="results"></ol>
        <section id="card" aria-live="polite" hidden></section>
        <div class="row"><label for="coloring">Color by</label><select id="coloring"></select></div>
        <div class="row"><label><input id="labels" type="checkbox" checked> Names of topics</label>
        <button id="theme" type="button">Dark</button></div>
        <ul id="legend" aria-label="Groups"></ul>
        </aside>
        """
}

/// What the page's script reads.
private struct MapPageData: Encodable {
    struct Coloring: Encodable {
        var name: String
        var groups: [String]
        var colors: [String]
        /// The group of each paper; −1 for none.
        var members: [Int]
    }

    struct Label: Encodable {
        var text: String
        var x: Int
        var y: Int
        var papers: Int
    }

    var title: String
    var first: String
    /// Places from 0 to ``extent``.
    var x: [Int]
    var y: [Int]
    var ids: [String]
    var titles: [String]
    var authors: [String]
    /// Year and venue.
    var details: [String]
    var links: [String]
    var colorings: [Coloring]
    var labels: [Label]

    private static let extent: Float = 65_535
    /// The authors that are named; "et al." stands for the others.
    private static let namedAuthors = 3

    init(_ map: PaperMap, title: String, coloredBy coloring: MapColoring) {
        self.title = title
        first = coloring.rawValue
        let frame = MapFrame(map, size: Self.extent)
        let places = map.points.map { frame.place($0.x, $0.y) }
        x = places.map { Int($0.x.rounded()) }
        y = places.map { Int($0.y.rounded()) }
        ids = map.points.map(\.id)
        titles = map.points.map(\.title)
        authors = map.points.map { point in
            point.authors.prefix(Self.namedAuthors).joined(separator: ", ")
                + (point.authors.count > Self.namedAuthors ? " et al." : "")
        }
        details = map.points.map { point in
            [point.year.map(String.init), point.venue].compactMap(\.self).joined(separator: " · ")
        }
        // A link of another kind might run a script.
        links = map.points.map { point in
            let url = point.url ?? ""
            return ["https://", "http://"].contains { url.lowercased().hasPrefix($0) } ? url : ""
        }
        colorings = MapColoring.allCases.compactMap { coloring in
            let groups = coloring.groups(map)
            guard !groups.isEmpty else { return nil }
            let numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
            return Coloring(
                name: coloring.rawValue, groups: groups,
                colors: MapColors.colors(groups.count, isOrdered: coloring == .year),
                members: map.points.map { coloring.group(of: $0, map).flatMap { numbers[$0] } ?? -1 })
        }
        labels = MapLabel.labels(map).map { label in
            let place = frame.place(label.x, label.y)
            return Label(text: label.text, x: Int(place.x.rounded()), y: Int(place.y.rounded()), papers: label.papers)
        }
    }
}
