import Foundation
import Measuring

/// A report as text.
struct Tables {
    static let recalls = [0.9, 0.95, 0.99, 0.999]

    let report: SetReport
    private let table = TextTable(nameWidth: 24, cellWidth: 14)

    init(report: SetReport) {
        self.report = report
    }

    func print() {
        Swift.print(
            """

            \(report.name): \(report.count) vectors of \(report.dimensions) dimensions, \(report.metric.rawValue), \
            \(report.queries) queries\(report.hasOwnQueries ? "" : " held out")
            \(report.origin)

            """
        )
        printBuilds()
        for threads in Set(report.curves.map(\.threads)).sorted() {
            let curves = report.curves.filter { $0.threads == threads }
            let title = threads == 1 ? "one thread" : "\(threads) threads"
            Swift.print("\nrecall@10 and queries a second, \(title); each system's best points")
            for curve in curves { printFrontier(of: curve) }
            Swift.print("\nqueries a second at a recall@10 (interpolated), \(title)")
            printSpeeds(curves)
            for own in curves where Systems.isOurs(own.system) {
                Swift.print("\n\(own.system) ÷ rival at a recall@10, \(title): by wall time, (by processor time)")
                printRatios(of: own, to: curves.filter { !Systems.isOurs($0.system) })
            }
        }
    }

    private func printBuilds() {
        Swift.print(
            "MB: the growth of the process's own memory through the index, the input let go. × akin: by seconds.\n")
        Swift.print(table.row("build", ["threads", "seconds", "cpu s", "× akin", "MB", "file MB"]))
        for build in report.builds {
            var cells = [
                "\(build.threads)", String(format: "%.1f", build.seconds), String(format: "%.1f", build.cpuSeconds),
                times(build), build.bytes.map(megabytes) ?? "?", megabytes(build.fileBytes), "  \(build.version)",
            ]
            if let seconds = build.openSeconds {
                cells.append(String(format: "; opens in %.2f ms", seconds * 1_000))
                cells.append(build.mappedBytes.map { ", then has \(megabytes($0)) MB resident" } ?? "")
                cells.append(build.touchedBytes.map { ", of which the queries read \(megabytes($0))" } ?? "")
            }
            Swift.print(table.row(build.system, Array(cells.prefix(6))) + cells.dropFirst(6).joined())
        }
        report.absent.printAll()
        for remark in report.remarks { Swift.print(remark) }
    }

    private func times(_ build: SetReport.Build) -> String {
        guard let own = report.builds.first(where: { $0.system == "akin" && $0.threads == build.threads }) else {
            return "?"
        }
        return String(format: "%.2f", build.seconds / own.seconds)
    }

    private func printFrontier(of curve: Curve) {
        for (number, point) in curve.frontier().enumerated() where point.recall >= 0.8 || number == 0 {
            Swift.print(
                table.row(
                    curve.system, [String(format: "%.4f", point.recall), String(format: "%.0f", point.qps)],
                ) + "  \(point.point.setting)"
            )
        }
    }

    private func printSpeeds(_ curves: [Curve]) {
        Swift.print(table.row("", Self.recalls.map { "\($0)" }))
        for curve in curves {
            let cells = Self.recalls.map { recall in
                curve.speed(atRecall: recall, resolution: report.resolution).map { String(format: "%.0f", $0) }
                    ?? String(format: "ends .%03.0f", min(curve.bestRecall * 1_000, 999).rounded(.down))
            }
            Swift.print(table.row(curve.system, cells))
        }
    }

    private func printRatios(of own: Curve, to rivals: [Curve]) {
        for rival in rivals {
            let cells = Self.recalls.map { recall in
                guard let wall = ratio(own, rival, recall, \.qps), let cpu = ratio(own, rival, recall, \.cpuQPS) else {
                    return own.bestRecall < recall ? "not reached" : "rival ends"
                }
                return String(format: "%.2f (%.2f)", wall, cpu)
            }
            Swift.print(table.row(rival.system, cells))
        }
    }

    private func ratio(
        _ own: Curve, _ rival: Curve, _ recall: Double, _ speed: KeyPath<Curve.Measurement, Double>
    ) -> Double? {
        guard let a = own.speed(atRecall: recall, speed, resolution: report.resolution),
            let b = rival.speed(atRecall: recall, speed, resolution: report.resolution)
        else { return nil }
        return a / b
    }
}
