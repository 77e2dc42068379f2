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

/// The failure of a system call.
package struct SystemError: Error {
    /// The system's error number.
    package let number: Int32

    /// Repeats a call until no signal interrupts it.
    ///
    /// - Returns: What the call returns.
    /// - Throws: The error of a call that returns a negative number.
    package static func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let number = lastSystemError
            if number != EINTR { throw SystemError(number: number) }
        }
    }

    /// Whether the volume, or the user's share of it, is full.
    package var isLackOfSpace: Bool { number == ENOSPC || number == EDQUOT }

    /// Creates the error of a number.
    package init(number: Int32) {
        self.number = number
    }
}

/// The error number of the last system call of this thread that failed.
package var lastSystemError: Int32 { errno }

/// The system's words for an error number, such as `permission denied`: the part of a sentence.
package func systemMessage(_ number: Int32) -> String {
    // SAFETY: the buffer's length goes with its address, and the last byte stays the zero it was created with.
    var buffer = [CChar](repeating: 0, count: 256)
    let count = buffer.count - 1
    return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress, unsafe strerror_r(number, base, count) == 0 else {
            return "error \(number)"
        }
        let message = unsafe String(cString: base)
        // "I/O error" keeps its capital.
        let isWord = message.dropFirst().first?.isLowercase == true
        return isWord ? message.prefix(1).lowercased() + message.dropFirst() : message
    }
}
