/// Recognizes the format of a file.
///
/// 1. A file that is empty or binary is refused, and the error says what it is. A binary format that an importer is
///    certain of is read.
/// 2. Each importer says how sure it is that the first bytes and the name have its format.
/// 3. The surest importer wins. Of two that are equally sure, the first in the list wins.
/// 4. Text that none recognizes is refused, and the error says what it looks like (``TextLook``).
enum FormatDetection {
    /// How many bytes are examined.
    static let headLength = 1 << 16

    /// The importer for a file. The file keeps all its bytes for the importer.
    static func importer(
        of file: PaperFile, options: ImportOptions
    ) throws(PaperFormatsError) -> any PaperImporter.Type {
        var head = try file.head(count: headLength)
        let ending = fileExtension(of: file.path)
        let importers = options.format.importer.map { [$0] } ?? options.formats.compactMap(\.importer)
        if let signature = FormatSignature(of: head) {
            let certain = importers.first {
                $0.recognition(of: head, fileExtension: ending, options: options) == .certain
            }
            guard let certain else { throw notText(path: file.path, signature) }
            return certain
        }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        try refuseUnreadable(head, path: file.path)
        if let importer = options.format.importer { return importer }
        var best: (recognition: ImportRecognition, importer: any PaperImporter.Type)?
        for importer in importers {
            let recognition = importer.recognition(of: head, fileExtension: ending, options: options)
            if recognition > best?.recognition ?? .no { best = (recognition, importer) }
        }
        guard let best else { throw unknownFormat(path: file.path, head: head, formats: options.formats) }
        return best.importer
    }

    /// The extension of a file, in lower case, without its dot. Empty if it has none. That of `papers.jsonl.gz` is
    /// `jsonl`.
    static func fileExtension(of path: String) -> String {
        let plain = Compression.unpackedName(path.split(separator: "/").last ?? "")
        guard let dot = plain.lastIndex(of: "."), dot != plain.startIndex else { return "" }
        return plain[plain.index(after: dot)...].lowercased()
    }

    // MARK: - Files that are not text

    private static func refuseUnreadable(_ head: [UInt8], path: String) throws(PaperFormatsError) {
        if head.allSatisfy(isJSONSpace), head.count < headLength {
            throw PaperFormatsError(
                .empty, path: path, message: "Cannot read papers from '\(path)': it is empty",
                remedy: "Give a file that holds papers.")
        }
        if isBinary(head[...]) {
            throw PaperFormatsError(
                .notText, path: path,
                message: "Cannot read papers from '\(path)': its content is binary, or text in an "
                    + "encoding that it does not tell",
                remedy: "Give a text file in UTF-8.")
        }
    }

    private static func notText(path: String, _ signature: FormatSignature) -> PaperFormatsError {
        PaperFormatsError(
            .notText, path: path, message: "Cannot read papers from '\(path)': it is \(signature.name)",
            remedy: signature.remedy)
    }

    /// A file is binary if this share of its bytes cannot be text.
    ///
    /// Random bytes have a share of .5 and more, European languages in an old 8-bit encoding one below .15.
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
        let ending = fileExtension(of: path)
        guard let look = TextLook(of: head, fileExtension: ending) else {
            return PaperFormatsError(
                .unknownFormat, path: path,
                message: "Cannot read papers from '\(path)': it has none of the known formats (\(names))",
                remedy:
                    "Give papers as JSON, or titles and abstracts with blank lines between them. If the file is the "
                    + "text of one paper, name the format 'text'.")
        }
        return PaperFormatsError(
            .unknownFormat, path: path,
            message: "Cannot read papers from '\(path)': it looks like \(look.name), and has none of the known formats "
                + "(\(names))",
            remedy: remedy(for: look))
    }

    private static func remedy(for look: TextLook) -> String {
        switch look {
        case .prose: "If the file is the text of one paper, name the format 'text'."
        case .table: "Say which column holds the titles, for example with '--map title=name'."
        default: "Give papers in one of the formats, or name the right one if the file has it."
        }
    }
}
