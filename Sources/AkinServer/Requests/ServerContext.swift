import Hummingbird
import NIOCore

/// What the server knows of a request besides its text.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that the connection comes from.
    let remoteAddress: String
    /// The connection.
    let channel: any Channel
    /// What tells the request from others in logs.
    var requestID = ""

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
