/// The first bytes of a file that is not text, and what such a file is.
struct FormatSignature {
    /// What the file is: `an SQLite database`.
    let name: String

    /// What to do with it, a sentence.
    let remedy: String

    private let bytes: [UInt8]
    private let position: Int

    private init(_ bytes: [UInt8], at position: Int = 0, _ name: String, _ remedy: String = asText) {
        self.bytes = bytes
        self.position = position
        self.name = name
        self.remedy = remedy
    }

    /// The signature that a file begins with; `nil` if it has none that is known.
    init?(of head: some RandomAccessCollection<UInt8>) {
        let found =
            FormatSignature.all.first { head.dropFirst($0.position).starts(with: $0.bytes) }
            ?? (PDFImporter.start(in: head) == nil ? nil : FormatSignature.pdf)
        guard let found else { return nil }
        self = found
    }

    private static let asText = "Give the titles and abstracts as text or JSON Lines."
    private static let asExport = "Give papers in one of the formats for literature, such as BibTeX or RIS."

    private static let pdf = FormatSignature(Array("%PDF-".utf8), "a PDF document")

    private static let all = [
        FormatSignature([0x1F, 0x8B], "compressed twice (gzip)", "Unpack it first, with 'gunzip -k'."),
        FormatSignature(
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed twice (xz)", "Unpack it first, with 'xz -dk'."),
        FormatSignature(
            [0x28, 0xB5, 0x2F, 0xFD], "compressed twice (Zstandard)", "Unpack it first, with 'zstd -dk'."),
        FormatSignature(Array("BZh".utf8), "compressed (bzip2)", "Unpack it first, with 'bunzip2 -k'."),
        FormatSignature(
            [0x50, 0x4B, 0x03, 0x04], "an archive (zip) that cannot be read from here",
            "Give the archive by its path, or unpack it first, with 'unzip'."),
        FormatSignature([0x50, 0x4B, 0x05, 0x06], "an empty archive (zip)"),
        FormatSignature(
            [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "an archive (7z)", "Unpack it first, with '7z x'."),
        FormatSignature(Array("Rar!\u{1A}".utf8), "an archive (rar)", "Unpack it first, with 'unrar x'."),
        FormatSignature(
            Array("ustar".utf8), at: 257, "an archive (tar)", "Unpack it first, with 'tar -xf', and give the folder."),
        pdf,
        FormatSignature(Array("%!PS".utf8), "a PostScript document"),
        FormatSignature(Array("SQLite format 3\u{0}".utf8), "an SQLite database"),
        FormatSignature(Array("{\\rtf".utf8), "a document (RTF)"),
        FormatSignature([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Office document", asExport),
        FormatSignature([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"),
        FormatSignature([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
        FormatSignature(Array("GIF8".utf8), "a picture (GIF)"),
        FormatSignature([0x7F, 0x45, 0x4C, 0x46], "a program (ELF)"),
    ]
}
