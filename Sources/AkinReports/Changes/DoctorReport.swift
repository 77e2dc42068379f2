package import Akin

/// What a check of a library's integrity found, and whether the library was rebuilt.
package struct DoctorReport: Codable, Hashable, Sendable {
    /// Whether the library is sound now.
    package var healthy: Bool
    /// What is wrong, a sentence each.
    package var findings: [String]
    /// Whether the library was rebuilt.
    package var repaired: Bool
    /// The ids of the papers whose stored text is damaged.
    package var lostPapers: [String]

    /// Reports a check.
    package init(_ report: IntegrityReport) {
        healthy = report.isHealthy || report.isRepaired
        findings = report.findings
        repaired = report.isRepaired
        lostPapers = report.lostPapers
    }
}
