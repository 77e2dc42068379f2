package import Akin
import Foundation

/// A graph of neighbors as text for other programs.
package enum NeighborGraphText {
    /// GraphML, which Gephi, yEd, igraph and NetworkX read. Pieces of it go to `write`, one after another.
    package static func graphML(_ graph: NeighborGraph, to write: (String) -> Void) {
        write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
            <key id="label" for="node" attr.name="label" attr.type="string"/>
            <key id="title" for="node" attr.name="title" attr.type="string"/>
            <key id="year" for="node" attr.name="year" attr.type="int"/>
            <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
            <graph edgedefault="directed">

            """)
        for node in graph.nodes {
            let title = escapedXML(node.title)
            let year = node.year.map { "<data key=\"year\">\($0)</data>" } ?? ""
            write(
                "<node id=\"\(escapedXML(node.id))\"><data key=\"label\">\(title)</data>"
                    + "<data key=\"title\">\(title)</data>\(year)</node>\n")
        }
        for edge in graph.edges {
            let (source, target) = (graph.nodes[edge.source].id, graph.nodes[edge.target].id)
            write(
                "<edge source=\"\(escapedXML(source))\" target=\"\(escapedXML(target))\">"
                    + "<data key=\"weight\">\(edge.similarity)</data></edge>\n")
        }
        write("</graph>\n</graphml>\n")
    }

    /// A table of edges by RFC 4180: source, target, similarity.
    package static func csv(_ graph: NeighborGraph, to write: (String) -> Void) {
        write("source,target,similarity\r\n")
        for edge in graph.edges {
            let ids = [edge.source, edge.target].map { csvField(graph.nodes[$0].id) }
            write("\(ids[0]),\(ids[1]),\(edge.similarity)\r\n")
        }
    }
}

/// A text as XML has it in content and in attributes. Characters that XML forbids are left out.
func escapedXML(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
        case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
        case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
        case "\t", "\n", "\r": escaped.append(" ")
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
        default: escaped.append(scalar)
        }
    }
    return String(escaped)
}

/// A field of a table in CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it.
package func csvField(_ text: String) -> String {
    let text = ["=", "+", "-", "@"].contains(text.prefix(1)) ? "'" + text : text
    guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
