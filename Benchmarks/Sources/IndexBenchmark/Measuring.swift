import CProcess
import Foundation

/// Wall time and processor time of a piece of work.
enum Stopwatch {
    struct Time {
        var seconds = 0.0
        var cpuSeconds = 0.0

        static func += (total: inout Time, part: Time) {
            total.seconds += part.seconds
            total.cpuSeconds += part.cpuSeconds
        }
    }

    static func time<Failure>(_ work: () throws(Failure) -> Void) throws(Failure) -> Time {
        let clock = ContinuousClock()
        let start = clock.now
        let cpuStart = Foundation.clock()
        try work()
        let cpu = Double(Foundation.clock() - cpuStart) / Double(CLOCKS_PER_SEC)
        return Time(seconds: (clock.now - start) / .seconds(1), cpuSeconds: cpu)
    }
}

/// The memory of this process, in bytes.
struct ProcessMemory {
    /// Resident pages that no file backs.
    var own: Int
    /// These and the resident pages of mapped files.
    var resident: Int

    /// What the system tells after free memory was given back; `nil` where it does not tell.
    static var now: ProcessMemory? {
        return_free_memory()
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        func bytes(_ name: String) -> Int? {
            status.split(separator: "\n").first { $0.hasPrefix(name) }
                .flatMap { line in line.split(whereSeparator: \.isWhitespace).dropFirst().first }
                .flatMap { Int($0) }.map { $0 * 1_024 }
        }
        return bytes("RssAnon:").flatMap { own in bytes("RssFile:").map { ProcessMemory(own: own, resident: own + $0) }
        }
    }
}
