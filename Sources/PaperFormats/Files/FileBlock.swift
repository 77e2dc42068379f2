/// Consecutive bytes of a file, cut into lines or records.
struct FileBlock: Sendable {
    /// One line or record: where it stands and which bytes it has.
    struct Part: Sendable {
        /// The line of the file on which the part begins, from 1.
        let line: Int

        /// The bytes of the part. Empty if it is too long.
        let range: Range<Int>

        /// Whether the part is longer than ``FileBlock/maximumPartLength``. Its bytes were then dropped.
        let isTooLong: Bool
    }

    /// The longest part that is kept, in bytes: 16 MB. It bounds the memory that a file can demand.
    static let maximumPartLength = 16 << 20

    /// The reason that is given for a part that is too long.
    static let tooLongReason = "longer than \(maximumPartLength >> 20) MB"

    /// How many bytes a reader requests from the file at once. More does not make reading faster.
    static let readLength = 1 << 19

    /// The most parts of a block. It bounds the memory that a file of very short lines or records can demand.
    static let maximumPartCount = 1 << 16

    let bytes: [UInt8]
    let parts: [Part]
}
