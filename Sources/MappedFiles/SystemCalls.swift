#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The number of the error that the last system call of this thread left behind.
var lastSystemError: Int32 { errno }

/// What the system says about an error number: `No such file or directory`.
func systemMessage(_ number: Int32) -> String {
    // SAFETY: the buffer's length goes with its address, and the last byte stays the zero it was created with.
    var buffer = [CChar](repeating: 0, count: 256)
    let count = buffer.count - 1
    return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress, unsafe strerror_r(number, base, count) == 0 else {
            return "error \(number)"
        }
        return unsafe String(cString: base)
    }
}

/// An open file, closed when it goes out of scope.
///
/// Calls that a signal interrupts are made again.
struct FileDescriptor: ~Copyable {
    let rawValue: Int32

    /// Opens `path`; the error, if any, is the system's number.
    ///
    /// Neither a terminal nor a pipe without a writer holds the call up, and no child process inherits the file.
    init(opening path: String, flags: Int32, mode: mode_t = 0o666) throws(SystemError) {
        // SAFETY: Swift makes and ends the string.
        rawValue = try SystemError.retrying { unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode) }
    }

    deinit { _ = closeFile(rawValue) }

    /// Closes the file, and says if what was written to it did not arrive.
    consuming func close() throws(SystemError) {
        let result = closeFile(rawValue)
        let number = lastSystemError
        discard self
        // After an interrupted close the descriptor is gone on Linux, and must not be closed again.
        if result != 0, number != EINTR { throw SystemError(number: number) }
    }

    /// What the system knows of the file.
    borrowing func status() throws(SystemError) -> stat {
        var status = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        _ = try SystemError.retrying { unsafe fstat(rawValue, &status) }
        return status
    }

    /// Writes all `bytes` at the file's position or, if given, at `offset`.
    borrowing func write(_ bytes: RawSpan, at offset: Int? = nil) throws(SystemError) {
        var written = 0
        while written < bytes.byteCount {
            let rest = bytes.extracting(droppingFirst: written)
            // SAFETY: the pointer and the length handed to the system are those of one span.
            let (count, number) = unsafe rest.withUnsafeBytes { rest -> (Int, Int32) in
                let count =
                    if let offset {
                        unsafe pwrite(rawValue, rest.baseAddress, rest.count, off_t(offset + written))
                    } else {
                        unsafe writeFile(rawValue, rest.baseAddress, rest.count)
                    }
                return (count, lastSystemError)
            }
            if count > 0 {
                written += count
            } else if count == 0 || number != EINTR {
                throw SystemError(number: count == 0 ? EIO : number)
            }
        }
    }

    /// Reads up to `buffer.count` bytes at the file's position and returns their number, 0 at the end.
    borrowing func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try SystemError.retrying {
            // SAFETY: the pointer and the length handed to the system are those of one buffer.
            unsafe buffer.withUnsafeMutableBytes { unsafe readFile(rawValue, $0.baseAddress, $0.count) }
        }
    }

    /// Asks the volume to keep what was written, beyond a loss of power.
    borrowing func synchronize() throws(SystemError) {
        #if canImport(Darwin)
        // There, fsync does not empty the disk's own cache.
        if fcntl(rawValue, F_FULLFSYNC) == 0 { return }
        #endif
        _ = try SystemError.retrying { fsync(rawValue) }
    }
}

/// The failure of a system call.
struct SystemError: Error {
    let number: Int32

    /// Makes a call until no signal interrupts it, and throws its error if it returns a negative number.
    static func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let number = lastSystemError
            if number != EINTR { throw SystemError(number: number) }
        }
    }

    /// Whether the cause is that nothing more fits on the volume, or in the user's share of it.
    var isLackOfSpace: Bool { number == ENOSPC || number == EDQUOT }

    /// The error of a failed attempt to write `path`.
    func onWriting(_ path: String) -> MappedFileError {
        if isLackOfSpace {
            return MappedFileError(
                .noSpace, path: path, systemError: number,
                message:
                    "Cannot write '\(path)': \(systemMessage(number)). Free some space on its volume and try again."
            )
        }
        return MappedFileError(
            .cannotWrite, path: path, systemError: number,
            message:
                "Cannot write '\(path)': \(systemMessage(number)). Check the folder, its permissions and its volume."
        )
    }

    /// The error of a failed attempt to open `path`.
    func onOpening(_ path: String) -> MappedFileError {
        MappedFileError(
            .cannotOpen, path: path, systemError: number,
            message: "Cannot open '\(path)': \(systemMessage(number)). Check that it exists and may be read."
        )
    }
}

// The C functions whose names a method here covers.
private func closeFile(_ file: Int32) -> Int32 { close(file) }
private func writeFile(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(file, bytes, count)
}
private func readFile(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(file, bytes, count)
}

// The C functions whose paths are a string each, ended by a zero as long as the call takes.
// SAFETY: Swift makes and ends these strings, and the functions keep no pointer to them.
func removeName(_ path: String) { _ = unsafe unlink(path) }
func renameFile(_ path: String, to newPath: String) -> Int32 { unsafe rename(path, newPath) }
func linkFile(_ path: String, to newPath: String) -> Int32 {
    unsafe linkat(AT_FDCWD, path, AT_FDCWD, newPath, AT_SYMLINK_FOLLOW)
}
func nameExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// The folder that holds `path`.
func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
