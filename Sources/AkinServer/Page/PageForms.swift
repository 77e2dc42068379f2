import Akin
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PaperFormats
import Papers
import ServerSettings

/// The forms of the page: changes, exports, and the token.
struct PageForms: Sendable {
    let server: ServerState

    /// The addresses of the forms that change papers or questions.
    static let actions = [
        "/do/tag", "/do/untag", "/do/collect", "/do/read", "/do/note", "/do/remove-note", "/do/watch", "/do/unwatch",
    ]

    func add(to router: Router<ServerContext>) {
        for path in Self.actions {
            router.post(RouterPath(path)) { request, _ in
                let (frame, fields) = try await form(request, writes: true)
                let notice = try await act(String(path.dropFirst("/do/".count)), fields, frame.library.library)
                return back(fields, notice)
            }
        }
        router.post("/do/add") { request, _ in try await addFiles(request) }
        router.post("/export") { request, _ in
            let (frame, fields) = try await form(request, writes: false)
            return try await export(fields, frame)
        }
        router.post("/login") { request, _ in try await login(request) }
    }

    /// Reads a form.
    private func form(_ request: Request, writes: Bool) async throws -> (frame: PageFrame, fields: FormFields) {
        if writes { try checkWritable() }
        let fields = FormFields(encoded: String(buffer: try await request.wholeBody(upTo: APICall.longestBody)))
        return (
            try PageFrame(request, server, library: fields.text("library").flatMap { $0.isEmpty ? nil : $0 }), fields
        )
    }

    private func checkWritable() throws(Problem) {
        guard server.settings.isWritable else {
            throw Problem(.forbidden, "This server changes nothing. --writable lets it.")
        }
    }

    /// Sends the browser back to the page that it came from, with what was done.
    private func back(_ fields: FormFields, _ notice: String) -> Response {
        // Two slashes begin the address of another host.
        let back = fields.text("back") ?? "/"
        let isShort = back.utf8.count <= Self.longestBack
        let isLocal = isShort && back.hasPrefix("/") && !back.hasPrefix("//") && !back.hasPrefix("/\\")
        let isPlain = back.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return Response(
            status: .seeOther,
            headers: [
                .location: isLocal && isPlain ? back : "/", .setCookie: PageFrame.noticeCookie(notice),
                .cacheControl: "no-store",
            ])
    }

    /// The longest address that a form leads back to.
    private static let longestBack = Guard.longestAddress

    // MARK: - Changes

    /// Does what a form asks for.
    ///
    /// - Returns: What was done, for a person.
    private func act(_ action: String, _ fields: FormFields, _ library: Library) async throws -> String {
        let ids = fields.texts("id")
        let name = fields.text("name") ?? ""
        switch action {
        case "tag": return try await edit(ids, [.addTag(name)], library) { "Tagged \($0)." }
        case "untag": return try await edit(ids, [.removeTag(name)], library) { "Took the tag off \($0)." }
        case "collect": return try await edit(ids, [.addToCollection(name)], library) { "Put \($0) into '\(name)'." }
        case "read":
            let isRead = fields.text("state") != "unread"
            return try await edit(
                ids, [isRead ? .addTag(Paper.readTag) : .removeTag(Paper.readTag)], library
            ) { "Marked \($0) as \(isRead ? "read" : "unread")." }
        case "note":
            let text = fields.text("text") ?? ""
            guard !text.allSatisfy(\.isWhitespace) else { throw Problem(.badRequest, "The note is empty.") }
            return try await edit(ids, [.addNote(text)], library) { _ in "Added the note." }
        case "remove-note": return try await removeNote(fields, library)
        case "watch":
            let question = PageQuestion(fields)
            // The filters of the page are conditions of the query language.
            let query = question.asQuery
            try await library.inBackground { library in
                try library.watch(WatchedQuestion(name: name, query: query, like: question.like))
            }
            let isCut = !question.unlike.isEmpty || question.chosen["topic"] != nil
            return "Watching '\(name)'" + (isCut ? ", without the papers against it and its topics." : ".")
        default:
            let isGone = try await library.inBackground { try $0.unwatch(name) }
            return isGone ? "Watching '\(name)' no longer." : "There was no question '\(name)'."
        }
    }

    private func edit(
        _ ids: [String], _ edits: [PaperEdit], _ library: Library, _ notice: (String) -> String
    ) async throws -> String {
        guard !ids.isEmpty else { throw Problem(.badRequest, "No paper is selected.") }
        let report = try await PaperChanges(edits).make(on: ids, of: library)
        return report.changed.isEmpty
            ? "Nothing changed: it was so before." : notice(counted(report.changed.count, "paper"))
    }

