#if Store
import Foundation

/// The text of an attachment, which Zotero keeps for its search: `storage/KEY/.zotero-ft-cache`.
struct ZoteroText {
    /// The path of the file. Attachments that Zotero has not read have none.
    let path: String

    /// How much of the file is read, in bytes. The abstract stands on the first pages.
    private static let readLength = 1 << 16

    /// The abstract that stands in the text; empty if there is no file or nothing in it is certain to be one.
    var abstract: String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: Self.readLength) else { return "" }
        return PDFAbstract(ofText: String(decoding: bytes, as: UTF8.self)).text
    }
}
#endif
