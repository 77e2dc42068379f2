import Papers

/// The bytes of a stream as UTF-8, whatever encoding its text has.
///
/// The encoding is told from the first bytes, see ``EncodingGuess``. As long as they are ASCII, the next ones decide.
/// Bytes whose encoding is not certain stay as they are, except in single lines, see ``StrayLines``. So do line feeds;
/// the carriage returns of a text that has no
/// line feed become line feeds, so that lines can be counted.
final class DecodedText: ByteStream {
    private let source: PeekedStream
    private var state = State.start
    private var declared: TextEncoding?
    private var hasBareReturns = false

    /// How many bytes of the source are a byte-order mark.
    private var markLength = 0

    /// The encoding that the text is read in, if it is not UTF-8.
    private var encoding: TextEncoding?
    private var converter: TextConverter?

    /// Text that was converted and not read yet.
    private var text: [UInt8] = []
    private var textStart = 0

    /// The lines of a text in UTF-8.
    private var lines = StrayLines()

    /// Bytes of the source that were not converted yet: the beginning of a character.
    private var rest: [UInt8] = []

    private enum State {
        case start, ascii, lines, asItIs, converting, end
    }

    init(_ source: PeekedStream) {
        self.source = source
    }

    var bytesOfDisk: Int { source.bytesOfDisk }

    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        if state == .start { try begin() }
        while textStart < text.count || state != .end {
            if textStart < text.count { return take(count, into: &buffer) }
            switch state {
            case .asItIs: return try pass(count, into: &buffer)
            case .ascii: try passASCII()
            case .lines: try passLines()
            default: try convert()
            }
        }
    }

    /// Whether the bytes of the source are not those that this stream gives.
    var isConverting: Bool { encoding != nil }

    /// What to say about the encoding.
    func notes(path: String) -> [ImportNote] {
        guard let encoding else {
            return lines.remarks.map { ImportNote(.otherEncoding, file: path, line: 1, message: $0) }
        }
        let count = converter?.replacedCount ?? 0
        let replaced =
            count == 0 ? "" : "; \(count) of its characters \(count == 1 ? "is" : "are") none and became '\u{FFFD}'"
        return [ImportNote(.otherEncoding, file: path, line: 1, message: "read as \(encoding.name)\(replaced)")]
    }

    // MARK: - Steps

    private func begin() throws(PaperFormatsError) {
        let sample = try source.peek(EncodingGuess.sampleLength)
        declared = DeclaredEncoding(of: sample).flatMap { TextEncoding(declared: $0.name) }
        decide(sample, isStart: true)
        if state == .converting { return try convert(isStart: true) }
        // The first bytes are read at once, because they may have a declaration that is not true any more.
        guard FormatSignature(of: sample) == nil else { return state = .asItIs }
        hasBareReturns = DecodedText.hasBareReturns(sample)
        var bytes: [UInt8] = []
        try source.read(upTo: max(1, sample.count), into: &bytes)
        DeclaredEncoding.remove(from: &bytes)
        replaceReturns(in: &bytes, from: 0)
        if bytes.isEmpty { state = .end }
        if state == .lines { return lines.append(bytes, isLast: false, to: &text) }
        lines.pass(bytes[...])
        text = bytes
    }

    private func decide(_ sample: ArraySlice<UInt8>, isStart: Bool) {
        switch EncodingGuess(sample, isStart: isStart, declared: declared) {
        case .asItIs: beginLines(sample)
        case .undecided where isStart && !sample.contains { $0 >= 0x80 }: state = .ascii
        case .undecided: beginLines(sample)
        case .other(let found, let markLength):
            guard let converter = TextConverter(from: found.iconvName) else { return beginLines(sample) }
            self.converter = converter
            encoding = found
            state = .converting
            self.markLength = markLength
        }
    }

    private func beginLines(_ sample: ArraySlice<UInt8>) {
        state = .lines
        let (characters, others) = EncodingGuess.countOfUTF8(sample)
        lines.isUTF8 = characters > 0 && characters >= others
    }

    private func take(_ count: Int, into buffer: inout [UInt8]) {
        let end = min(text.count, textStart + count)
        buffer.append(contentsOf: text[textStart..<end])
        textStart = end
        if textStart == text.count {
            text.removeAll(keepingCapacity: true)
            textStart = 0
        }
    }

    private func pass(_ count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        let before = buffer.count
        try source.read(upTo: count, into: &buffer)
        replaceReturns(in: &buffer, from: before)
        if buffer.count == before { state = .end }
    }

    private func passLines() throws(PaperFormatsError) {
        var bytes: [UInt8] = []
        try source.read(upTo: EncodingGuess.sampleLength, into: &bytes)
        let isLast = bytes.isEmpty
        replaceReturns(in: &bytes, from: 0)
        lines.append(bytes, isLast: isLast, to: &text)
        if isLast { state = .end }
    }

    /// Passes on bytes of ASCII. Decides at the first others.
    private func passASCII() throws(PaperFormatsError) {
        let sample = try source.peek(EncodingGuess.sampleLength)
        guard !sample.isEmpty else { return state = .end }
        if let first = sample.firstIndex(where: { $0 >= 0x80 }), first == sample.startIndex {
            return decide(sample, isStart: false)
        }
        let length = (sample.firstIndex { $0 >= 0x80 } ?? sample.endIndex) - sample.startIndex
        // The byte before the first that is not ASCII stays with it: it may be a letter that tells the encoding.
        if length < sample.count, length == 1 { return decide(sample, isStart: false) }
        let before = text.count
        try source.read(upTo: length < sample.count ? length - 1 : length, into: &text)
        replaceReturns(in: &text, from: before)
        lines.pass(text[before...])
    }

    private func convert(isStart: Bool = false) throws(PaperFormatsError) {
        guard let converter else { return state = .end }
        var bytes = rest
        let before = bytes.count
        try source.read(upTo: EncodingGuess.sampleLength, into: &bytes)
        let isLast = bytes.count == before
        if isStart { bytes.removeFirst(min(markLength, bytes.count)) }
        let start = text.count
        let used = converter.convert(bytes[...], into: &text, isLast: isLast)
        rest = Array(bytes[used...])
        if isLast { state = .end }
        if isStart {
            DeclaredEncoding.remove(from: &text)
            hasBareReturns = DecodedText.hasBareReturns(text[...])
        }
        replaceReturns(in: &text, from: start)
    }

    // MARK: - Line ends

    /// Whether lines end with carriage returns alone, as those of the first Macs did.
    private static func hasBareReturns(_ sample: ArraySlice<UInt8>) -> Bool {
        !sample.contains(UInt8(ascii: "\n")) && sample.dropLast().contains(UInt8(ascii: "\r"))
    }

    private func replaceReturns(in bytes: inout [UInt8], from start: Int) {
        guard hasBareReturns else { return }
        for index in start..<bytes.count where bytes[index] == UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: "\n") }
    }
}
