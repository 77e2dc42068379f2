import Foundation

/// A call that the preloaded library recorded.
struct RecordedCall: Sendable {
    /// What a call does, by the letter in the record.
    enum Class: Character, Sendable {
        case change = "C"
        case growth = "G"
        case reading = "R"
        case look = "L"
        case locking = "K"
    }

    var number: Int
    var kind: Class
    var name: String
    var result: Int
    var offset: Int
    var bytes: Data
    var path: String
    var secondPath: String

    var isChange: Bool { kind == .change || kind == .growth }

    /// The calls in a record; see `record` in `interpose.c`.
    static func read(_ path: String) throws -> [RecordedCall] {
        let data = Folders.contents(path)
        var calls: [RecordedCall] = []
        var start = data.startIndex
        while start < data.endIndex {
            guard let end = data[start...].firstIndex(of: 0x0A) else { throw Failure("the record ends in a line") }
            let fields = String(decoding: data[start..<end], as: UTF8.self)
                .split(separator: "\t", omittingEmptySubsequences: false)
            let words = fields[0].split(separator: " ")
            guard
                fields.count == 3, words.count == 6, let kind = words[1].first.flatMap(Class.init),
                let number = Int(words[0]), let result = Int(words[3]), let offset = Int(words[4]),
                let count = Int(words[5]), data.endIndex - end > count
            else { throw Failure("the record has the line '\(fields[0])'") }
            calls.append(
                RecordedCall(
                    number: number, kind: kind, name: String(words[2]), result: result, offset: offset,
                    bytes: data[end + 1..<end + 1 + count], path: String(fields[1]), secondPath: String(fields[2])))
            start = end + 1 + count
        }
        return calls
    }
}
