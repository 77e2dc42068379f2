import Akin
import AkinReports
import Foundation
import Hummingbird
import Papers
import QueryLanguage
import Ranking

/// Single papers, lists of papers, and what papers have in common.
enum PaperOperations {
    static let all = [list, show, neighbors, why, info, libraries, values]

    private static let list = APIOperation(
        method: .get, path: "/api/v1/papers", name: "listPapers", summary: "List papers by conditions.",
        parameters: [
            APIParameter(
                "q", .text(longest: SearchParameters.longestQuestion),
                "Conditions in the query language. Every word of it is a condition, because nothing is ranked."),
            APIParameter(
                "sort", .choice(PaperOrder.allCases.map(\.rawValue)),
                "The order; relevance stands for the order in which papers were added. Default: relevance."),
        ] + SearchParameters.page + SearchParameters.filter,
        answer: .json("The papers.", reportSchema(PaperListReport.self)), errors: [404, 422]
    ) { call in
        let options = try SearchParameters.options(call.parameters)
        let question = SearchParameters.question(call.parameters.text("q") ?? "", read: call.parameters.text("read"))
        let expression = try question.isEmpty ? nil : QueryExpression(askedAs: question)
        return try await call.cached {
            try .json(
                await call.engine { library in
                    var papers: [Paper] = []
                    try library.forEachPaper(
                        matching: options.filter, meeting: expression, sort: options.sort, offset: options.offset,
                        limit: options.k
                    ) {
                        papers += $0
                        return !Task.isCancelled
                    }
                    return PaperListReport(
                        papers: papers, total: try library.paperCount(matching: options.filter, meeting: expression),
                        nextCursor: SearchParameters.nextCursor(after: papers.count, options))
                })
        }
    }

    private static let show = APIOperation(
        method: .get, path: "/api/v1/papers/{id}", name: "showPaper",
        summary: "Show a paper and the papers nearest to it.",
        answer: .json(
            "The paper.",
            Paper.schema.adding(
                JSONSchema.Property(
                    name: "neighbors", schema: .list(reportSchema(NamedPapersReport.Neighbor.self)), isRequired: false),
                as: "PaperWithNeighbors")),
        errors: [404, 409]
    ) { call in
        let name = try call.pathParameter("id")
        return try await call.cached {
            try .json(await call.engine { NamedPapersReport([try entry(named: name, in: $0)]) })
        }
    }

    /// A paper with the three papers that are nearest to it.
    private static func entry(named name: String, in library: Library) throws -> NamedPapersReport.Entry {
        let paper = try library.paper(named: name)
        let near = try library.search(like: [paper.id], options: SearchOptions(k: 3))
        return NamedPapersReport.Entry(paper, neighbors: near.isClose ? near.hits.map(\.paper) : [])
    }

    private static let neighbors = APIOperation(
        method: .get, path: "/api/v1/papers/{id}/neighbors", name: "neighbors",
        summary: "Find the papers nearest to one.", parameters: SearchParameters.ranking,
        answer: .json("The papers, nearest first.", reportSchema(AnswerReport.self)), errors: [404, 409, 422]
    ) { call in
        let name = try call.pathParameter("id")
        let options = try SearchParameters.options(call.parameters)
        let read = SearchParameters.question("", read: call.parameters.text("read"))
        let condition = try read.isEmpty ? nil : QueryExpression(askedAs: read)
        return try await call.cached {
            try .json(
                await call.engine { library in
                    let paper = try library.paper(named: name)
                    return try SearchOperations.report(of: paper.headline, options, in: library) {
                        try library.search(like: [paper.id], meeting: condition, options: options)
                    }
                })
        }
    }

    private static let why = APIOperation(
        method: .get, path: "/api/v1/why", name: "why", summary: "Say what makes two papers alike.",
        parameters: [
            APIParameter("first", .text(longest: 500), "A paper: its id or its title.", isRequired: true),
            APIParameter("second", .text(longest: 500), "The other one.", isRequired: true),
        ],
        answer: .json("What they share.", reportSchema(ComparisonReport.self)), errors: [404, 409]
    ) { call in
        let names = ["first", "second"].map { call.parameters.text($0) ?? "" }
        return try await call.cached {
            try .json(
                await call.engine { library in
                    let ids = try names.map { try library.paper(named: $0).id }
                    return ComparisonReport(try library.comparison(of: ids[0], with: ids[1]))
                })
        }
    }

    // MARK: - The library

    private static let info = APIOperation(
        method: .get, path: "/api/v1/info", name: "info", summary: "Tell the state of the library.",
        answer: .json("The state.", reportSchema(InfoReport.self))
    ) { call in
        let (isLocal, name) = (call.server.access.isLocal, call.library.name)
        return try await call.cached {
            try .json(
                await call.engine { library in
                    var report = InfoReport(try library.info())
                    if !isLocal { report.library = name }
                    return report
                })
        }
    }

    private static let libraries = APIOperation(
        method: .get, path: "/api/v1/libraries", name: "libraries", summary: "List the libraries that are served.",
        answer: .json("The libraries.", reportSchema(LibrariesReport.self)), isOfLibrary: false
    ) { call in
        var entries: [LibrariesReport.Library] = []
        for (place, served) in call.server.libraries.enumerated() {
            let count = try? await call.server.engine(served.library) { try $0.paperCount() }
            entries.append(
                LibrariesReport.Library(
                    name: served.name, path: call.server.access.isLocal ? served.library.path : served.name,
                    papers: count, isDefault: place == 0))
        }
        return try .json(LibrariesReport(entries))
    }

    private static let values = APIOperation(
        method: .get, path: "/api/v1/values", name: "values",
        summary: "List the values of a field, such as all tags, with the number of papers of each.",
        parameters: [
            APIParameter(
                "field", .text(), "tag, collection, type, language or a field of the sources.", isRequired: true)
        ],
        answer: .json("The values, that of most papers first.", reportSchema(FieldValuesReport.self))
    ) { call in
        let field = call.parameters.text("field") ?? ""
        return try await call.cached {
            try .json(await call.engine { FieldValuesReport(field: field, values: try $0.values(ofField: field)) })
        }
    }
}

/// A page of a list of papers.
struct PaperListReport: Codable, Sendable {
    var papers: [Paper]
    /// All papers that meet the conditions.
    var total: Int
    var nextCursor: String?
}
