import Foundation
import HNSW
import MappedFiles
import TestSupport
import Testing
import VectorKernels

/// A long run over altered files, which `make fuzz` starts; see ``DamagedFileTests`` for the short one.
///
/// Each variant is made from its number alone, so that one that fails can be made again.
@Suite("Altered index files", .enabled(if: FuzzRun.variants > 0))
struct FileFuzzTests {
    @Test(arguments: VectorElements.allCases, [true, false])
    func `are refused or answered from`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let original = folder + "/original"
            try IndexUse.index(elements: elements, graph: graph).save(to: original)
            let fuzzer = try FileFuzzer(original: original, folder: folder)
            let share = (FuzzRun.variants + 5) / 6
            let place = 2 * (VectorElements.allCases.firstIndex(of: elements) ?? 0) + (graph ? 1 : 0)
            var outcomes: [String: Int] = [:]
            let start = ContinuousClock.now
            for variant in 0..<share {
                var generator = SeededGenerator(seed: FuzzRun.seed &* 1_000_003 &+ UInt64(variant * 6 + place))
                // Written down first: a crash leaves no other trace.
                try "\(elements) graph \(graph) variant \(variant)".write(
                    toFile: folder + "/variant", atomically: false, encoding: .utf8)
                let kind = try fuzzer.write(to: folder + "/altered", &generator)
                let outcome = try IndexUse.use(folder + "/altered")
                outcomes["\(kind), \(outcome)", default: 0] += 1
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let rate = Int(Double(share) / seconds)
            print("\(elements), \(graph ? "graph" : "flat"): \(share) variants, \(rate) a second")
            for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("    \(count) \(outcome)") }
            // The deep checks must have been reached: some hostile files must open.
            #expect(outcomes.contains { $0.key.hasPrefix("sections") && $0.key.hasSuffix("answered") })
            #expect(outcomes.contains { $0.key.hasSuffix("refused") })
        }
    }
}

/// What the environment asks for.
private enum FuzzRun {
    static let variants = Int(ProcessInfo.processInfo.environment["AKIN_FUZZ_VARIANTS"] ?? "") ?? 0
    static let seed = UInt64(ProcessInfo.processInfo.environment["AKIN_FUZZ_SEED"] ?? "") ?? 1
}
