import Foundation

/// A week's use in short: one library that is changed, read, damaged and repaired many times, and is disturbed
/// meanwhile.
///
/// Weeks differ in their number of papers and in their model. Only a library of more than a thousand papers has
/// segments.
struct WeekCases: Sendable {
    let maker: PaperMaker
    let seed: UInt64
    /// How many steps a week has.
    let steps: Int

    private static let paperCounts = [40, 1_050, 250]

    func all(_ count: Int) -> [TortureCase] { (0..<count).map { makeCase($0, steps: steps) } }

    /// The case of a name such as `week 3 60`: 60 steps of the week 3; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        guard words.count == 3, words[0] == "week", let number = Int(words[1]), let steps = Int(words[2]), steps > 0,
            number >= 0
        else { return nil }
        return makeCase(number, steps: steps)
    }

    private func makeCase(_ number: Int, steps: Int) -> TortureCase {
        TortureCase(name: "week \(number) \(steps)") { workspace in
            var week = Week(
                workspace, maker: maker, generator: Generator(seed: seed, for: "week \(number)"),
                // Of every six weeks, each size has one with each model.
                model: number % 2 == 0 ? ["--model", "own", "--rank", "8"] : [])
            return week.run(steps: steps, paperCount: Self.paperCounts[number % Self.paperCounts.count])
        }
    }
}
