package import Foundation

/// The other systems of a benchmark, which run in an environment of Python.
package struct Rivals {
    private let python: String
    private let script: String

    /// Names the rivals.
    ///
    /// - Parameters:
    ///   - environment: The folder of the environment.
    ///   - script: The worker's file in `Benchmarks/Rivals`.
    package init(environment: String, script: String) {
        python = environment + "/bin/python"
        self.script = "Benchmarks/Rivals/" + script
    }

    /// Whether there is an interpreter to run them.
    package var areInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// Starts the worker of a system.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - threads: The threads of the numerical libraries under it.
    ///   - folder: The folder for its log.
    /// - Returns: The worker, which waits for requests.
    /// - Throws: ``BenchmarkError`` if there is no interpreter, and what starting a process throws.
    package func worker(of system: String, threads: Int, folder: URL) throws -> Worker {
        guard areInstalled else { throw BenchmarkError("there is no Python for it in '\(python)'") }
        return try Worker(python, [script, system], threads: threads, folder: folder)
    }
}
