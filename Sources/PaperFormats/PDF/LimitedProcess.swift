import Foundation
import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// Runs another program on a file that nobody has checked, with limits on its time, its memory and what it writes.
///
/// Foundation's `Process` starts it, because an importer is synchronous. A shell sets the limits of the program that it
/// becomes.
enum LimitedProcess {
    /// How a program ended.
    enum Outcome: Equatable {
        /// It ended by itself with this status.
        case ended(Int32)
        /// There is no such program on the `PATH`.
        case missing
        /// It took too long or too much memory, or it crashed.
        case stopped
    }

    /// How much the program may take: seconds of time, kilobytes of memory, and units of 512 bytes of output.
    private static let limits = (seconds: 60, memory: 2 << 20, output: 256 << 11)

    /// The statuses with which a shell says that it finds no program, or cannot start it.
    private static let missingStatuses: Set<Int32> = [126, 127]

    /// Runs a program, and waits for it.
    static func run(_ program: String, _ arguments: [String]) -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let script = """
            ulimit -v \(limits.memory) 2>/dev/null
            ulimit -t \(limits.seconds) 2>/dev/null
            ulimit -f \(limits.output) 2>/dev/null
            exec \(program) "$@" </dev/null >/dev/null 2>&1
            """
        process.arguments = ["-c", script, program] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let end = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in end.signal() }
        do {
            try process.run()
        } catch {
            return .missing
        }
        if end.wait(timeout: .now() + .seconds(limits.seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            return .stopped
        }
        guard process.terminationReason == .exit else { return .stopped }
        return missingStatuses.contains(process.terminationStatus) ? .missing : .ended(process.terminationStatus)
    }
}
