import Akin
import AkinAgents
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import PaperFormats
import Papers
import ServerSettings

/// Changes of a library, where they are allowed.
enum EditingOperations {
    static let all = [add, edit, editMany, remove, undo, watched, watch, unwatch]

    // MARK: - Adding and removing

    private static let add = APIOperation(
        method: .post, path: "/api/v1/papers", name: "addPapers", summary: "Add the papers of a file.",
        details: "The body is the file: JSON Lines, BibTeX, RIS, CSV, PDF and all that akin add reads.",
        parameters: [
            APIParameter("name", .text(), "The name of the file, whose ending tells the format. Default: its content."),
            APIParameter("replace", .flag, "Whether the fields that a record leaves empty are cleared."),
            APIParameter("dryRun", .flag, "Whether to say what would be added, and change nothing."),
        ],
        body: APIOperation.Body(description: "A file, at most \(UploadedFile.longest) bytes.", schema: nil),
        answer: .json("What was added.", reportSchema(AdditionReport.self)), errors: [408, 413, 422], writes: true
    ) { call in
        let file = try await UploadedFile(call.request.body, name: call.parameters.text("name"))
        let options = AddOptions(
            replacing: call.parameters.flag("replace"), threads: call.server.settings.threads,
            isDryRun: call.parameters.flag("dryRun"))
        let report = try await AddedFiles.add([file], to: call.library.library, options)
        if let failed = report.failed.first, report.added + report.updated + report.unchanged == 0 {
            throw Problem(.unprocessableContent, failed.message)
        }
        return try .json(report)
    }

    private static let remove = APIOperation(
        method: .delete, path: "/api/v1/papers/{id}", name: "removePaper", summary: "Remove a paper.",
        answer: .json("What was removed.", reportSchema(RemovalReport.self)), errors: [404, 409], writes: true
    ) { call in
        let name = try call.pathParameter("id")
        return try .json(
            await call.library.library.inBackground { library in
                RemovalReport(removed: try library.remove(ids: [library.paper(named: name).id]))
            })
    }

    // MARK: - Editing

    private static let edit = APIOperation(
        method: .patch, path: "/api/v1/papers/{id}", name: "editPaper",
        summary: "Change the tags, collections and notes of a paper.",
        body: APIOperation.Body(description: "What to change.", schema: PaperChanges.schema(name: "Changes")),
        answer: .json("Whether the paper changed.", reportSchema(EditReport.self)), errors: [404, 409, 413, 415, 422],
        writes: true
    ) { call in
        let name = try call.pathParameter("id")
        let changes = try PaperChanges(await call.jsonBody())
        return try .json(await changes.make(on: [name], of: call.library.library))
    }

    private static let editMany = APIOperation(
        method: .post, path: "/api/v1/edits", name: "editPapers",
        summary: "Change the tags, collections and notes of several papers.",
        body: APIOperation.Body(
            description: "The ids of the papers, and what to change.",
            schema: PaperChanges.schema(
                name: "Edits",
                with: [
                    JSONSchema.Property(name: "ids", schema: .list(.string, least: 1))
                ])),
        answer: .json("Which papers changed.", reportSchema(EditReport.self)), errors: [404, 409, 413, 415, 422],
        writes: true
    ) { call in
        var body = try await call.jsonBody()
        guard let ids = try PaperChanges.texts(body.removeValue(forKey: "ids"), "ids"), !ids.isEmpty else {
            throw Problem.invalid("ids", "takes a list of ids")
        }
        return try .json(await PaperChanges(body).make(on: ids, of: call.library.library))
    }

    private static let undo = APIOperation(
        method: .post, path: "/api/v1/undo", name: "undo", summary: "Take back the last change.",
        answer: .json("What was taken back.", reportSchema(UndoneReport.self)), errors: [422], writes: true
    ) { call in
        try .json(
            await call.library.library.inBackground { library in
                let report = try library.undo()
                return UndoneReport(report, left: try library.lastChanges())
            })
    }

    // MARK: - Watching

    private static let watched = APIOperation(
        method: .get, path: "/api/v1/watches", name: "watches", summary: "List the questions that the library watches.",
        answer: .json("The questions.", reportSchema(WatchedQuestionsReport.self))
    ) { call in
        try .json(await call.engine { WatchedQuestionsReport(try $0.watchedQuestions()) })
    }

    private static let watch = APIOperation(
        method: .post, path: "/api/v1/watches", name: "watch",
        summary: "Watch a question, in place of the one of its name.",
        body: APIOperation.Body(
            description: "The question.",
            schema: .object(
                name: "Watch",
                [
                    JSONSchema.Property(name: "name", schema: .string),
                    JSONSchema.Property(name: "query", schema: .string, isRequired: false),
                    JSONSchema.Property(name: "like", schema: .list(.string), isRequired: false),
                ], isClosed: true)),
        answer: .json("All questions.", reportSchema(WatchedQuestionsReport.self)), errors: [404, 409, 413, 415, 422],
        writes: true
    ) { call in
        let body = try await call.jsonBody()
        try body.checkKeys(["name", "query", "like"])
        guard let name = body["name"]?.string else { throw Problem.invalid("name", "takes a text") }
        let query = body["query"]?.string ?? ""
        let like = try PaperChanges.texts(body["like"], "like") ?? []
        return try .json(
            await call.library.library.inBackground { library in
                try library.watch(
                    WatchedQuestion(name: name, query: query, like: try like.map { try library.paper(named: $0).id }))
                return WatchedQuestionsReport(try library.watchedQuestions())
            })
    }

    private static let unwatch = APIOperation(
        method: .delete, path: "/api/v1/watches/{id}", name: "unwatch", summary: "Watch a question no longer.",
        answer: .json("The questions that are left.", reportSchema(WatchedQuestionsReport.self)), errors: [404],
        writes: true
    ) { call in
        let name = try call.pathParameter("id")
        return try .json(
            await call.library.library.inBackground { library in
                guard try library.unwatch(name) else {
                    throw Problem(.notFound, "The library watches no question '\(name)'.")
                }
                return WatchedQuestionsReport(try library.watchedQuestions())
            })
    }
}

extension [String: JSONValue] {
    /// Refuses keys that nobody reads, which are likely mistakes.
    ///
    /// - Throws: ``Problem`` that lists the keys there are.
    func checkKeys(_ known: [String]) throws(Problem) {
        for key in keys where !known.contains(key) {
            throw Problem(.badRequest, "There is no key '\(key)' here. There are: \(known.joined(separator: ", ")).")
        }
    }
}
