import Akin
import ArgumentParser

/// The flag of every command that changes a library.
struct WaitingOptions: ParsableArguments {
    /// ``completed(_:)`` gives it a value where there is none. The parser's own way to have a flag with or without a
    /// value passes over the value behind `=`.
    @Option(
        help: ArgumentHelp(
            "Wait while another command changes the library: until it is done (--wait), or some seconds (--wait=60).",
            valueName: "seconds"))
    var wait: WaitLimit?

    /// How the library waits. A wait is told once, on standard error.
    func waiting(_ console: Console) -> Waiting {
        guard let wait else { return .never }
        let once = OnceTold(console)
        return wait.limit.map { .atMost($0, once.tell) } ?? .always(once.tell)
    }

    /// The command line with a value for a `--wait` that has none, so that the next word is not taken for it.
    static func completed(_ arguments: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        return arguments[..<end].map { $0 == "--wait" ? "--wait=\(WaitLimit.always)" : $0 } + arguments[end...]
    }
}

/// How long a command waits: some seconds, or as long as it takes.
struct WaitLimit: ExpressibleByArgument, CustomStringConvertible {
    static let always = Self(limit: nil)
    /// A week. More is as good as always.
    private static let most = 604_800.0

    /// The longest wait; `nil` is as long as it takes.
    let limit: Duration?

    private init(limit: Duration?) { self.limit = limit }

    /// Reads a number of seconds, or `always`.
    init?(argument: String) {
        if argument == Self.always.description {
            self = .always
        } else {
            guard let seconds = Double(argument), (0...Self.most).contains(seconds) else { return nil }
            limit = .seconds(seconds)
        }
    }

    var description: String { limit.map { "\($0 / .seconds(1))" } ?? "always" }
}
