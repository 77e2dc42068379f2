import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A command that changes a library in use.
struct WeekChange {
    /// The command, without the library.
    var command: [String]
    /// The revision of each paper after it, by its number.
    var papers: [Int: Int]
    /// The ranks that the library was told, after it.
    var ranks: Set<Int>
}

/// What happens to a command of a week.
struct WeekDisturbance {
    var name = "undisturbed"
    /// What the preloaded library is told.
    var variables: [String: String] = [:]
    /// When the process is killed or suspended by the clock, in microseconds; `nil` if it is not.
    var moment: UInt32?
    /// Whether it is suspended at that moment, and for how many microseconds.
    var suspends = false
    var pause: UInt32 = 0

    static let none = WeekDisturbance()

    private init() {}

    /// Draws one. Half of the commands are left alone.
    init(_ generator: inout Generator) {
        // The commands make some hundred to some thousand calls. One that makes fewer is not disturbed.
        let call = 1 + generator.number(below: generator.number(below: 2) == 0 ? 150 : 1_200)
        let moment = UInt32(generator.number(below: 600_000))
        let isFull = generator.number(below: 2) == 0
        pause = UInt32(generator.number(below: 400_000))
        switch generator.number(below: 20) {
        case 0..<3: take("killed before call \(call)", ["TORTURE_KILL": "\(call)"])
        case 3: take("killed in call \(call)", ["TORTURE_KILL_IN": "\(call)"])
        case 4, 5: take("call \(call) fails", ["TORTURE_FAIL": "\(call)", "TORTURE_ERRNO": "\(isFull ? ENOSPC : EIO)"])
        case 6:
            take(
                "full from call \(call) on",
                ["TORTURE_FAIL": "\(call)", "TORTURE_ERRNO": "\(ENOSPC)", "TORTURE_FULL": "1"])
        case 7: take("call \(call) writes half", ["TORTURE_SHORT": "\(call)"])
        case 8, 9:
            name = "killed at \(moment) µs"
            self.moment = moment
        case 10:
            name = "suspended at \(moment) µs"
            self.moment = moment
            suspends = true
        default: break
        }
    }

    private mutating func take(_ name: String, _ variables: [String: String]) {
        self.name = name
        self.variables = variables
    }

    /// Whether it may end the process.
    var kills: Bool { moment != nil && !suspends || variables.keys.contains { $0.hasPrefix("TORTURE_KILL") } }

    /// Whether the command must do its work all the same.
    var isHarmless: Bool { variables["TORTURE_FAIL"] == nil && !kills }
}

/// The papers that `akin list --json` prints.
struct WeekRecords {
    private let records: [String: [String: Any]]

    /// - Returns: `nil` if the command failed, or names a paper twice.
    init?(_ list: RunResult) {
        guard list.isSuccess, let papers = list.json?["papers"] as? [[String: Any]] else { return nil }
        var records: [String: [String: Any]] = [:]
        for paper in papers { records[paper["id"] as? String ?? "?"] = paper }
        guard records.count == papers.count else { return nil }
        self.records = records
    }

    /// What differs from papers of these revisions, for a person; `nil` if they are the same with all their fields.
    func difference(from papers: [Int: Int], _ maker: PaperMaker) -> String? {
        let ids = Set(papers.keys.map { "torture:\($0)" })
        let missing = ids.subtracting(records.keys).sorted()
        let extra = Set(records.keys).subtracting(ids).sorted()
        let changed = papers.filter { number, revision in
            guard let record = records["torture:\(number)"] else { return false }
            return !maker.paper(number, revision: revision).allSatisfy { field, value in
                (value as? NSObject) == (record[field] as? NSObject)
            }
        }
        let parts = [("missing", missing), ("more", extra), ("changed", changed.keys.sorted().map { "torture:\($0)" })]
        let wrong = parts.filter { !$0.1.isEmpty }
        guard !wrong.isEmpty else { return nil }
        return wrong.map { "\($0.0) \($0.1.count): \($0.1.prefix(4).joined(separator: ", "))" }.joined(separator: "; ")
    }
}
