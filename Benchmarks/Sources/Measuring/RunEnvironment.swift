package import Foundation

/// The settings of a run in environment variables. An empty variable counts as none.
package struct RunEnvironment {
    private let variables: [String: String]

    /// Creates the settings of a process's environment.
    package init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The folder of everything that a run makes.
    package let folder = URL(filePath: ".build/benchmarks")

    /// The value of a variable.
    package func text(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The parts of a value that commas divide.
    package func list(_ name: String) -> [String]? {
        text(name)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// A value that is a number from 1 up.
    ///
    /// - Throws: ``BenchmarkError`` if it is something else.
    package func number(_ name: String) throws -> Int? {
        try text(name).map { try number(name, $0) }
    }

    /// The numbers from 1 up that commas divide.
    ///
    /// - Throws: ``BenchmarkError`` if one is something else.
    package func numbers(_ name: String) throws -> [Int]? {
        try list(name)?.map { try number(name, $0) }
    }

    private func number(_ name: String, _ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw BenchmarkError("\(name) takes a number from 1 up, not '\(text)'.")
        }
        return number
    }
}
