import Akin

/// Topics, and which papers they hold.
struct TopicIndex: Sendable {
    let answer: TopicAnswer
    private let topics: [String: Int]

    init(_ answer: TopicAnswer) {
        self.answer = answer
        topics = Dictionary(
            answer.assignments.compactMap { assignment in assignment.topic.map { (assignment.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The name of the topic of a paper; `nil` for a paper of none.
    func topic(of id: String) -> String? { topics[id].map { answer.topics[$0].name } }

    /// The ids of the papers of a topic; none for a name that no topic has.
    func ids(ofTopic name: String) -> [String] {
        guard let place = answer.topics.firstIndex(where: { $0.name == name }) else { return [] }
        return answer.assignments.filter { $0.topic == place }.map(\.id)
    }
}
