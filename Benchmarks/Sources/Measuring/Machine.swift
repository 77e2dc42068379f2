import Foundation

/// The machine in a sentence.
package func machineDescription() -> String {
    let information = ProcessInfo.processInfo
    let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
        .first { $0.hasPrefix("model name") }
        .flatMap { $0.split(separator: ":").last }
        .map { $0.trimmingCharacters(in: .whitespaces) }
    let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first
    return [
        cpu ?? "a processor unnamed", "\(information.activeProcessorCount) cores",
        "\(information.physicalMemory >> 30) GiB of memory", information.operatingSystemVersionString,
        load.map { "load \($0) at the start" },
    ].compactMap { $0 }.joined(separator: ", ")
}

/// The commit that was built, if it is known.
package var revision: String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "describe", "--always", "--dirty"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return "unknown" }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? "unknown" : text
}
