import Foundation

/// A service that is asked.
enum Service: String, Hashable, Sendable, CustomStringConvertible {
    case arXiv
    case openAlex = "OpenAlex"
    case crossref = "Crossref"

    /// The least number of seconds between two requests that the service asks for.
    var leastInterval: Double {
        switch self {
        case .arXiv: 3
        case .openAlex, .crossref: 0.1
        }
    }

    var description: String { rawValue }
}

/// An address of a service with parameters.
///
/// - Parameters:
///   - base: The address.
///   - path: Further parts of the path, escaped where needed.
///   - parameters: Names and values in their order. A parameter without a value is left out.
/// - Returns: The address.
func address(_ base: String, path: [String] = [], _ parameters: [(name: String, value: String?)]) -> String {
    var address = base
    while address.hasSuffix("/") { address.removeLast() }
    for part in path { address += "/" + escaped(part) }
    let query = parameters.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
    return query.isEmpty ? address : address + (base.contains("?") ? "&" : "?") + query.joined(separator: "&")
}

/// A text as a part of an address: everything but letters, digits and `-._~` is escaped.
private func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: escaped.unicodeScalars.append(.init(byte))
        default: escaped += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
    return escaped
}
