import AkinAgents
import HTTPTypes
import Hummingbird

/// The reference of the HTTP API, made of the operations themselves.
struct ReferencePage {
    let frame: PageFrame

    var response: Response {
        frame.response(
            "reference", title: "API", path: "/api",
            ["operations": .list(Server.operations.enumerated().map { context(of: $1, number: $0) })])
    }

    private func context(of operation: APIOperation, number: Int) -> [String: JSONValue] {
        let parameters =
            operation.pathParameters.map { ($0, "text, in the path", "The paper, or the name of the question.") }
            + operation.allParameters.map { ($0.name, $0.kindText, $0.description) }
        return [
            "number": .integer(number), "method": .string(operation.method.rawValue), "path": .string(operation.path),
            "summary": .string(operation.summary),
            "about": operation.details.isEmpty ? .null : .string(operation.details),
            "changes": .bool(operation.writes), "hasParameters": .bool(!parameters.isEmpty),
            "parameters": .list(
                parameters.map {
                    ["name": .string($0.0), "kind": .string($0.1), "meaning": .string($0.2)]
                }),
            "takes": .text(operation.body?.description),
            "gives": .string(
                "\(operation.answer.description) (\(operation.answer.mediaTypes.joined(separator: ", ")))"),
        ]
    }
}

extension APIParameter {
    /// What a value is, for a person.
    fileprivate var kindText: String {
        let kind =
            switch kind {
            case .text: "text"
            case .integer(let range): "whole number, \(range.lowerBound) to \(range.upperBound)"
            case .number(let range): "number, \(range.lowerBound) to \(range.upperBound)"
            case .flag: "true or false"
            case .choice(let values): values.joined(separator: ", ")
            }
        return kind + (isRequired ? "; required" : "") + (isRepeatable ? "; may be repeated" : "")
    }
}
