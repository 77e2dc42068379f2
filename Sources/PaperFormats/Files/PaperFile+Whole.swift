import Papers

extension PaperFile {
    /// Returns all bytes that nobody has read yet; `nil` if the file is longer than a record may be.
    ///
    /// - Throws: ``PaperFormatsError`` with ``PaperFormatsError/Code/unreadable``.
    func readWhole() throws(PaperFormatsError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count <= FileBlock.maximumPartLength {
            guard try read(upTo: FileBlock.readLength, into: &bytes) > 0 else { return bytes }
        }
        return nil
    }
}

extension PaperBatch {
    /// The report of a file that is read as one record and is too long for one.
    static func tooLong(_ path: String) -> PaperBatch {
        PaperBatch(skipped: [SkippedRecord(.tooLong, file: path, line: 1, reason: FileBlock.tooLongReason)])
    }
}
