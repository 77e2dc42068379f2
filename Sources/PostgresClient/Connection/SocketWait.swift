#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How long a wait for a server goes on without looking whether its task was cancelled.
let waitingStep: Duration = .milliseconds(50)

/// Waits until a socket can be read or written, fails, or `waitingStep` has passed.
///
/// - Returns: Whether it can be read, and whether it can be written or failed.
func wait(forSocket socket: Int32, reading: Bool, writing: Bool) -> (isReadable: Bool, isWritable: Bool) {
    isReady(socket, reading: reading, writing: writing, milliseconds: 50)
}

/// Whether a socket has something to read, or was closed.
func hasInput(_ socket: Int32) -> Bool {
    isReady(socket, reading: true, writing: false, milliseconds: 0).isReadable
}

private func isReady(
    _ socket: Int32, reading: Bool, writing: Bool, milliseconds: Int32
) -> (isReadable: Bool, isWritable: Bool) {
    var descriptor = pollfd(
        fd: socket, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)), revents: 0)
    // SAFETY: the call gets the address and the count of one structure.
    guard unsafe poll(&descriptor, 1, milliseconds) > 0 else { return (false, false) }
    let events = Int32(descriptor.revents), failures = POLLERR | POLLHUP | POLLNVAL
    return (events & (POLLIN | failures) != 0, events & (POLLOUT | failures) != 0)
}

/// Waits a moment before something is looked at again.
func pause() {
    _ = poll(nil, 0, 10)
}
