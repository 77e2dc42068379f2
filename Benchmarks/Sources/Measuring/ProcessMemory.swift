import CProcess
import Foundation

/// The memory of this process, in bytes.
package struct ProcessMemory {
    /// The resident pages without a file.
    package var own: Int
    /// All resident pages, with those of mapped files.
    package var resident: Int

    /// The bytes of a mapped file whose pages some work reads; `nil` if the system does not tell.
    package static func touched(of file: String, by work: () throws -> Void) rethrows -> Int? {
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

    /// The memory after free memory was returned to the system; `nil` if the system does not tell.
    package static var now: ProcessMemory? {
        return_free_memory()
        return bytes("RssAnon:").flatMap { own in bytes("RssFile:").map { ProcessMemory(own: own, resident: own + $0) }
        }
    }

    /// The most bytes that were resident at once since ``forgetPeak()``, mapped pages included; `nil` if the system
    /// does not tell.
    package static var peak: Int? { bytes("VmHWM:") }

    /// Restarts ``peak`` from the memory that is resident after free memory was returned to the system.
    package static func forgetPeak() {
        return_free_memory()
        // 5 sets the peak back.
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    private static func bytes(_ name: String) -> Int? {
        (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix(name) }
            .flatMap { line in line.split(whereSeparator: \.isWhitespace).dropFirst().first }
            .flatMap { Int($0) }.map { $0 * 1_024 }
    }
}
