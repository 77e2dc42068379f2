import Foundation
import PaperStore
import Papers
import TestSupport
import Testing

/// Calls `body` with the path of a store that is not there yet, in a folder of its own.
func withStorePath<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
    try TemporaryFolder.with { (folder: String) throws in try body(folder + "/papers.sqlite") }
}

/// Calls `body` with a new store, open for writing.
func withStore<Result>(_ body: (_ store: PaperStore) throws -> Result) throws -> Result {
    try withStorePath { (path: String) throws in try body(PaperStore(opening: path, mode: .readWrite)) }
}

extension PaperStore {
    /// Stores records in a transaction of their own.
    @discardableResult
    func add(_ records: Paper..., matching: PaperMatching = .byIdentity) throws -> [UpsertOutcome] {
        try write { try $0.upsert(records, matching: matching) }
    }

    /// All papers, by key.
    func contents() throws -> [PaperKey: Paper] {
        try read { papers in
            // A damaged store may name a page twice.
            Dictionary(try papers.papers(limit: .max).map { ($0.key, $0.paper) }) { first, _ in first }
        }
    }
}

/// Keys are written as the numbers that they are.
extension PaperKey: ExpressibleByIntegerLiteral {
    /// Creates the key of a number.
    public init(integerLiteral value: UInt64) { self.init(value) }
}

/// The code of the store's error that `body` throws, or `nil` where it throws none.
func storeErrorCode<Result>(_ body: () throws -> Result) throws -> PaperStoreError.Code? {
    do {
        _ = try body()
        return nil
    } catch let error as PaperStoreError {
        return error.code
    }
}

/// A paper that says little.
func paper(
    _ id: String?, _ title: String, _ abstract: String = "", by authors: [String] = [], also: [String] = []
) -> Paper {
    Paper(id: id, title: title, abstract: abstract, authors: authors, alternateIDs: also)
}

/// The bytes of a file, to be tampered with.
func tamper(_ path: String, _ change: (inout Data) throws -> Void) throws {
    var bytes = try Data(contentsOf: URL(filePath: path))
    try change(&bytes)
    try bytes.write(to: URL(filePath: path))
}

extension Data {
    /// Replaces each occurrence of a text by another one of the same length.
    mutating func replace(_ text: String, by other: String) {
        while let place = firstRange(of: Data(text.utf8)) { replaceSubrange(place, with: Data(other.utf8)) }
    }
}

extension PaperStore.Reader {
    /// Everything that a check has to say.
    func allFindings() throws -> [String] {
        let examined = try examinePapers()
        return try findings() + examined.findings + examined.damaged
    }
}
