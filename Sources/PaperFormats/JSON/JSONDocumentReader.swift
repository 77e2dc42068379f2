/// Cuts a JSON document into records without reading it whole.
///
/// The document is an object, a list of objects, or an object around a list of objects (``JSONFrame``); other keys of
/// such an object are ignored. Several documents may follow each other. The reader looks at brackets and strings only:
///
/// 1. Between records, white space and commas are ignored. `{` begins a record. Anything else that is no bracket of the
///    document begins a record too, so that decoding it reports the reason.
/// 2. Inside a record, brackets are counted until the record is closed. A line feed inside a string proves that a
///    quotation mark is missing. It ends the string, and from there on `{` at the beginning of a line begins a new
///    record, so that the rest of the file is not lost.
/// 3. An object at the top of the document is a record until `"papers": [` appears directly inside it. Then it is the
///    frame of a list, and its text up to there is dropped. Other keys of lists make it a frame if an object follows
///    and no title stands before them, because records have such keys, too.
///
/// Memory is bounded by the block length and ``FileBlock/maximumPartLength``: a longer record is dropped while it is
/// read and reported.
struct JSONDocumentReader {
    private var file: BlockBytes

    // MARK: State of the scan

    /// What encloses the next value.
    private enum Place {
        /// Nothing.
        case top
        /// A list of papers, inside as many objects.
        case list(depth: Int)
        /// The rest of an object whose list of papers has ended.
        case frame
    }

    private struct OpenRecord {
        /// The position of its first byte.
        var start: Int
        /// The line on which it begins.
        let line: Int
        /// Whether it may turn out to be the frame of a list.
        var mayBeFrame: Bool
        /// Whether it has a title or an abstract. Then only Akin's own key makes it a frame.
        var isPaper = false
        /// Whether the object inside it that is open at depth 2 may hold the list.
        var hasWrapper = false
        var isTooLong = false
        /// Whether a quotation mark is missing.
        var isBroken = false
    }

    /// How much of `"papers": [` has been read, or of another key with a list.
    private enum ListMark {
        case none
        case key(start: Int)
        case keyEnded(Key)
        case colon(Key)
        /// The bracket of a list that is one of records if an object follows.
        case opened
    }

    /// What follows a key.
    private enum Key {
        /// A list of papers, in any case.
        case ownList
        /// Possibly a list of records.
        case list
        /// Possibly an object that has the list.
        case wrapper
    }

    private var place = Place.top
    private var record: OpenRecord?
    /// The brackets that are open inside the record or frame, its own included.
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var listMark = ListMark.none
    private var line = 1
    /// Whether only white space stands before the next byte on its line.
    private var isAtLineStart = true
    private var parts: [FileBlock.Part] = []

    /// Creates a reader that returns blocks of about `blockLength` bytes.
    init(_ file: PaperFile, blockLength: Int) {
        self.file = BlockBytes(file, blockLength: blockLength)
    }

    /// The last line, if the file ended in the middle of the document and no record reports that.
    private(set) var lineOfEarlyEnd: Int?

    /// Returns the next records, or `nil` after the last.
    mutating func next() throws(PaperFormatsError) -> FileBlock? {
        while let (bytes, _, unseen) = try file.next() {
            let block = split(bytes, from: unseen)
            if !block.parts.isEmpty { return block }
        }
        return nil
    }

    /// Cuts bytes into records. The beginning of an unfinished record is kept for the next block.
    private mutating func split(_ bytes: [UInt8], from scanned: Int) -> FileBlock {
        parts = []
        let end = scan(bytes, from: scanned)
        if end < bytes.count {
            file.uncut = (bytes, end)
        } else if file.isAtEnd {
            if record != nil {
                endRecord(before: bytes.count)
            } else if case .top = place {
            } else {
                lineOfEarlyEnd = line
            }
        } else if let open = record {
            carry(open, of: bytes)
        } else if case .key = listMark {
            // The key of a frame that the block cuts is no key of a list.
            listMark = .none
        }
        return FileBlock(bytes: bytes, parts: parts)
    }

    private mutating func carry(_ open: OpenRecord, of bytes: [UInt8]) {
        var open = open
        if open.isTooLong || bytes.count - open.start > FileBlock.maximumPartLength {
            open.isTooLong = true
            open.mayBeFrame = false
            listMark = .none
        } else {
            file.unfinished = Array(bytes[open.start...])
            if case .key(let start) = listMark { listMark = .key(start: start - open.start) }
        }
        open.start = 0
        record = open
    }
}

// MARK: - The scan

extension JSONDocumentReader {
    /// Returns where it stopped: at the end, unless the parts are as many as a block may have.
    private mutating func scan(_ bytes: [UInt8], from first: Int) -> Int {
        for index in first..<bytes.count {
            if parts.count >= FileBlock.maximumPartCount { return index }
            let byte = bytes[index]
            if isInString {
                scanString(byte, at: index, in: bytes)
            } else if depth > 0 {
                if byte == UInt8(ascii: "{"), isAtLineStart, record?.isBroken == true { endRecord(before: index) }
                if depth > 0 { scanInside(byte, at: index) } else { scanBetween(byte, at: index) }
            } else {
                scanBetween(byte, at: index)
            }
            if byte == UInt8(ascii: "\n") {
                line += 1
                isAtLineStart = true
            } else if isAtLineStart, !isJSONSpace(byte) {
                isAtLineStart = false
            }
        }
        return bytes.count
    }

