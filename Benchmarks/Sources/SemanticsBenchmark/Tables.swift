import Foundation
import Measuring

/// A report as text.
struct Tables {
    let report: Report
    private let table = TextTable(nameWidth: 34, cellWidth: 13)

    init(report: Report) {
        self.report = report
    }

    func print() {
        Swift.print(
            """

            \(report.file): \(report.papers) papers, rank \(report.rank), \(report.threads) threads
            MB: the most that was resident at once. × akin: by wall time and, in brackets, by processor time.

            """)
        Swift.print(table.row("stage, system", ["seconds", "cpu s", "papers/s", "MB", "energy", "× akin"]))
        for stage in Stage.allCases where stage != .query {
            Swift.print(stage.rawValue)
            for measurement in report.rows(of: stage) { printStage(measurement) }
        }
        Swift.print(
            "\n"
                + table.row(
                    "query (\(report.queries))", ["median ms", "99 % ms", "cpu ms", "99 % cpu", "MB", "× akin"]))
        for measurement in report.rows(of: .query) { printQuery(measurement) }
        printLibrary()
        report.absent.printAll()
    }

    private func printStage(_ measurement: Measurement) {
        var remarks: [String] = []
        if let gflops = measurement.gflops {
            remarks.append(String(format: "%.1f GFLOP/s a thread's second", gflops))
        }
        if let sample = measurement.sample { remarks.append("reckoned from \(sample) papers") }
        if let deviation = measurement.deviation, deviation > 1e-3 {
            remarks.append(String(format: "vectors not orthogonal by %.2g", deviation))
        }
        if let blas = measurement.blas { remarks.append(blas) }
        if !measurement.isOurs { remarks.insert(measurement.version, at: 0) }
        let cells = [
            String(format: "%.3f", measurement.seconds), String(format: "%.3f", measurement.cpuSeconds),
            String(format: "%.0f", Double(measurement.papers) / measurement.seconds), megabytes(measurement.peakBytes),
            measurement.energy.map { String(format: "%.6f", $0) } ?? "", ratio(measurement),
        ]
        Swift.print(table.row("  " + measurement.system, cells) + "  " + remarks.joined(separator: "; "))
    }

    private func printQuery(_ measurement: Measurement) {
        let times = [
            measurement.seconds, measurement.percentile99 ?? 0, measurement.cpuSeconds,
            measurement.cpuPercentile99 ?? 0,
        ]
        let cells =
            times.map { String(format: "%.3f", $0 * 1_000) } + [megabytes(measurement.peakBytes), ratio(measurement)]
        Swift.print(table.row("  " + measurement.system, cells) + "  \(measurement.queries ?? 0) queries")
    }

    /// How many times as long a rival takes as our part that does the same.
    private func ratio(_ measurement: Measurement) -> String {
        guard !measurement.isOurs, let own = report.counterpart(of: measurement) else { return "" }
        let factors = [measurement.seconds / own.seconds, measurement.cpuSeconds / own.cpuSeconds]
        return String(format: "%.2f (%.2f)", factors[0], factors[1])
            + (own.system == "akin" ? "" : " " + own.system)
    }

    private func printLibrary() {
        Swift.print("\n" + table.row("library", ["papers", "seconds", "cpu s", "MB", "cpu µs/paper"]))
        for part in report.library {
            Swift.print(
                table.row(
                    "  " + part.measure,
                    [
                        "\(part.papers)", String(format: "%.3f", part.seconds), String(format: "%.3f", part.cpuSeconds),
                        megabytes(part.peakBytes),
                        part.measure == "add"
                            ? String(format: "%.1f", part.cpuSeconds / Double(part.papers) * 1e6) : "",
                    ]))
            let steps = (part.steps ?? [:]).sorted { $0.value > $1.value }
            if !steps.isEmpty {
                Swift.print(
                    "      " + steps.map { String(format: "%@ %.2f s", $0.key, $0.value) }.joined(separator: ", "))
            }
        }
        let additions = report.library.filter { $0.measure == "add" }
        if let small = additions.min(by: { $0.papers < $1.papers }),
            let large = additions.max(by: { $0.papers < $1.papers }),
            small.papers < large.papers
        {
            func cost(_ part: LibraryMeasurement, _ seconds: Double) -> Double { seconds / Double(part.papers) }
            Swift.print(
                String(
                    format: "a paper costs %.2f times as much in %d as in %d, by processor time %.2f",
                    cost(large, large.seconds) / cost(small, small.seconds), large.papers, small.papers,
                    cost(large, large.cpuSeconds) / cost(small, small.cpuSeconds)))
        }
        if let version = report.library.first(where: { $0.measure == "version" }),
            let search = report.library.first(where: { $0.measure == "search" })
        {
            Swift.print(
                String(
                    format: "a search from a cold process: %.1f ms beyond --version, %.1f of processor time",
                    (search.seconds - version.seconds) * 1_000, (search.cpuSeconds - version.cpuSeconds) * 1_000))
        }
    }

    private func megabytes(_ bytes: Int?) -> String { bytes.map { Measuring.megabytes($0) } ?? "" }
}
