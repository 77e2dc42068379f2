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

/// What the system sends when a page of a mapped file cannot be read: the disk failed, or another program cut the file.
enum BusError {
    /// Lets the signal end the process with a message that says what to do. A file beyond the limit of its size is an
    /// error of the write and ends nothing.
    static func explain() {
        _ = signal(SIGXFSZ, SIG_IGN)
        _ = signal(SIGBUS) { _ in
            let message: StaticString = """
                akin: The system could not read a file of the library, because its disk failed or another program cut \
                the file. Run 'akin doctor'.

                """
            // SAFETY: the text lives as long as the program. Both calls may be made while anything else is interrupted.
            _ = unsafe write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
            _exit(CommandStatus.failed.rawValue)
        }
    }
}
