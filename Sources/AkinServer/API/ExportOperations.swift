import Akin
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PaperFormats
import Papers
import QueryLanguage

/// Papers as files of reference managers and as lines of JSON.
enum ExportOperations {
    static let all = [export]

    private static let export = APIOperation(
        method: .get, path: "/api/v1/export", name: "export", summary: "Write papers as a file.",
        details: "A question that ranks writes its best papers, `limit` of them; one of conditions writes all.",
        parameters: [
            APIParameter(
                "format", .choice(ExportFormat.all.map(\.name)), "The format of the file. Default: jsonl."),
            APIParameter(
                "paper", .text(longest: 500), "Papers by their ids, in place of a question.", isRepeatable: true),
            APIParameter(
                "q", .text(longest: SearchParameters.longestQuestion), "The question. Default: all papers."),
            APIParameter("limit", .integer(0...1_000), "The papers of a question that ranks. Default: 10."),
        ] + SearchParameters.filter,
        answer: APIOperation.Answer(
            description: "The file.", mediaTypes: ExportFormat.all.map(\.mediaType), schema: nil),
        errors: [404, 409, 422]
    ) { call in
        let format = ExportFormat.all.first { $0.name == call.parameters.text("format") } ?? .jsonLines
        let selection = try ExportSelection(call.parameters)
        let ids = try await call.engine { try selection.ids(in: $0) }
        return response(ids: ids, format, call.library.library, call.server)
    }

    /// Writes papers piece by piece, as fast as the client takes them.
    ///
    /// - Parameters:
    ///   - ids: The ids of the papers, in their order.
    ///   - format: The format.
    ///   - library: The library.
    ///   - server: The server.
    /// - Returns: The file.
    static func response(
        ids: [String], _ format: ExportFormat, _ library: Library, _ server: ServerState
    ) -> Response {
        let body = ResponseBody { writer in
            var exporter = format.exporter()
            var isFirst = true
            func text(of papers: [Paper]) -> String {
                var text = ""
                for paper in papers {
                    if !isFirst { text += exporter.separator }
                    isFirst = false
                    text += exporter.record(for: paper)
                }
                return text
            }
            try await writer.write(ByteBuffer(string: exporter.header))
            for start in stride(from: 0, to: ids.count, by: piece) {
                let ids = ids[start..<min(ids.count, start + piece)]
                let papers = try await server.engine(library) { library in
                    // One reading of them all: each would wait for writers by itself.
                    var filter = PaperFilter()
                    filter.ids = Set(ids)
                    let found = Dictionary(try library.papers(matching: filter).map { ($0.id, $0) }) { first, _ in first
                    }
                    return ids.compactMap { found[$0] }
                }
                try await writer.write(ByteBuffer(string: text(of: papers)))
            }
            try await writer.write(ByteBuffer(string: exporter.footer))
            try await writer.finish(nil)
        }
        let name = "papers." + format.fileExtension
        return Response(
            status: .ok,
            headers: [
                .contentType: format.mediaType, .contentDisposition: "attachment; filename=\"\(name)\"",
                .cacheControl: "no-store",
            ], body: body)
    }
}

/// The papers that are read at a time.
private let piece = 500

/// Which papers to write.
struct ExportSelection: Sendable {
    private let names: [String]
    private let question: String
    private let limit: Int
    private let filter: PaperFilter

    init(_ parameters: RequestParameters) throws(Problem) {
        names = parameters.texts("paper")
        question = SearchParameters.question(parameters.text("q") ?? "", read: parameters.text("read"))
        limit = parameters.integer("limit") ?? 10
        filter = try SearchParameters.filter(parameters)
    }

    /// The ids of the papers, in the order in which they are written.
    ///
    /// - Throws: `AkinError`; ``Problem`` for a question that does not parse.
    func ids(in library: Library) throws -> [String] {
        if !names.isEmpty { return try names.map { try library.paper(named: $0).id } }
        let expression = question.isEmpty ? nil : try QueryExpression(askedAs: question)
        if let expression, !expression.rankingText.isEmpty {
            var options = SearchOptions(k: limit, filter: filter)
            options.foldsDuplicates = false
            let answer = try library.search(asking: question, options: options)
            return answer.hits.map(\.paper.id)
        }
        var ids: [String] = []
        try library.forEachFacts(matching: filter, meeting: expression) { facts in
            ids.append(facts.id)
            return !Task.isCancelled
        }
        return ids
    }
}

extension ExportFormat {
    /// The media type of the format's files.
    var mediaType: String {
        switch name {
        case "bibtex", "biblatex": "application/x-bibtex; charset=utf-8"
        case "ris": "application/x-research-info-systems; charset=utf-8"
        case "csl-json": "application/vnd.citationstyles.csl+json"
        case "jsonl": "application/x-ndjson"
        case "csv": "text/csv; charset=utf-8"
        case "markdown": "text/markdown; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
