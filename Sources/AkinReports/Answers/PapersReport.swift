package import Akin
package import Foundation
package import Papers

/// Several papers. Each is written as `Paper` encodes itself, which importers read back without loss.
package struct PapersReport: Codable, Hashable, Sendable {
    package var papers: [Paper]
    /// The entries of the filter that no paper of the library has; absent if there are none.
    package var unknownFilters: [UnknownFilterReport]?

    /// Reports papers in their order, and the entries of the filter that no paper has.
    package init(_ papers: [Paper], unknownFilters: [UnknownFilter] = []) {
        self.papers = papers
        self.unknownFilters = UnknownFilterReport.list(unknownFilters)
    }
}

/// The JSON of a ``PapersReport``, paper by paper.
///
/// The pieces make the text that `encodedJSON` makes of the whole report, unless there is no paper at all.
package struct PapersReportPieces {
    private var isFirst = true

    package init() {}

    /// The next papers.
    ///
    /// - Throws: What `encodedJSON` throws.
    package mutating func next(_ papers: [Paper]) throws -> Data {
        var json = Data()
        for paper in papers {
            json += Data((isFirst ? "{\n  \"papers\" : [\n" : ",\n").utf8)
            json += try Self.indented(encodedJSON(paper))
            isFirst = false
        }
        return json
    }

    /// What follows the last paper.
    ///
    /// - Parameter unknownFilters: The entries of the filter that no paper has.
    /// - Returns: The bytes, up to the last brace.
    /// - Throws: What `encodedJSON` throws.
    package func end(unknownFilters: [UnknownFilter]) throws -> Data {
        // The papers may all have been removed meanwhile.
        var json = Data((isFirst ? "{\n  \"papers\" : [\n\n  ]" : "\n  ]").utf8)
        if let filters = UnknownFilterReport.list(unknownFilters) {
            json +=
                Data(",\n  \"unknownFilters\" : ".utf8) + Self.indented(try encodedJSON(filters), by: 2).dropFirst(2)
        }
        return json + Data("\n}".utf8)
    }

    /// The lines of a JSON text, moved to the right. No string of JSON has a line end in it.
    private static func indented(_ json: Data, by count: Int = 4) -> Data {
        let margin = [UInt8](repeating: UInt8(ascii: " "), count: count)
        let lineEnd = UInt8(ascii: "\n")
        var lines = margin
        lines.reserveCapacity(json.count * 5 / 4)
        var isLineStart = false
        for byte in json {
            if isLineStart, byte != lineEnd { lines += margin }
            lines.append(byte)
            isLineStart = byte == lineEnd
        }
        return Data(lines)
    }
}
