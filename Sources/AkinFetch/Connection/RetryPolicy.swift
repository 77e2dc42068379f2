import Foundation

/// When a request is made again that failed for a reason that may pass.
struct RetryPolicy: Sendable {
    /// How often a request is made again.
    static let mostRetries = 5

    /// The longest wait that a service may ask for, in seconds. Whoever asks for more is not waited for.
    static let longestWait = 300.0

    /// The wait before the first repetition, in seconds. It doubles each time.
    var firstWait = 1.0

    /// Whether an answer with a status says that a later request may do better.
    static func isPassing(status: Int) -> Bool {
        [429, 500, 502, 503, 504].contains(status)
    }

    /// Returns the number of seconds to wait before a repetition, `nil` if there is none.
    ///
    /// - Parameters:
    ///   - retry: The number of the repetition, from 1 up.
    ///   - asked: How long the service asked to wait, if it did.
    /// - Returns: The wait: the doubled one, or what the service asked for if that is longer.
    func wait(before retry: Int, asked: Double?) -> Double? {
        guard retry <= Self.mostRetries, (asked ?? 0) <= Self.longestWait else { return nil }
        return max(firstWait * Double(1 << (retry - 1)), asked ?? 0)
    }

    /// Reads the header `Retry-After`: a number of seconds, or a date. Returns seconds from now.
    static func secondsAsked(_ header: String) -> Double? {
        let text = header.trimmingCharacters(in: .whitespaces)
        if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text).map { max(0, $0.timeIntervalSinceNow) }
    }
}
