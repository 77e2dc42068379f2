import Akin
import AkinAgents
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import PaperFormats

/// Pages of a few lines.
enum OtherPages {
    /// The libraries to switch between.
    static func libraries(_ frame: PageFrame) async throws -> Response {
        var list: [[String: JSONValue]] = []
        for (place, served) in frame.server.libraries.enumerated() {
            let overview = try? await frame.server.engine(served.library) { library in
                (count: try library.paperCount(), last: try library.overview().lastAddition)
            }
            let details =
                overview.map { overview in
                    [counted(overview.count, "paper"), overview.last.map { "last added " + StartContext.day($0) }]
                        .compactMap(\.self).joined(separator: " · ")
                } ?? "cannot be read"
            list.append([
                "label": .string(served.name), "details": .string(details),
                "current": .bool(served.name == frame.library.name),
                "href": .string(PageQuestion.address("/", [], library: place == 0 ? nil : served.name)),
            ])
        }
        return frame.response("libraries", title: "Libraries", path: "/libraries", ["libraryList": .list(list)])
    }

    static func help(_ frame: PageFrame) -> Response {
        frame.response("help", title: "Help", path: "/help", [:])
    }

    /// The page that adds files.
    ///
    /// - Parameters:
    ///   - frame: The frame of the page.
    ///   - report: What was added just now; `nil` before.
    ///   - files: The names of the files.
    /// - Returns: The page.
    static func add(_ frame: PageFrame, _ report: AdditionReport? = nil, files: [String] = []) -> Response {
        let formats = "BibTeX, RIS, CSL-JSON, JSON Lines, CSV, EndNote, PubMed, Web of Science, arXiv, PDF, Zotero"
        var context: [String: JSONValue] = ["formats": .string(formats)]
        if let report { context["outcome"] = .object(outcome(report, files)) }
        return frame.response("add", title: "Add papers", path: "/add", context)
    }

    private static func outcome(_ report: AdditionReport, _ files: [String]) -> [String: JSONValue] {
        let counts = [("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged)]
        return [
            "heading": .string("\(counted(report.added, "paper")) added"),
            "counts": .list(counts.map { ["label": .string($0.0), "value": .string(grouped($0.1))] }),
            "files": .list(
                files.map { file in
                    let failed = report.failed.filter { $0.file == file }.map(\.message)
                    let skipped = report.skipped.filter { $0.file == file }.map { "line \($0.line): \($0.reason)" }
                    let problems = failed + skipped.prefix(100)
                    return [
                        "fileName": .string(file),
                        "fileSummary": .string(
                            failed.isEmpty ? counted(skipped.count, "record") + " skipped" : "not read"),
                        "hasProblems": .bool(!problems.isEmpty),
                        "problems": .list(problems.map { ["text": .string($0)] }),
                    ]
                }),
        ]
    }

    /// A problem, for a person.
    static func error(_ problem: Problem, _ frame: PageFrame) -> Response {
        var advice: [[String: JSONValue]] = []
        for candidate in problem.error?.candidates ?? [] {
            advice.append([
                "text": "It may be",
                "links": .list([
                    ["label": .string(candidate.title), "href": .string(frame.paperHref(candidate.id))]
                ]),
            ])
        }
        if let words = problem.error?.remedy?.words {
            advice.append([
                "text": "Papers may have its words:",
                "links": .list([
                    ["label": .string("search \(words)"), "href": .string(frame.href("/", [("q", words)]))]
                ]),
            ])
        }
        var response = frame.response(
            "error", title: problem.status.reasonPhrase, path: "",
            [
                "errorTitle": .string(problem.status.reasonPhrase), "errorText": .string(problem.detail),
                "hasAdvice": .bool(!advice.isEmpty), "advice": .list(advice),
            ], status: problem.status)
        response.headers.append(contentsOf: problem.headers)
        return response
    }

    /// The page that asks for the token.
    ///
    /// - Parameters:
    ///   - frame: The frame of the page.
    ///   - failed: Whether another text was given.
    ///   - status: The status of the response.
    /// - Returns: The page.
    static func login(_ frame: PageFrame, failed: Bool, status: HTTPResponse.Status = .ok) -> Response {
        frame.response(
            "login", title: "Token", path: "", ["failed": .bool(failed)], status: failed ? .unauthorized : status)
    }
}
