import AkinAgents
import Foundation
import Testing

@Suite("The description of the API")
struct DescriptionTests {
    @Test func `has a schema for every answer, and refers to nothing that is not there`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let description = try #require(try await server.get("/openapi.json").json)
            #expect(description["openapi"]?.string == "3.1.0")
            guard case .object(let paths)? = description["paths"],
                case .object(let schemas)? = description["components"]?["schemas"]
            else { throw CancellationError() }
            #expect(paths.count > 20)
            var references: Set<String> = []
            func collect(_ value: JSONValue) {
                switch value {
                case .object(let members):
                    if let reference = members["$ref"]?.string { references.insert(reference) }
                    // An empty schema would allow anything: a type could not tell what it is made of.
                    for (name, member) in members where member == .object([:]) {
                        #expect(["fields", "additionalProperties"].contains(name), "\(name) has no schema")
                    }
                    members.values.forEach(collect)
                case .array(let values):
                    #expect(!values.contains(.object([:])) || values.contains(["token": []]))
                    values.forEach(collect)
                default: break
                }
            }
            collect(description)
            #expect(references.allSatisfy { schemas[String($0.split(separator: "/").last ?? "")] != nil })
            let answer = schemas["AnswerReport"]?["properties"]
            #expect(answer?["results"] != nil && answer?["nextCursor"] != nil)
        }
    }
}
