import CTorture
import Foundation

/// How a process ended.
struct RunResult: Sendable {
    /// What it printed.
    var output = Data()
    /// What it printed as errors.
    var errors = ""
    /// The status that it exited with; `nil` if it did not exit.
    var status: Int32?
    /// The signal that ended it.
    var signal: Int32?
    /// Whether it took longer than it may.
    var isLate = false

    /// Whether it did what it was asked.
    var isSuccess: Bool { status == 0 }
    /// Whether it did what it was asked, or found nothing, or nothing that is close.
    var hasAnswered: Bool { status == 0 || status == 1 }
    /// Whether it crashed or hung.
    var isBroken: Bool { signal != nil || isLate || status == 126 || status == 127 }

    /// A line about the end.
    var summary: String {
        let end =
            isLate ? "took too long" : signal.map { "was ended by signal \($0)" } ?? "exited with \(status ?? -1)"
        let message = errors.split(separator: "\n").last.map(String.init) ?? ""
        return message.isEmpty ? end : "\(end): \(message)"
    }

    /// The JSON object that it printed.
    var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: output)) as? [String: Any] }

    /// The code of the error that it printed as JSON.
    var errorCode: String? { (json?["error"] as? [String: Any])?["code"] as? String }
}

/// A process that was started and not waited for yet.
struct StartedProcess: Sendable {
    let id: Int32
    let outputPath: String
    let errorPath: String

    /// Waits for its end. A process that takes longer than `seconds` is killed. Time in which somebody else suspends it
    /// does not count.
    func wait(seconds: Double = Program.patience) -> RunResult {
        var status = torture_wait(id, seconds, 0)
        var result = RunResult()
        if status == -1 {
            result.isLate = true
            kill(id, SIGKILL)
            status = torture_wait(id, 10, 0)
        } else if status & 0x7F == 0 {
            result.status = (status >> 8) & 0xFF
        } else {
            result.signal = status & 0x7F
        }
        result.output = FileManager.default.contents(atPath: outputPath) ?? Data()
        result.errors = String(decoding: FileManager.default.contents(atPath: errorPath) ?? Data(), as: UTF8.self)
        return result
    }

    /// Waits until it is suspended.
    ///
    /// - Returns: Whether it is; `false` if it ended, which ``wait(seconds:)`` then cannot tell.
    func waitUntilSuspended() -> Bool {
        let status = torture_wait(id, Program.patience, 1)
        return status != -1 && status & 0xFF == 0x7F
    }

    /// Whether it ends by itself within some seconds. ``wait(seconds:)`` still tells how.
    func hasEnded(within seconds: Double) -> Bool { torture_has_ended(id, seconds) != 0 }

    /// Lets it go on.
    func resume() { kill(id, SIGCONT) }
}

/// The program under test, and how it is disturbed.
struct Program: Sendable {
    /// The seconds that a command may take. They take a tenth of one.
    static let patience = 60.0

    let path: String
    /// The library to preload.
    let interpose: String

    /// Starts a command.
    ///
    /// - Parameters:
    ///   - arguments: The command and its arguments.
    ///   - folder: Where its output goes.
    ///   - name: The name of the files of its output.
    ///   - disturbance: The variables of `interpose.c`; if there are none, nothing is preloaded.
    ///   - largestFile: The bytes that a file may have; 0 is no limit.
    /// - Returns: The process.
    func start(
        _ arguments: [String], in folder: String, named name: String = "run", _ disturbance: [String: String] = [:],
        largestFile: UInt64 = 0
    ) -> StartedProcess {
        var environment = ["PATH=/usr/bin:/bin", "HOME=\(folder)", "LC_ALL=C.UTF-8", "OPENBLAS_NUM_THREADS=1"]
        if !disturbance.isEmpty {
            environment.append("LD_PRELOAD=\(interpose)")
            environment += disturbance.map { "\($0.key)=\($0.value)" }
        }
        let started = StartedProcess(
            id: 0, outputPath: "\(folder)/\(name).out", errorPath: "\(folder)/\(name).err")
        let id = unsafe Self.withCStrings([path] + arguments) { arguments in
            unsafe Self.withCStrings(environment) { environment in
                // SAFETY: the strings live until the call returns, and the child has its own copies.
                unsafe started.outputPath.withCString { output in
                    unsafe started.errorPath.withCString { errors in
                        var surroundings = unsafe torture_surroundings(
                            output: output, errors: errors, largest_file: largestFile, address_space: 16 << 30)
                        return unsafe torture_start(arguments, environment, &surroundings)
                    }
                }
            }
        }
        // A signal to -1 would reach every process.
        precondition(id > 0, "the system starts no more processes")
        return StartedProcess(id: id, outputPath: started.outputPath, errorPath: started.errorPath)
    }

    /// Runs a command to its end.
    func run(
        _ arguments: [String], in folder: String, _ disturbance: [String: String] = [:], largestFile: UInt64 = 0
    ) -> RunResult {
        start(arguments, in: folder, disturbance, largestFile: largestFile).wait()
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
        // SAFETY: the strings are freed after the body has returned, and the body does not keep them.
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a list ends with nil and is not empty") }
            return unsafe body(UnsafePointer(base))
        }
    }
}

/// The CRC-32C of bytes.
func crc32c(_ bytes: some Collection<UInt8>) -> UInt32 {
    let bytes = Array(bytes)
    // SAFETY: the pointer and the count are those of one array.
    return unsafe bytes.withUnsafeBufferPointer { unsafe torture_crc32c($0.baseAddress, $0.count) }
}
