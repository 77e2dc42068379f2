import SystemCalls

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

/// A file whose bytes lie in memory, read-only, as long as the object lives. It is a regular file that is mapped, a
/// part of the program, or a copy of bytes.
///
/// The system reads a page when it is first used, and shares pages between processes. A mapped file may be renamed or
/// removed. It must not be cut short: the system stops a process that reads beyond the new end.
@safe
package final class MappedFile: Sendable {
    /// The path as it was given, or the name of the part of the program.
    package let path: String

    /// The size of the file in bytes. May be 0.
    package let byteCount: Int

    /// The first byte of the mapping, or `nil` if the file is empty.
    nonisolated(unsafe) let baseAddress: UnsafeRawPointer?

    /// Where the bytes are.
    private let place: Place

    private enum Place {
        case mapping
        case program
        case ownMemory
    }

    private var isMapped: Bool { place == .mapping }

    /// Maps the file at `path`.
    ///
    /// - Throws: `cannotOpen` if there is no such file, it may not be read, or it is a folder, a pipe or a device.
    package init(path: String) throws(MappedFileError) {
        self.path = path
        place = .mapping
        let isRegular: Bool
        mapping: do throws(SystemError) {
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            let status = try file.status()
            isRegular = status.st_mode & S_IFMT == S_IFREG
            byteCount = Int(status.st_size)
            guard isRegular, byteCount > 0 else {
                unsafe baseAddress = nil
                break mapping
            }
            // SAFETY: the mapping is `byteCount` bytes long, readable, and is undone by `deinit` alone.
            let base = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, file.rawValue, 0)
            guard let base = unsafe base, unsafe base != MAP_FAILED else { throw SystemError(number: lastSystemError) }
            unsafe baseAddress = UnsafeRawPointer(base)
        } catch {
            throw error.onOpening(path)
        }
        guard isRegular else {
            throw MappedFileError(
                .cannotOpen, path: path,
                message: "Cannot open '\(path)': it is a folder, a pipe or a device. Give the path of a file."
            )
        }
    }

    /// Takes bytes that are part of the program.
    ///
    /// SAFETY: the caller vouches that they are never written, stay in place as long as the program runs, and start at
    /// a multiple of 64 bytes.
    @unsafe
    package init(name: String, resident bytes: UnsafeRawBufferPointer) {
        path = name
        place = .program
        byteCount = bytes.count
        unsafe baseAddress = bytes.baseAddress
    }

    /// Copies bytes, which need not be aligned.
    package init(name: String, copying bytes: RawSpan) {
        path = name
        place = .ownMemory
        byteCount = bytes.byteCount
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, bytes.byteCount), alignment: sectionAlignment)
        // SAFETY: there is memory for as many bytes, which `deinit` alone frees.
        unsafe bytes.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { unsafe memory.copyMemory(from: source, byteCount: bytes.count) }
        }
        unsafe baseAddress = UnsafeRawPointer(memory)
    }

    deinit {
        guard let base = unsafe baseAddress else { return }
        let memory = unsafe UnsafeMutableRawPointer(mutating: base)
        // SAFETY: the same address and length as in the initializer; nobody can hold the object any more.
        switch place {
        case .mapping: unsafe munmap(memory, byteCount)
        case .ownMemory: unsafe memory.deallocate()
        case .program: break
        }
    }

    /// Tells the system that reads of some bytes will be all over them, so that it reads no pages ahead.
    ///
    /// A system may read megabytes ahead of each page. Where memory holds a part of the file only, these push out pages
    /// that are needed. This is a hint, so a failure does not matter.
    package func expectScatteredReads(in range: Range<Int>) {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
        let first = (range.lowerBound + pageSize - 1) / pageSize * pageSize
        let end = min(range.upperBound, byteCount) / pageSize * pageSize
        guard isMapped, first < end, let base = unsafe baseAddress else { return }
        // SAFETY: the pages lie in the mapping, which starts at a page, and their contents do not change.
        _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_RANDOM)
    }

    /// Calls `body` with all bytes of the file.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: the mapping has `byteCount` bytes and outlives the call.
        try withExtendedLifetime(self) { () throws(Failure) in
            try body(unsafe UnsafeRawBufferPointer(start: baseAddress, count: byteCount).bytes)
        }
    }
}
