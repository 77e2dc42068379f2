/// Recognizes the format of a file.
///
/// 1. A file that is empty, binary, in another encoding than UTF-8, or compressed by another program than gzip is
///    refused, and the error says what it is.
/// 2. Each importer says how sure it is that the first bytes and the name have its format.
/// 3. The surest importer wins. Of two that are equally sure, the first in the list wins.
enum FormatDetection {
    /// How many bytes are examined.
    static let headLength = 1 << 16

    /// The importer for a file. The file keeps all its bytes for the importer.
    static func importer(
        of file: PaperFile, options: ImportOptions
    ) throws(PaperFormatsError) -> any PaperImporter.Type {
        var head = try file.head(count: headLength)
        try refuseUnreadable(head, path: file.path)
        if let importer = options.format.importer { return importer }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        let ending = fileExtension(of: file.path)
        var best: (recognition: ImportRecognition, importer: any PaperImporter.Type)?
        for importer in options.formats.compactMap(\.importer) {
            let recognition = importer.recognition(of: head, fileExtension: ending)
            if recognition > best?.recognition ?? .no { best = (recognition, importer) }
        }
        guard let best else { throw unknownFormat(path: file.path, head: head, formats: options.formats) }
        return best.importer
    }

    /// The extension of a file, in lower case, without its dot. Empty if it has none. That of `papers.jsonl.gz` is
    /// `jsonl`.
    static func fileExtension(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let plain = name.lowercased().hasSuffix(".gz") ? name.dropLast(3) : name
        guard let dot = plain.lastIndex(of: "."), dot != plain.startIndex else { return "" }
        return plain[plain.index(after: dot)...].lowercased()
    }

    // MARK: - Files that are not text

    private static func refuseUnreadable(_ head: [UInt8], path: String) throws(PaperFormatsError) {
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
        if text.allSatisfy(isJSONSpace), head.count < headLength {
            throw PaperFormatsError(
                .empty, path: path, message: "Cannot read papers from '\(path)': it is empty",
                remedy: "Give a file that holds papers.")
        }
        for signature in signatures where head.starts(with: signature.bytes) {
            throw PaperFormatsError(
                .notText, path: path, message: "Cannot read papers from '\(path)': it is \(signature.name)",
                remedy: signature.remedy)
        }
        if isBinary(text) {
            throw PaperFormatsError(
                .notText, path: path, message: "Cannot read papers from '\(path)': its content is binary, not text",
                remedy: "Give a text file in UTF-8.")
        }
    }

    private struct Signature {
        let bytes: [UInt8]
        let name: String
        let remedy: String
    }

    private static let signatures = [
        Signature(
            bytes: [0x1F, 0x8B], name: "compressed twice (gzip)", remedy: "Unpack it first, with 'gunzip -k'."),
        Signature(
            bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], name: "compressed (xz)",
            remedy: "Unpack it first, with 'xz -dk'."),
        Signature(
            bytes: [0x28, 0xB5, 0x2F, 0xFD], name: "compressed (Zstandard)", remedy: "Unpack it first, with 'zstd -dk'."
        ),
        Signature(bytes: Array("BZh".utf8), name: "compressed (bzip2)", remedy: "Unpack it first, with 'bunzip2 -k'."),
        Signature(bytes: [0x50, 0x4B, 0x03, 0x04], name: "an archive (zip)", remedy: "Unpack it first, with 'unzip'."),
        Signature(
            bytes: Array("%PDF-".utf8), name: "a PDF document",
            remedy: "Give the titles and abstracts as text or JSON Lines."),
        Signature(
            bytes: Array("SQLite format 3".utf8), name: "an SQLite database",
            remedy: "Give the titles and abstracts as text or JSON Lines."),
        Signature(
            bytes: [0xFF, 0xFE], name: "text in UTF-16",
            remedy: "Convert it to UTF-8 first, with 'iconv -f UTF-16 -t UTF-8'."),
        Signature(
            bytes: [0xFE, 0xFF], name: "text in UTF-16",
            remedy: "Convert it to UTF-8 first, with 'iconv -f UTF-16 -t UTF-8'."),
    ]

    /// A file is binary if this share of its bytes cannot be text.
    ///
    /// Random bytes and UTF-16 have a share of .5 and more, European languages in an old 8-bit encoding one below .15.
    private static let binaryShare = 0.3

    /// Whether a large share of the bytes are control characters or not UTF-8.
    static func isBinary(_ bytes: ArraySlice<UInt8>) -> Bool {
        var foreign = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                let isControl = scalar.value < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains(scalar.value)
                if isControl { foreign += 1 }
            case .error: foreign += 1
            case .emptyInput: break decoding
            }
        }
        return Double(foreign) > binaryShare * Double(bytes.count)
    }

    // MARK: - Text in no known format

    private static func unknownFormat(path: String, head: [UInt8], formats: [ImportFormat]) -> PaperFormatsError {
        if let foreign = ForeignText(head: head, fileExtension: fileExtension(of: path)) {
            return PaperFormatsError(
                .unknownFormat, path: path, message: "Cannot read papers from '\(path)': it is \(foreign.name)",
                remedy: foreign.remedy)
        }
        let names = formats.map { "'\($0.name)'" }.joined(separator: ", ")
        return PaperFormatsError(
            .unknownFormat, path: path,
            message: "Cannot read papers from '\(path)': it has none of the known formats (\(names))",
            remedy: "Give papers as JSON, or titles and abstracts with blank lines between them.")
    }
}
