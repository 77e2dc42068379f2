import Foundation
import Hummingbird

/// A form with files, RFC 7578, <https://www.rfc-editor.org/rfc/rfc7578>.
struct MultipartForm {
    private(set) var fields = FormFields()
    private(set) var files: [UploadedFile] = []

    private static let mostParts = 1_000
    private static let longestHead = 8_192
    private static let longestField = 100_000

    /// The text between parts that a header names; `nil` if it names none.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        let value = parts.first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst("boundary=".count)
        guard let value else { return nil }
        let boundary = value.hasPrefix("\"") ? String(value.dropFirst().dropLast()) : String(value)
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    /// Reads a form from a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - boundary: What stands between the parts.
    /// - Throws: ``Problem`` with status 400 for what is no form; the error of the file system.
    init(fileAt path: String, boundary: String) throws {
        let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        let mark = Data("--\(boundary)".utf8)
        let broken = Problem(.badRequest, "The body is no form: a part of it is cut short.")
        guard var place = data.range(of: mark)?.upperBound else { throw broken }
        var count = 0
        // After each mark comes a line end and a part, or two dashes and nothing more.
        while !data[place...].starts(with: Data("--".utf8)) {
            count += 1
            guard count <= Self.mostParts else { throw Problem(.badRequest, "The form has too many parts.") }
            let limit = min(data.endIndex, place + Self.longestHead)
            guard data[place...].starts(with: Self.lineEnd),
                let gap = data.range(of: Self.lineEnd + Self.lineEnd, in: place..<limit),
                let end = data.range(of: Self.lineEnd + mark, in: (gap.upperBound - 2)..<data.endIndex)
            else { throw broken }
            let head = String(decoding: data[place..<gap.lowerBound], as: UTF8.self)
            let start = min(gap.upperBound, end.lowerBound)
            try take(Disposition(head), data[start..<max(start, end.lowerBound)])
            place = end.upperBound
        }
    }

    private static let lineEnd = Data("\r\n".utf8)

    private mutating func take(_ disposition: Disposition, _ content: Data) throws {
        guard let name = disposition.value(of: "name") else { return }
        if let file = disposition.value(of: "filename") {
            // A browser sends an empty part for a control in which no file was chosen.
            if !file.isEmpty || !content.isEmpty { files.append(try UploadedFile(content, name: file)) }
        } else if content.count <= Self.longestField {
            fields.add(name, String(decoding: content, as: UTF8.self))
        }
    }

    /// The header that names a part.
    private struct Disposition {
        private let line: String

        init(_ head: String) {
            line =
                head.split(separator: "\r\n").map(String.init)
                .first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        }

        /// The value of a parameter, as browsers write it: between quotation marks, with `%22` for one inside.
        func value(of name: String) -> String? {
            guard let start = line.range(of: "; \(name)=\"")?.upperBound,
                let end = line[start...].firstIndex(of: "\"")
            else { return nil }
            return String(line[start..<end]).replacing("%22", with: "\"")
        }
    }
}
