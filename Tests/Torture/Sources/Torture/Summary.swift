import Foundation
import Synchronization

/// What Akin promises, and every case looks at. `WITHOUT` takes the names of the cases.
enum Promise: String, CaseIterable, Sendable {
    case kept = "every paper acknowledged is there"
    case told = "a command does what it says: success is lasting, and an error is told"
    case opens = "the library opens, or an error says what to do"
    case seen = "doctor sees damage, or all is well"
    case answers = "a search gives the sound library's answer, an error, or doctor sees damage"
    case ends = "nothing crashes and nothing hangs"
    case mends = "doctor --repair gives a sound library of all papers, and names what was lost"
    case tidy = "the next writer leaves no litter"
    case undisturbed = "readers and writers do not disturb each other"
}

/// A promise that did not hold.
struct Breach: Sendable {
    var promise: Promise
    var detail: String
}

/// What the checks of one case found.
struct Findings: Sendable {
    private(set) var held: [Promise: Int] = [:]
    private(set) var breaches: [Breach] = []
    /// What is worth counting and is no breach.
    private(set) var notes: [String: Int] = [:]

    /// Notes whether a promise held.
    mutating func expect(_ holds: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) {
        if holds { held[promise, default: 0] += 1 } else { breaches.append(Breach(promise: promise, detail: detail())) }
    }

    mutating func note(_ text: String) { notes[text, default: 0] += 1 }

    /// Takes the folders of a worker out of the details, which differ from run to run.
    func hidingFolders(in scratch: String) -> Findings {
        var copy = self
        copy.breaches = breaches.map { breach in
            let detail = breach.detail.components(separatedBy: scratch).enumerated().map { index, part in
                // What follows a scratch folder is the name of a worker, and then the library.
                guard index > 0, let end = part.range(of: "/root/lib")?.upperBound else { return part }
                return "LIBRARY" + part[end...]
            }
            return Breach(promise: breach.promise, detail: detail.joined())
        }
        return copy
    }

    mutating func add(_ others: Findings) {
        held.merge(others.held, uniquingKeysWith: +)
        notes.merge(others.notes, uniquingKeysWith: +)
        breaches += others.breaches
    }
}

/// Prints a line at once, whatever standard output is.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// One disturbance of one library. Its name and the seed make it again.
struct TortureCase: Sendable {
    let name: String
    let run: @Sendable (Workspace) -> Findings
}

/// What the whole run found.
final class Summary: Sendable {
    private struct Contents {
        var held: [Promise: Int] = [:]
        var notes: [String: Int] = [:]
        /// The names of the cases that broke a promise in the same way.
        var failures: [String: (promise: Promise, detail: String, cases: [String])] = [:]
        var parts: [String] = []
    }

    private let seed: UInt64
    /// The promises that are looked at and do not decide how the run ends.
    private let undecided: Set<Promise>
    private let contents = Mutex(Contents())

    init(seed: UInt64, undecided: Set<Promise>) {
        self.seed = seed
        self.undecided = undecided
    }

    /// Enters what a case found, and prints the first breach of each kind at once.
    func enter(_ findings: Findings, of name: String) {
        let isNew = contents.withLock { contents -> [Breach] in
            contents.held.merge(findings.held, uniquingKeysWith: +)
            contents.notes.merge(findings.notes, uniquingKeysWith: +)
            return findings.breaches.filter { breach in
                // Cases that differ only in numbers fail alike.
                let kind = breach.promise.rawValue + (name + breach.detail).filter { !$0.isNumber }
                let isFirst = contents.failures[kind] == nil
                contents.failures[kind, default: (breach.promise, breach.detail, [])].cases.append(name)
                return isFirst
            }
        }
        for breach in isNew { say("  broken by '\(name)': \(breach.promise.rawValue): \(breach.detail)") }
    }

    /// Notes what a part covered.
    func enterPart(_ text: String) {
        say(text)
        contents.withLock { $0.parts.append(text) }
    }

    /// Prints the tables.
    ///
    /// - Returns: Whether every promise that decides held.
    func printTables(seconds: Double) -> Bool {
        contents.withLock { contents in
            say("\n== seed \(seed), \(Int(seconds)) s")
            for part in contents.parts { say(part) }
            say("\n   held   broken  promise")
            for promise in Promise.allCases {
                let broken = contents.failures.values.filter { $0.promise == promise }.reduce(0) { $0 + $1.cases.count }
                let held = contents.held[promise, default: 0]
                let mark = undecided.contains(promise) ? " (does not decide)" : ""
                say("\(Self.padded(held, 7))  \(Self.padded(broken, 7))  \(promise): \(promise.rawValue)\(mark)")
            }
            for (note, count) in contents.notes.sorted(by: { $0.key < $1.key }) {
                say("noted \(count) times: \(note)")
            }
            // By promise, and the most frequent kind first.
            let failures = Promise.allCases.flatMap { promise in
                contents.failures.values.filter { $0.promise == promise }.sorted { $0.cases.count > $1.cases.count }
            }
            if failures.isEmpty { return true }
            say("\n== broken promises, each kind with its first cases and the command that shows it again")
            for failure in failures {
                say("\(failure.promise.rawValue) (\(failure.cases.count) cases)\n    \(failure.detail)")
                for name in failure.cases.prefix(3) {
                    say("    make torture SEED=\(seed) CASE='\(name)'")
                }
            }
            return failures.allSatisfy { undecided.contains($0.promise) }
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }
}
