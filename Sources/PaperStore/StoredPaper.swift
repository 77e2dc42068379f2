import CChecksum
package import Papers

/// A paper as a row of the table `papers`: texts, with lists as JSON. What most papers do not have stands in one JSON
/// object, the column `details`; see ``PaperDetails``.
///
/// The checksum of a row is the CRC-32C of its key, as eight bytes with the lowest first, and of the columns in the
/// order of ``values``. A column is a byte 1, its UTF-8 (a year as its digits) and a byte FF, which UTF-8 never has. A
/// null is a byte 0, and nothing in the last column, which earlier formats did not have. The checksum therefore changes
/// with every byte, if a value moves to another column, and if a row moves to another key.
///
/// The fingerprint of a record is the 64-bit FNV-1a hash of the same bytes without the key.
struct StoredPaper {
    /// The columns, in the order of ``values``.
    static let columns = formerColumns + ", details"

    private static let formerColumns =
        "id, title, abstract, authors, year, venue, categories, keywords, url, alternate_ids"

    private static let columnCount = 11

    /// What ``paper(in:)`` reads: the key, the columns and the checksum. Formats 1 and 2 have no details.
    static func columns(hasDetails: Bool) -> String {
        "key, \(hasDetails ? columns : formerColumns + ", NULL"), checksum"
    }

    private let paper: Paper
    private let authors: String
    private let categories: String
    private let keywords: String
    private let alternateIDs: String
    private let details: String?
    private let bytes: [UInt8]

    /// Creates the columns of a paper.
    init(_ paper: Paper) {
        self.paper = paper
        authors = jsonList(paper.authors)
        categories = jsonList(paper.categories)
        keywords = jsonList(paper.keywords)
        alternateIDs = jsonList(paper.alternateIDs)
        details = PaperDetails(paper).json
        bytes = canonicalBytes(of: [
            paper.id, paper.title, paper.abstract, authors, paper.year.map(String.init), paper.venue, categories,
            keywords, paper.url, alternateIDs, details,
        ])
    }

    /// The values of the columns.
    var values: [(any StoreValueConvertible)?] {
        [
            paper.id, paper.title, paper.abstract, authors, paper.year, paper.venue, categories, keywords, paper.url,
            alternateIDs, details,
        ]
    }

    /// The fingerprint of the paper, taken as a record.
    var fingerprint: Int64 {
        Int64(bitPattern: stableHash(bytes))
    }

    /// The checksum of the paper's row under a key.
    func checksum(under key: PaperKey) -> Int64 {
        StoredPaper.checksum(of: bytes, under: key)
    }

    private static func checksum(of bytes: [UInt8], under key: PaperKey) -> Int64 {
        var key = key.rawValue.littleEndian
        // SAFETY: both calls get a pointer to as many bytes as they are told, which is valid during the call.
        let start = unsafe withUnsafeBytes(of: &key) { unsafe akin_crc32c(0, $0.baseAddress, $0.count) }
        return Int64(unsafe bytes.withUnsafeBytes { unsafe akin_crc32c(start, $0.baseAddress, $0.count) })
    }

    /// The paper in a row of ``columns(hasDetails:)``; `nil` if the row is damaged.
    static func paper(in row: any StoreRow) -> Paper? {
        guard let columns = soundColumns(of: row), let id = columns[0], let title = columns[1],
            let abstract = columns[2],
            let authors = columns[3].flatMap(texts(ofJSONList:)),
            let categories = columns[6].flatMap(texts(ofJSONList:)),
            let keywords = columns[7].flatMap(texts(ofJSONList:)),
            let alternateIDs = columns[9].flatMap(texts(ofJSONList:)),
            let details = PaperDetails(json: columns[10])
        else { return nil }
        var paper = Paper(tidyID: id, title: title, abstract: abstract)
        paper.authors = authors
        paper.year = columns[4].flatMap { Int($0) }
        paper.venue = columns[5]
        paper.categories = categories
        paper.keywords = keywords
        paper.url = columns[8]
        paper.alternateIDs = alternateIDs
        details.fill(&paper)
        return paper
    }

    /// The texts to search in a row as ``paper(in:)`` takes it; `nil` if the row is damaged.
    static func texts(in row: any StoreRow) -> PaperStore.SearchedTexts? {
        guard let columns = soundColumns(of: row), let title = columns[1], let abstract = columns[2] else { return nil }
        return (title, abstract, PaperDetails.fields(inJSON: columns[10]))
    }

    /// The columns of a row whose checksum is right.
    private static func soundColumns(of row: any StoreRow) -> [String?]? {
        let columns = (1...columnCount).map { row.text($0) }
        guard let key = PaperKey(rowID: row.integer(0)),
            row.integer(columnCount + 1) == checksum(of: canonicalBytes(of: columns), under: key)
        else { return nil }
        return columns
    }
}

/// The bytes that checksums and fingerprints are computed of. A null at the end has none.
private func canonicalBytes(of columns: [String?]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(columns.reduce(0) { $0 + ($1?.utf8.count ?? 0) + 2 })
    for (place, column) in columns.enumerated() {
        guard let column else {
            if place == columns.count - 1 { break }
            bytes.append(0)
            continue
        }
        bytes.append(1)
        bytes.append(contentsOf: column.utf8)
        bytes.append(0xFF)
    }
    return bytes
}

extension PaperStore {
    /// The texts of a paper that are searched.
    package typealias SearchedTexts = (title: String, abstract: String, fields: [Paper.Field])
}