    private func removeNote(_ fields: FormFields, _ library: Library) async throws -> String {
        guard let id = fields.text("id"), let number = fields.text("note").flatMap({ Int($0) }) else {
            throw Problem(.badRequest, "The form names no note.")
        }
        return try await library.inBackground { library in
            let paper = try library.paper(named: id)
            guard paper.notes.indices.contains(number - 1) else { throw Problem(.notFound, "The note is gone.") }
            try library.edit(ids: [paper.id], by: [.removeNote(paper.notes[number - 1])], as: "remove note")
            return "Removed the note."
        }
    }

    // MARK: - Files

    private func addFiles(_ request: Request) async throws -> Response {
        try checkWritable()
        guard let boundary = MultipartForm.boundary(of: request.headers[.contentType] ?? "") else {
            throw Problem(.unsupportedMediaType, "The form is of the type multipart/form-data.")
        }
        let whole = try await UploadedFile(request.body, name: nil)
        let form = try await server.libraries[0].library.inBackground { _ in
            try MultipartForm(fileAt: whole.path, boundary: boundary)
        }
        let frame = try PageFrame(
            request, server, library: form.fields.text("library").flatMap { $0.isEmpty ? nil : $0 })
        guard !form.files.isEmpty else { throw Problem(.badRequest, "The form holds no file.") }
        let report = try await AddedFiles.add(
            form.files, to: frame.library.library, AddOptions(threads: server.settings.threads))
        return OtherPages.add(frame, report, files: form.files.map { URL(filePath: $0.path).lastPathComponent })
    }

    // MARK: - Exports

    private func export(_ fields: FormFields, _ frame: PageFrame) async throws -> Response {
        let format = ExportFormat.all.first { $0.name == fields.text("format") } ?? .bibTeX
        if fields.text("scope") == "selection" {
            let ids = fields.texts("id")
            guard !ids.isEmpty else { throw Problem(.badRequest, "No paper is selected.") }
            return ExportOperations.response(ids: ids, format, frame.library.library, server)
        }
        var question = PageQuestion(fields)
        question.offset = 0
        // Of what ranks the best are written, and of conditions all that meets them.
        question.count = question.isRanked ? Self.exported : .max
        let topics = try await frame.topics(for: question)
        if topics == nil, question.chosen["topic"] != nil {
            throw Problem(.serviceUnavailable, "The topics are being looked for. Try again in a while.")
        }
        let asked = question
        let ids = try await server.engine(frame.library.library) { library in
            try PageAnswer(to: asked, in: library, topics: topics, wantsFilters: false, explains: false)
                .entries.map(\.paper.id)
        }
        return ExportOperations.response(ids: ids, format, frame.library.library, server)
    }

    /// The best papers of an answer that are written.
    private static let exported = 1_000

    // MARK: - The token

    private func login(_ request: Request) async throws -> Response {
        let (frame, fields) = try await form(request, writes: false)
        guard let token = fields.text("token"), server.access.isToken(token) else {
            return OtherPages.login(frame, failed: true)
        }
        let value = token.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let secure = server.access.isSecure(request) ? "; Secure" : ""
        return Response(
            status: .seeOther,
            headers: [
                .location: "/", .cacheControl: "no-store",
                .setCookie:
                    "\(AccessRules.cookie)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000\(secure)",
            ])
    }
}

extension PageQuestion {
    /// The words and the filters as one question of the query language. Topics and papers against are left out.
    var asQuery: String {
        func quoted(_ value: String) -> String { "\"\(value.replacing("\"", with: " "))\"" }
        var conditions: [String] = []
        for (name, field) in [
            ("venue", "venue"), ("category", "category"), ("author", "author"), ("tag", "tag"),
            ("collection", "in"),
        ] {
            let values = (chosen[name] ?? []).map { "\(field):\(quoted($0))" }
            if !values.isEmpty {
                conditions.append(values.count == 1 ? values[0] : "(\(values.joined(separator: " OR ")))")
            }
        }
        if let years { conditions.append("year:\(years)") }
        if let read { conditions.append("is:\(read)") }
        if conditions.isEmpty { return text }
        return ([text.isEmpty ? nil : "(\(text))"].compactMap(\.self) + conditions).joined(separator: " ")
    }
}
