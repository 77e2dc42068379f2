import Akin
import AkinReports
import Foundation
import Testing

@Suite("Maps and graphs as files")
struct MapPageTests {
    private static let hostile = "</script><script>alert(1)</script> & \"x\" <!-- \u{2028}"

    private func map(_ count: Int = 3) -> PaperMap {
        let points = (0..<count).map { number in
            PaperMap.Point(
                id: "p\(number)", title: Self.hostile, authors: ["A", "B", "C", "D"], year: 2020 + number, venue: nil,
                url: number == 0 ? "javascript:alert(1)" : "https://example.org/", collections: [], tags: ["read"],
                x: Float(number), y: Float(number * number), topic: number % 2 == 0 ? 0 : nil)
        }
        let topic = Topic(
            name: Self.hostile, terms: [], paperCount: count, typicalPapers: [], coherence: nil, years: [:], growth: nil
        )
        return PaperMap(points: points, topics: [topic], unplacedCount: 0)
    }

    private func page(_ map: PaperMap) throws -> String {
        var page = ""
        try MapPage.html(map, title: Self.hostile, coloredBy: .topic) { page += $0 }
        return page
    }

    @Test(arguments: [0, 1, 3])
    func `no text of a paper ends the script or begins another`(count: Int) throws {
        let page = try page(map(count))
        #expect(page.components(separatedBy: "<script").count == 3)
        #expect(page.components(separatedBy: "</script>").count == 3)
        #expect(!page.contains("javascript:"))
    }

    @Test
    func `the page names no other file`() throws {
        let page = try page(map())
        for mark in [" src=", "@import", "url(", "<link", "fetch(", "XMLHttpRequest"] { #expect(!page.contains(mark)) }
        #expect(page.contains("default-src 'none'"))
    }

    @Test
    func `the data of the page reads back`() throws {
        let page = try page(map())
        let start = try #require(page.firstRange(of: "id=\"data\">")).upperBound
        let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
        let data = try #require(
            try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8)) as? [String: Any])
        #expect(data["titles"] as? [String] == [Self.hostile, Self.hostile, Self.hostile])
        #expect(data["authors"] as? [String] == Array(repeating: "A, B, C et al.", count: 3))
        #expect(data["links"] as? [String] == ["", "https://example.org/", "https://example.org/"])
        let places = (data["x"] as? [Int] ?? []) + (data["y"] as? [Int] ?? [])
        #expect(places.count == 6 && places.allSatisfy { (0...65_535).contains($0) })
    }

    @Test(arguments: [0, 1, 3])
    func `the drawing and the graph are well-formed XML`(count: Int) throws {
        var drawing = ""
        MapDrawing.svg(map(count), coloredBy: .year) { drawing += $0 }
        let nodes = (0..<count).map { NeighborGraph.Node(id: "p\($0) & <", title: Self.hostile, year: 2020) }
        let edges = (0..<count).map { NeighborGraph.Edge(source: $0, target: (count - 1) - $0, similarity: 0.5) }
        var graph = ""
        NeighborGraphText.graphML(NeighborGraph(nodes: nodes, edges: edges)) { graph += $0 }
        for text in [drawing, graph] {
            #expect(!text.contains("<script") && text.components(separatedBy: "<").count > count)
            #expect(text.filter { $0 == "<" }.count == text.filter { $0 == ">" }.count)
        }
        #expect(drawing.components(separatedBy: "<circle").count == count + 1)
        #expect(graph.components(separatedBy: "<edge ").count == count + 1)
    }

    @Test
    func `fields of tables are quoted, and no spreadsheet takes them for formulas`() {
        #expect(csvField("plain") == "plain")
        #expect(csvField("a,\"b\"") == "\"a,\"\"b\"\"\"")
        #expect(csvField("=1+1") == "'=1+1")
    }
}
