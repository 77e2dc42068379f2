import Foundation
import MappedFiles
import TestSupport
import Testing

@Suite("A file lock")
struct FileLockTests {
    @Test(arguments: [false, true])
    func `an exclusive lock excludes others while it lives`(onFolder: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = onFolder ? folder : folder + "/lock"
            do {
                let lock = try FileLock.attempt(path, .exclusive)
                #expect(lock != nil)
                #expect(try FileLock.attempt(path, .exclusive) == nil)
                #expect(try FileLock.attempt(path, .shared) == nil)
                #expect(lock?.isInPlace == true)
                withExtendedLifetime(lock) {}
            }
            #expect(try FileLock.attempt(path, .exclusive) != nil)
        }
    }

    @Test
    func `a shared lock is shared with other shared ones and excludes exclusive ones`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/lock"
            let first = try FileLock(path, .shared)
            let second = try FileLock.attempt(path, .shared)
            #expect(second != nil)
            #expect(try FileLock.attempt(path, .exclusive) == nil)
            withExtendedLifetime((first, second)) {}
        }
    }

    @Test
    func `a file lock that is taken makes others wait`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/lock"
            var held = try FileLock.attempt(path, .exclusive)
            let obtained = DispatchSemaphore(value: 0)
            let thread = Thread {
                if (try? FileLock(path, .exclusive)) != nil { obtained.signal() }
            }
            thread.start()
            #expect(obtained.wait(timeout: .now() + 0.1) == .timedOut)
            #expect(held != nil)
            held = nil
            #expect(obtained.wait(timeout: .now() + 10) == .success)
        }
    }

    @Test
    func `a file lock tells whether its path still names the locked file`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/lock"
            let lock = try FileLock(path, .shared)
            try FileManager.default.removeItem(atPath: path)
            #expect(!lock.isInPlace)
            let other = try FileLock.attempt(path, .exclusive)
            #expect(other?.isInPlace == true)
            #expect(!lock.isInPlace)
        }
    }

    @Test
    func `a file lock leaves the bytes of its file alone`() throws {
        try TemporaryFolder.with { folder in
            try write([1, 2, 3], to: folder + "/lock")
            _ = try FileLock(folder + "/lock", .exclusive)
            #expect(try contents(of: folder + "/lock") == [1, 2, 3])
        }
    }

    @Test
    func `a lock on an absent folder is refused with the reason`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/absent/lock"
            let error = mappedFileError { _ = try FileLock(path, .shared) }
            #expect(error?.code == .cannotLock)
            #expect(error?.message.contains(path) == true)
        }
    }
}
