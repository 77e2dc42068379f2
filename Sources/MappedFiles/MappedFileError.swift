/// An error in opening, reading, writing or locking a file.
package struct MappedFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Code: Hashable, Sendable {
        /// The file does not exist, may not be read, or is no regular file.
        case cannotOpen
        /// The file has no bytes at all.
        case empty
        /// The file ends before the place where it says that it ends.
        case truncated
        /// The file is of another kind: another program's, or another part of this one.
        case notThisKind
        /// The format version of the file is newer than those that this build reads.
        case newerVersion
        /// The format version of the file is older than those that this build reads.
        case olderVersion
        /// The header or the section table does not hold what was written, or contradicts itself.
        case damagedHeader
        /// A section does not hold what was written, or is not the array that its reader expects.
        case damagedSection
        /// The file has no section of the name.
        case missingSection
        /// The file or folder cannot be created, written, renamed or removed.
        case cannotWrite
        /// The volume is full, or the user's share of it is.
        case noSpace
        /// The lock cannot be obtained, and no other holder is the reason.
        case cannotLock
    }

    /// The kind of failure.
    package let code: Code

    /// The path of the file or folder, as it was given.
    package let path: String

    /// The section that failed, if one did.
    package let section: String?

    /// What failed, on what, why, and what to do: one or two sentences for people.
    package let message: String

    /// The system's error number that is the cause, if there is one.
    package let systemError: Int32?

    /// Creates an error.
    package init(_ code: Code, path: String, section: String? = nil, systemError: Int32? = nil, message: String) {
        self.code = code
        self.path = path
        self.section = section
        self.systemError = systemError
        self.message = message
    }

    package var description: String { message }
}
