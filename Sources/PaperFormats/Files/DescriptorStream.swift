#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The bytes of an open file or pipe.
final class DescriptorStream: ByteStream {
    private(set) var bytesOfDisk = 0
    private let descriptor: Int32
    private let path: String

    /// Opens the file at a path. `-` is standard input.
    init(path: String) throws(PaperFormatsError) {
        self.path = path
        if path == PaperFile.standardInput {
            descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
        } else {
            // SAFETY: the system reads the path, a C string that lives for the call.
            descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw PaperFormatsError.unreadable(path, errno) }
    }

    deinit {
        close(descriptor)
    }

    func read(upTo count: Int, into buffer: inout [UInt8]) throws(PaperFormatsError) {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        let result = readBytes(from: descriptor, into: &buffer, at: start)
        buffer.removeLast(count - max(result.count, 0))
        guard result.count >= 0 else { throw PaperFormatsError.unreadable(path, result.code) }
        bytesOfDisk += result.count
    }
}

/// Reads into a buffer from `start` on, at the position of the file or, if given, at `offset`. Returns the number of
/// bytes, or -1 and the system's error code.
func readBytes(
    from descriptor: Int32, into buffer: inout [UInt8], at start: Int, offset: Int? = nil
) -> (count: Int, code: Int32) {
    // SAFETY: the kernel writes at most `bytes.count - start` bytes from `start` on, all inside the array.
    unsafe buffer.withUnsafeMutableBytes { bytes in
        while true {
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            let count =
                if let offset {
                    unsafe pread(descriptor, target.baseAddress, target.count, off_t(offset))
                } else {
                    unsafe read(descriptor, target.baseAddress, target.count)
                }
            if count >= 0 || errno != EINTR { return (count, errno) }
        }
    }
}
