package import Foundation

/// A process that holds one index and answers requests, one after another.
package final class Worker {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private let errors: URL
    private var rest = Data()

    /// Settings of OpenBLAS that may be meant for other programs, and could slow that of a rival.
    private static let withheld = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]

    /// Starts a worker.
    ///
    /// - Parameters:
    ///   - executable: The program.
    ///   - arguments: Its arguments.
    ///   - threads: How many threads the numerical libraries under it may start.
    ///   - folder: The folder for its log.
    /// - Throws: What starting a process throws.
    package init(_ executable: String, _ arguments: [String], threads: Int, folder: URL) throws {
        errors = folder.appending(path: "worker-\(UUID().uuidString).log")
        try Data().write(to: errors)
        var environment = ProcessInfo.processInfo.environment
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] { environment[name] = "\(threads)" }
        for name in Self.withheld { environment[name] = nil }
        // Threads that wait must not take the processor from the worker whose turn it is.
        environment["OMP_WAIT_POLICY"] = "PASSIVE"
        environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    deinit {
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: errors)
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: ``BenchmarkError`` with the worker's message if it failed, or with the end of its log if it ended.
    package func ask<Answer: Decodable>(_ request: some Encodable) throws -> Answer {
        do {
            try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + Data("\n".utf8))
        } catch {
            throw BenchmarkError("it has ended: \(lastWords)")
        }
        let line = try nextLine()
        if let failure = try? JSONDecoder().decode(ErrorAnswer.self, from: line) { throw BenchmarkError(failure.error) }
        return try JSONDecoder().decode(Answer.self, from: line)
    }

    private func nextLine() throws -> Data {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                defer { rest = Data(rest[(end + 1)...]) }
                return rest[..<end]
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchmarkError("it has ended: \(lastWords)") }
            rest += more
        }
    }

    private var lastWords: String {
        let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "without a word"
    }
}

// MARK: - The worker's side

/// Answers the requests on standard input, one JSON object a line, until there are no more.
///
/// - Parameter answer: Receives the name of the command and the whole request. An error that it throws becomes the
///   answer.
/// - Throws: An error in reading a request or writing an answer.
package func answerRequests(_ answer: (_ command: String, _ request: Data) throws -> any Encodable) throws {
    struct Request: Decodable {
        var command: String
    }
    while let line = readLine() {
        let reply: any Encodable
        do {
            let request = Data(line.utf8)
            reply = try answer(JSONDecoder().decode(Request.self, from: request).command, request)
        } catch {
            reply = ErrorAnswer(error: "\(error)")
        }
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(reply) + Data("\n".utf8))
    }
}

private struct ErrorAnswer: Codable {
    var error: String
}
