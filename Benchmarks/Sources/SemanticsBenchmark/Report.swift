import Foundation
import Measuring

/// The results of a run.
struct Report: Encodable {
    var date = today()
    var machine = machineDescription()
    var file: String
    var papers = 0
    /// The number of columns of the matrix, and of its entries that are not zero.
    var terms = 0
    var entries = 0
    var queries = ""
    var rank: Int
    var threads: Int
    var stages: [Measurement] = []
    var library: [LibraryMeasurement] = []
    var absent = AbsentSystems()

    init(file: URL, rank: Int, threads: Int) {
        self.file = file.lastPathComponent
        self.rank = rank
        self.threads = threads
    }

    func rows(of stage: Stage) -> [Measurement] { stages.filter { $0.stage == stage } }

    /// Our measurement of the same work as a rival's at a stage.
    func counterpart(of rival: Measurement) -> Measurement? {
        let name =
            switch rival.stage {
            case .index, .query: rival.system.hasPrefix("minilm") ? "akin-semantic" : "akin-lexical"
            case .embed: rival.system.hasPrefix("minilm") ? "akin" : "akin-product"
            default: "akin"
            }
        return rows(of: rival.stage).first { $0.system == name }
    }
}

extension Measurement: Comparable {
    var isOurs: Bool { system.hasPrefix("akin") }

    /// By stage, ours first.
    private var place: (Int, Int, String) {
        (Stage.allCases.firstIndex(of: stage) ?? 0, isOurs ? 0 : 1, system)
    }

    static func < (left: Measurement, right: Measurement) -> Bool { left.place < right.place }

    static func == (left: Measurement, right: Measurement) -> Bool { left.place == right.place }
}
