#if os(Windows)
#error("Akin does not build for Windows: it opens, locks, maps and renames files as POSIX does.")
#elseif os(WASI)
#error("Akin does not build for WASI, which has neither memory maps, nor locks of files, nor threads.")
#endif

#if canImport(Darwin)
package import Darwin
#elseif canImport(Musl)
package import Musl
#elseif canImport(Android)
package import Android
#elseif canImport(Bionic)
package import Bionic
#else
package import Glibc
#endif

/// An open file. It is closed when it goes out of scope.
///
/// Calls that a signal interrupts are repeated.
package struct FileDescriptor: ~Copyable, Sendable {
    package let rawValue: Int32

    /// Opens the file at `path`.
    ///
    /// The call does not wait for a terminal or for a pipe without a writer. No child process inherits the file.
    ///
    /// - Throws: The system's error; `EINVAL` if the path holds a NUL, where the system would take its end to be.
    package init(opening path: String, flags: Int32, mode: mode_t = 0o666) throws(SystemError) {
        if path.utf8.contains(0) { throw SystemError(number: EINVAL) }
        // SAFETY: Swift makes and ends the string.
        rawValue = try SystemError.retrying { unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode) }
    }

    deinit { _ = closeFile(rawValue) }

    /// Closes the file.
    ///
    /// - Throws: The system's error, if something that was written did not arrive.
    package consuming func close() throws(SystemError) {
        let result = closeFile(rawValue)
        let number = lastSystemError
        discard self
        // After an interrupted close the descriptor is gone on Linux, and must not be closed again.
        if result != 0, number != EINTR { throw SystemError(number: number) }
    }

    /// The properties of the file.
    ///
    /// - Throws: The system's error.
    package borrowing func status() throws(SystemError) -> stat {
        var status = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        _ = try SystemError.retrying { unsafe fstat(rawValue, &status) }
        return status
    }

    /// Writes all `bytes` at the file's position or, if given, at `offset`.
    ///
    /// - Throws: The system's error.
    package borrowing func write(_ bytes: RawSpan, at offset: Int? = nil) throws(SystemError) {
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

    /// Reads up to `buffer.count` bytes at the file's position.
    ///
    /// - Returns: The number of bytes, 0 at the end.
    /// - Throws: The system's error.
    package borrowing func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try SystemError.retrying {
            // SAFETY: the pointer and the length handed to the system are those of one buffer.
            unsafe buffer.withUnsafeMutableBytes { unsafe readFile(rawValue, $0.baseAddress, $0.count) }
        }
    }

    /// Reads bytes from a place on, as many as there are.
    ///
    /// - Parameters:
    ///   - buffer: Gets the bytes at its beginning.
    ///   - count: The most bytes to read.
    ///   - offset: The place of the first in the file.
    /// - Returns: Their number, less than `count` only at the end of the file.
    /// - Throws: The system's error.
    /// - Precondition: The buffer has room for `count` bytes.
    package borrowing func read(into buffer: inout [UInt8], count: Int, at offset: Int) throws(SystemError) -> Int {
        precondition(count >= 0 && count <= buffer.count, "\(count) bytes do not fit into \(buffer.count)")
        var read = 0
        while read < count {
            let part = try SystemError.retrying {
                // SAFETY: the bytes from `read` to `count` lie within the buffer.
                unsafe buffer.withUnsafeMutableBytes { buffer in
                    unsafe pread(
                        rawValue, buffer.baseAddress.map { unsafe $0 + read }, count - read, off_t(offset + read))
                }
            }
            if part == 0 { break }
            read += part
        }
        return read
    }

    /// Makes the volume keep what was written beyond a loss of power.
    ///
    /// - Throws: The system's error.
    package borrowing func synchronize() throws(SystemError) {
        #if canImport(Darwin)
        // There, fsync does not empty the disk's own cache.
        if fcntl(rawValue, F_FULLFSYNC) == 0 { return }
        #endif
        _ = try SystemError.retrying { fsync(rawValue) }
    }
}

// The C functions whose names the methods above hide.
private func closeFile(_ file: Int32) -> Int32 { close(file) }
private func writeFile(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(file, bytes, count)
}
private func readFile(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(file, bytes, count)
}
