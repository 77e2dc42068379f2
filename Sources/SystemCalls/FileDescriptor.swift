#if canImport(Darwin)
package import Darwin
#elseif canImport(Musl)
package import Musl
#else
package import Glibc
#endif

/// An open file, closed when it goes out of scope.
///
/// Calls that a signal interrupts are made again.
package struct FileDescriptor: ~Copyable {
    package let rawValue: Int32

    /// Opens `path`; the error, if any, is the system's number.
    ///
    /// Neither a terminal nor a pipe without a writer holds the call up, and no child process inherits the file.
    package init(opening path: String, flags: Int32, mode: mode_t = 0o666) throws(SystemError) {
        // SAFETY: Swift makes and ends the string.
        rawValue = try SystemError.retrying { unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode) }
    }

    deinit { _ = closeFile(rawValue) }

    /// Closes the file, and says if what was written to it did not arrive.
    package consuming func close() throws(SystemError) {
        let result = closeFile(rawValue)
        let number = lastSystemError
        discard self
        // After an interrupted close the descriptor is gone on Linux, and must not be closed again.
        if result != 0, number != EINTR { throw SystemError(number: number) }
    }

    /// What the system knows of the file.
    package borrowing func status() throws(SystemError) -> stat {
        var status = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        _ = try SystemError.retrying { unsafe fstat(rawValue, &status) }
        return status
    }

    /// Writes all `bytes` at the file's position or, if given, at `offset`.
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

    /// Reads up to `buffer.count` bytes at the file's position and returns their number, 0 at the end.
    package borrowing func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try SystemError.retrying {
            // SAFETY: the pointer and the length handed to the system are those of one buffer.
            unsafe buffer.withUnsafeMutableBytes { unsafe readFile(rawValue, $0.baseAddress, $0.count) }
        }
    }

    /// Asks the volume to keep what was written, beyond a loss of power.
    package borrowing func synchronize() throws(SystemError) {
        #if canImport(Darwin)
        // There, fsync does not empty the disk's own cache.
        if fcntl(rawValue, F_FULLFSYNC) == 0 { return }
        #endif
        _ = try SystemError.retrying { fsync(rawValue) }
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
