/// The systems that a run leaves out, and why.
package struct AbsentSystems: Encodable {
    private struct Absence: Encodable {
        var system: String
        var reason: String
    }

    private var absences: [Absence] = []

    /// Leaves nothing out.
    package init() {}

    /// Leaves a system out and says so.
    package mutating func leaveOut(_ system: String, _ reason: String) {
        print("  without \(system): \(reason)")
        absences.append(Absence(system: system, reason: reason))
    }

    /// Whether a system is left out.
    package func contains(_ system: String) -> Bool {
        absences.contains { $0.system == system }
    }

    /// Prints a line for each system.
    package func printAll() {
        for absence in absences { print("without \(absence.system): \(absence.reason)") }
    }

    /// Encodes a list of objects with the keys `system` and `reason`.
    package func encode(to encoder: any Encoder) throws {
        try absences.encode(to: encoder)
    }
}
