import AkinReports
import Foundation
import Testing

/// The keys and kinds of values of a report's JSON, a line for each path. Elements of a list share one path.
func shape(of report: some Encodable) throws -> [String] {
    var lines: Set<String> = []
    try JSONDecoder().decode(JSONValue.self, from: try encodedJSON(report)).collect(path: "", &lines)
    return lines.sorted()
}

/// All keys of a report's JSON, at any depth.
func keys(of report: some Encodable) throws -> Set<String> {
    let names = try shape(of: report).flatMap { $0.prefix { $0 != ":" }.split(separator: ".") }
    return Set(names.map { String($0.prefix { $0 != "[" }) })
}

/// Any JSON.
private enum JSONValue: Decodable {
    case null, boolean, number, text
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let object = try? container.decode([String: JSONValue].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else if (try? container.decode(Bool.self)) != nil {
            self = .boolean
        } else if (try? container.decode(Double.self)) != nil {
            self = .number
        } else {
            _ = try container.decode(String.self)
            self = .text
        }
    }

    func collect(path: String, _ lines: inout Set<String>) {
        switch self {
        case .null: lines.insert(path + ": null")
        case .boolean: lines.insert(path + ": boolean")
        case .number: lines.insert(path + ": number")
        case .text: lines.insert(path + ": text")
        case .list(let values):
            if values.isEmpty { lines.insert(path + "[]") }
            for value in values { value.collect(path: path + "[]", &lines) }
        case .object(let values):
            for (key, value) in values { value.collect(path: path.isEmpty ? key : path + "." + key, &lines) }
        }
    }
}
