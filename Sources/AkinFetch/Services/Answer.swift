import Foundation
import PaperFormats
import Papers

/// What a service answered, and the papers in it.
struct Answer: Sendable {
    /// The content.
    let bytes: [UInt8]
    /// Who answered.
    let service: Service
    /// Where it was asked.
    let host: String
    /// The papers, after ``read()``.
    private(set) var papers: [Paper] = []
    /// What was no paper, after ``read()``.
    private(set) var skipped: [SkippedRecord] = []

    init(bytes: [UInt8], service: Service, host: String) {
        self.bytes = bytes
        self.service = service
        self.host = host
    }

    /// Reads the papers. A record without a title and an abstract is none.
    ///
    /// - Throws: `FetchError` with `malformedAnswer`, or with `refused` if the answer tells of an error.
    mutating func read() throws {
        do throws(PaperFormatsError) {
            let format = service == .arXiv ? ImportFormat(named: "xml") : ImportFormat.json
            let reader = try PaperReader(
                bytes: bytes, name: host, options: ImportOptions(format: format ?? .auto, threads: 1))
            while let batch = try reader.nextBatch() {
                papers += batch.papers
                skipped += batch.skipped
            }
        } catch {
            throw malformed(error.message)
        }
        // The object around a list without works is read as a record, and tells nobody anything.
        if papers.isEmpty, skipped.count == 1, skipped[0].code == .noTitleAndNoAbstract { skipped = [] }
        if let error = skipped.first(where: { $0.reason.hasPrefix(Self.arXivError) }) {
            throw FetchError(.refused, "\(host): \(error.reason)", remedy: "Check the query.")
        }
        if let broken = skipped.first(where: { [.notJSON, .notXML, .tooLong].contains($0.code) }) {
            throw malformed("line \(broken.line): \(broken.reason)")
        }
    }

    /// How the reader of arXiv's feed begins what it says of an entry that tells of an error.
    private static let arXivError = "arXiv answered with an error"

    /// The error of an answer that cannot be read.
    func malformed(_ reason: String) -> FetchError {
        FetchError(
            .malformedAnswer, "The answer of \(host) cannot be read: \(reason)",
            remedy: "Try again later; if it stays so, the service has changed, or its address is another one's.")
    }

    /// What the answer says about an error, on one line; `nil` if it says nothing that a person can read.
    var reason: String? {
        var text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
        if service == .arXiv {
            var answer = self
            do { try answer.read() } catch let error as FetchError where error.code == .refused {
                return String(error.message.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
            } catch {}
        }
        if let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] {
            text = (object["message"] ?? object["error"]) as? String ?? ""
        }
        var line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while line.hasSuffix(".") { line.removeLast() }
        return line.isEmpty || line.contains("<") ? nil : String(line.prefix(300))
    }
}
