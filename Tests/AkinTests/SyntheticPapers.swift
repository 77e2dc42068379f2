import Papers
import TestSupport

/// Papers made of invented words: a few subjects, each with words of its own, among words that all share.
enum SyntheticPapers {
    static let subjects = 12

    /// `count` papers, the same for a seed; paper *n* is on subject *n* mod ``subjects``.
    static func make(_ count: Int, seed: UInt64 = 1, firstNumber: Int = 0) -> [Paper] {
        var generator = SeededGenerator(seed: seed)
        return (firstNumber..<firstNumber + count).map { number in
            let subject = number % subjects
            let words = (0..<40).map { _ -> String in
                let isOwn = Int.random(in: 0..<10, using: &generator) < 6
                let rank = Int.random(in: 0..<30, using: &generator) * Int.random(in: 1...4, using: &generator)
                return isOwn ? word(subject * 200 + rank) : word(9_000 + rank)
            }
            return Paper(
                id: "paper:\(number)",
                title: "Study \(word(20_000 + number)) of \(word(subject * 200))",
                abstract: words.joined(separator: " "),
                authors: ["Author \(number)"],
                year: 2000 + number % 25,
                categories: ["subject-\(subject)"]
            )
        }
    }

    /// An invented word for a number, that no stemmer shortens to another one's stem.
    static func word(_ number: Int) -> String {
        let consonants = Array("bdfgklmnprtvz")
        let vowels = Array("aou")
        var rest = number
        var letters = ""
        for _ in 0..<4 {
            letters.append(consonants[rest % consonants.count])
            rest /= consonants.count
            letters.append(vowels[rest % vowels.count])
            rest /= vowels.count
        }
        return letters + "k"
    }
}
