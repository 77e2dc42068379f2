import AkinAgents
import Foundation
import HTTPTypes

/// The parameters of a request, from its address or from an object of JSON, checked against those of an operation.
struct RequestParameters: Sendable {
    private let values: [String: [String]]

    /// Reads the query of an address.
    ///
    /// - Throws: ``Problem`` for a parameter that the operation does not have, or has otherwise.
    init(query: String?, for parameters: [APIParameter]) throws(Problem) {
        var values: [String: [String]] = [:]
        for item in (query ?? "").parts(at: "&") where !item.isEmpty {
            let parts = item.parts(at: "=", atMost: 2)
            guard let name = Self.decoded(parts[0]), let value = parts.count == 2 ? Self.decoded(parts[1]) : "" else {
                throw Problem(.badRequest, "The address holds a text that is no UTF-8.")
            }
            values[name, default: []].append(value)
        }
        try self.init(values, for: parameters)
    }

    /// Reads an object of JSON, whose keys are the names of parameters.
    ///
    /// - Throws: ``Problem``, as the other initializer, and for a value that is an object.
    init(_ object: [String: JSONValue], for parameters: [APIParameter]) throws(Problem) {
        var values: [String: [String]] = [:]
        for (name, value) in object {
            let isList = value.array != nil
            if isList, parameters.first(where: { $0.name == name })?.isRepeatable == false {
                throw .invalid(name, "takes one value")
            }
            values[name] = try (value.array ?? [value]).map { value throws(Problem) in
                guard let text = value.parameterText else {
                    throw .invalid(name, "takes a text, a number, true or false, or a list of these")
                }
                return text
            }
        }
        try self.init(values, for: parameters)
    }

    private init(_ values: [String: [String]], for parameters: [APIParameter]) throws(Problem) {
        let known = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, given) in values {
            guard let parameter = known[name] else {
                throw Problem(
                    .badRequest,
                    "There is no parameter '\(name)' here. There are: "
                        + "\(parameters.map(\.name).sorted().joined(separator: ", ")).")
            }
            guard given.count <= (parameter.isRepeatable ? APIParameter.mostValues : 1) else {
                throw .invalid(name, parameter.isRepeatable ? "is given too often" : "is given more than once")
            }
            for value in given { try parameter.check(value) }
        }
        for parameter in parameters where parameter.isRequired && values[parameter.name] == nil {
            throw .invalid(parameter.name, "is missing")
        }
        self.values = values
    }

    /// A part of an address, decoded as forms write it.
    private static func decoded(_ text: String) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    // MARK: - Values

    func texts(_ name: String) -> [String] { values[name] ?? [] }

    func text(_ name: String) -> String? { values[name]?.first }

    func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    func number(_ name: String) -> Double? { text(name).flatMap { Double($0) } }

    func flag(_ name: String) -> Bool { text(name) == "true" }
}

extension String {
    /// The parts of a text between signs. A letter that combines with a sign does not hide it.
    ///
    /// - Parameters:
    ///   - sign: The sign.
    ///   - count: The most parts; what follows belongs to the last.
    /// - Returns: The parts, at least one.
    func parts(at sign: Unicode.Scalar, atMost count: Int = .max) -> [String] {
        unicodeScalars.split(maxSplits: count - 1, omittingEmptySubsequences: false) { $0 == sign }
            .map { String(Substring($0)) }
    }
}

extension JSONValue {
    /// The value as an address writes it; `nil` for lists and objects.
    fileprivate var parameterText: String? {
        switch self {
        case .string(let text): text
        case .integer(let value): String(value)
        // JSON knows no difference between 5 and 5.0.
        case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
        case .bool(let value): String(value)
        case .null, .array, .object: nil
        }
    }
}
