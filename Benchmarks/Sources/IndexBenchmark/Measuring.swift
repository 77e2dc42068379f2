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

    /// The bytes of a mapped file whose pages some work reads; `nil` where the system does not tell.
    static func touched(of file: String, by work: () throws -> Void) rethrows -> Int? {
        // 1 clears the marks of all pages that were read.
        guard (try? Data("1".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))) != nil else { return nil }
        try work()
        // Read to its end piece by piece, for the file does not tell its size.
        guard let maps = try? FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd() else { return nil }
        var isOfFile = false
        var kilobytes = 0
        for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("Referenced:") {
                kilobytes += isOfFile ? Int(line.split(separator: " ")[1]) ?? 0 : 0
            } else if line.prefix(while: { $0 != " " }).contains("-") {
                isOfFile = line.hasSuffix(file)
            }
        }
        return kilobytes * 1_024
    }

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
