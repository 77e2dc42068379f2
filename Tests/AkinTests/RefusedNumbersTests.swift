import Akin
import Papers
import TestSupport
import Testing

@Suite("Numbers that no call takes")
struct RefusedNumbersTests {
    @Test(arguments: [Int.min, -1, 0, 1_025, .max])
    func `a number of threads out of range is an error, and the library stays as it was`(threads: Int) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(3))
            let calls: [() throws -> Void] = [
                { try library.add(SyntheticPapers.make(5), options: AddOptions(threads: threads)) },
                { try library.refit(threads: threads) },
                { try library.remove(ids: ["paper:1"], threads: threads) },
                { _ = try Library.repair(at: library.path, threads: threads) },
            ]
            for call in calls {
                let error = #expect(throws: AkinError.self) { try call() }
                #expect(error?.code == .invalidArgument)
            }
            #expect(try library.info().paperCount == 3)
        }
    }

    @Test
    func `a limit below 0 is an error`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(3))
            for limit in [-1, Int.min] {
                let error = #expect(throws: AkinError.self) { try library.papers(limit: limit) }
                #expect(error?.code == .invalidArgument)
            }
            #expect(try library.papers(limit: 0).isEmpty && library.papers(limit: .max).count == 3)
        }
    }
}
