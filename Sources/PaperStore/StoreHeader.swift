import Foundation
import SystemCalls

/// The first 100 bytes of a store's file, most of which SQLite does not look at.
///
/// The fields are those of "The Database Header", <https://www.sqlite.org/fileformat2.html>. A store has the defaults
/// of SQLite in all that a program may set, and zeros in what is reserved.
enum StoreHeader {
    private static let byteCount = 100

    /// What is wrong with the header, and with the length of the file.
    ///
    /// While there is a write-ahead log, the newest header may lie there, and only what never changes is compared.
    ///
    /// - Parameters:
    ///   - file: The path of the file.
    ///   - path: That of the store, if the file is a copy of it.
    /// - Returns: A sentence for each finding; none while this process writes to the file.
    /// - Throws: `PaperStoreError` with code `cannotOpen`: a file that cannot be opened now may be whole.
    static func findings(inFileAt file: String, of path: String? = nil) throws(PaperStoreError) -> [String] {
        let path = path ?? file
        let found: (bytes: [UInt8], byteCount: Int)?
        do throws(FileReadingError) {
            found = try OpenWriters.whileNone(of: file) { () throws(FileReadingError) in
                try bytes(ofFileAt: file, limit: byteCount)
            }
        } catch {
            throw PaperStoreError(
                .cannotOpen, path: path, message: "Cannot open the papers in '\(path)': \(error).", cause: error)
        }
        guard let (header, length) = found else { return [] }
        guard header.count == byteCount else { return ["'\(path)' is damaged: it is too short."] }
        var wrong = constants.filter { number(at: $0.range, in: header) != $0.value }.map(\.range.lowerBound)
        if !(1...2).contains(header[18]) || header[18] != header[19] { wrong.append(18) }
        if !StoreFile.exists(file + "-wal") {
            let pageSize = number(at: 16..<18, in: header)
            let pages = number(at: 28..<32, in: header)
            if number(at: 24..<28, in: header) != number(at: 92..<96, in: header) { wrong.append(24) }
            if Int(pages) * Int(pageSize) != length { wrong.append(28) }
        }
        return wrong.isEmpty
            ? [] : ["'\(path)' is damaged: its header or its length is wrong at byte \(wrong.sorted()[0])."]
    }

    /// The bytes of a page.
    static let pageSize = 4096

    /// The fields that have one value in every store.
    private static let constants: [(range: Range<Int>, value: UInt32)] = [
        // The page size, reserved bytes a page, and the fractions of a payload.
        (16..<18, UInt32(pageSize)), (20..<24, 0x0040_2020),
        // The format of the tables, and no cache size, vacuum or other encoding than UTF-8.
        (44..<48, 4), (48..<52, 0), (52..<56, 0), (56..<60, 1), (64..<68, 0),
        (68..<72, UInt32(StoreSchema.applicationID)),
        // Reserved.
        (72..<76, 0), (76..<80, 0), (80..<84, 0), (84..<88, 0), (88..<92, 0),
    ]

    private static func number(at range: Range<Int>, in header: [UInt8]) -> UInt32 {
        header[range].reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension StoreHeader {
    /// Where the tables of a store begin.
    enum Layout: CaseIterable {
        /// Where they were made.
        case made
        /// Where SQLite's `VACUUM` puts them: tables first, and then indexes.
        case vacuumed
    }

    /// Copies a damaged file with the first page of a sound store in place of its own.
    ///
    /// The first page holds the header and the list of tables, which all stores of a layout have alike: the tables are
    /// made in one order in an empty file, so that each has its place. All else of the file stays as it is. The copy is
    /// good for reading alone.
    ///
    /// - Throws: The error of the file system; `DatabaseError`.
    static func copyWithSoundFirstPage(_ path: String, to copy: String, layout: Layout) throws {
        try StoreFile.remove(copy)
        try StoreFile.makeEmpty(copy, isVacuumed: layout == .vacuumed)
        var page = try Data(contentsOf: URL(filePath: copy))
        let pageSize = Int(number(at: 16..<18, in: Array(page.prefix(byteCount))))
        page = page.prefix(pageSize)
        try StoreFile.remove(copy)
        try copyFile(path, to: copy)
        if StoreFile.exists(path + "-wal") { try copyFile(path + "-wal", to: copy + "-wal") }
        let file = try FileHandle(forUpdating: URL(filePath: copy))
        defer { try? file.close() }
        let pages = UInt32(clamping: try file.seekToEnd() / UInt64(pageSize))
        // The number of pages, and no list of unused ones.
        let digits = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: pages >> $0) }
        page.replaceSubrange(28..<40, with: digits + Data(count: 8))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: page)
    }
}
