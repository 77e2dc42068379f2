#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The failure of a system call.
package struct SystemError: Error {
    package let number: Int32

    /// Makes a call until no signal interrupts it, and throws its error if it returns a negative number.
    package static func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let number = lastSystemError
            if number != EINTR { throw SystemError(number: number) }
        }
    }

    /// Whether the cause is that nothing more fits on the volume, or in the user's share of it.
    package var isLackOfSpace: Bool { number == ENOSPC || number == EDQUOT }

    package init(number: Int32) {
        self.number = number
    }
}

/// The number of the error that the last system call of this thread left behind.
package var lastSystemError: Int32 { errno }

/// What the system says about an error number: `No such file or directory`.
package func systemMessage(_ number: Int32) -> String {
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
