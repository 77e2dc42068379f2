import AkinServer
import Testing

/// How many requests are answered at a time.
@Suite struct RequestGateTests {
    @Test func `a client has its share, and gets it back`() throws {
        let gate = RequestGate()
        var tickets = try (0..<RequestGate.mostOfClient).map { _ in try gate.enter("one") }
        let problem = #expect(throws: Problem.self) { try gate.enter("one") }
        #expect(problem?.statusCode == 429)
        tickets.append(try gate.enter("two"))
        tickets.removeAll()
        for _ in 0..<RequestGate.mostOfClient { tickets.append(try gate.enter("one")) }
        #expect(tickets.count == RequestGate.mostOfClient)
    }

    @Test func `all clients together have a share`() throws {
        let gate = RequestGate()
        let tickets = try (0..<RequestGate.most).map { try gate.enter("client \($0)") }
        let problem = #expect(throws: Problem.self) { try gate.enter("another") }
        #expect(problem?.statusCode == 503)
        #expect(tickets.count == RequestGate.most)
    }
}
