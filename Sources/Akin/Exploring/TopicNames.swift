/// Gives topics names of their terms, each another one.
struct TopicNames {
    private let length: Int
    private var given: Set<String> = []

    /// - Parameter length: The terms in a name.
    init(length: Int) {
        self.length = length
    }

    /// The name of the next topic: its first terms, and more of them if a topic before has the same ones.
    mutating func name(of terms: [String]) -> String {
        let words = terms.isEmpty ? ["(no terms)"] : terms
        for count in min(length, words.count)...words.count {
            let name = words.prefix(count).joined(separator: ", ")
            if given.insert(name).inserted { return name }
        }
        let name = words.prefix(length).joined(separator: ", ")
        var number = 2
        while !given.insert("\(name) (\(number))").inserted { number += 1 }
        return "\(name) (\(number))"
    }
}