    private mutating func scanString(_ byte: UInt8, at index: Int, in bytes: [UInt8]) {
        if byte == UInt8(ascii: "\n") {
            isInString = false
            isEscaped = false
            listMark = .none
            record?.isBroken = true
            if depth == 0 { endRecord(before: index) }
        } else if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
            if depth == 0 { return endRecord(before: index + 1) }
            if case .key(let start) = listMark { endKey(bytes[start..<index]) }
        }
    }

    /// Notes what the key of a record that may be a frame says.
    private mutating func endKey(_ bytes: ArraySlice<UInt8>) {
        listMark = .none
        let key = String(decoding: bytes, as: UTF8.self)
        if record == nil {
            // Behind a list, only the lists of a cache of answers follow, one for each DOI.
            if JSONFrame.isDOI(key) { listMark = .keyEnded(.list) }
        } else if depth == 2 {
            if key == JSONFrame.wrappedKey { listMark = .keyEnded(.list) }
        } else if key == JSONFrame.ownKey {
            listMark = .keyEnded(.ownList)
        } else if record?.isPaper != true {
            if JSONFrame.mayBeListKey(key) { listMark = .keyEnded(.list) }
            if key == JSONFrame.wrapperKey { listMark = .keyEnded(.wrapper) }
            if PaperField.isTitleOrAbstract(key) { record?.isPaper = true }
        }
    }

    /// Whether a string that begins now may be a key that makes the open record a frame.
    private var mayBeListKey: Bool {
        if case .frame = place, record == nil { return depth == 1 }
        guard let record, record.mayBeFrame else { return false }
        return depth == 1 || depth == 2 && record.hasWrapper
    }

    /// Inside a record, or inside the frame of a list.
    private mutating func scanInside(_ byte: UInt8, at index: Int) {
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            listMark = mayBeListKey ? .key(start: index + 1) : .none
        case UInt8(ascii: ":"):
            if case .keyEnded(let key) = listMark { listMark = .colon(key) } else { listMark = .none }
        case UInt8(ascii: "["):
            if case .colon(.ownList) = listMark {
                beginList()
            } else if case .colon(.list) = listMark {
                depth += 1
                listMark = .opened
            } else {
                depth += 1
                listMark = .none
            }
        case UInt8(ascii: "{"):
            if case .opened = listMark {
                depth -= 1
                beginList()
                return scanBetween(byte, at: index)
            }
            if case .colon(.wrapper) = listMark { record?.hasWrapper = true }
            depth += 1
            listMark = .none
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            listMark = .none
            depth -= 1
            if depth == 1 { record?.hasWrapper = false }
            guard depth == 0 else { return }
            if record == nil { place = .top } else { endRecord(before: index + 1) }
        default:
            if !isJSONSpace(byte) { listMark = .none }
        }
    }

    /// Makes the open record the frame of the list that begins.
    private mutating func beginList() {
        record = nil
        place = .list(depth: depth)
        depth = 0
        listMark = .none
    }

    /// Between records, or inside one that is neither an object nor a list nor a string.
    private mutating func scanBetween(_ byte: UInt8, at index: Int) {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\n"):
            endRecord(before: index)
        case UInt8(ascii: "{"):
            endRecord(before: index)
            beginRecord(at: index)
            depth = 1
        case UInt8(ascii: "["):
            endRecord(before: index)
            if case .top = place {
                place = .list(depth: 0)
            } else {
                beginRecord(at: index)
                depth = 1
            }
        case UInt8(ascii: "]"):
            endRecord(before: index)
            switch place {
            case .list(depth: 0): place = .top
            case .list(let frameDepth):
                place = .frame
                depth = frameDepth
            default: beginRecord(at: index)
            }
        case UInt8(ascii: "\""):
            endRecord(before: index)
            beginRecord(at: index)
            isInString = true
        default:
            if record == nil, !isJSONSpace(byte) { beginRecord(at: index) }
        }
    }

    private mutating func beginRecord(at index: Int) {
        var isAtTop = false
        if case .top = place { isAtTop = true }
        record = OpenRecord(start: index, line: line, mayBeFrame: isAtTop)
    }

    /// Closes the open record, if there is one.
    private mutating func endRecord(before end: Int) {
        guard let open = record else { return }
        let isTooLong = open.isTooLong || end - open.start > FileBlock.maximumPartLength
        let range = isTooLong ? open.start..<open.start : open.start..<end
        parts.append(FileBlock.Part(line: open.line, range: range, isTooLong: isTooLong))
        record = nil
        depth = 0
    }
}
