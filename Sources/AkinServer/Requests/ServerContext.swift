import Hummingbird
import NIOCore

/// What the server knows of a request besides its text.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that the connection comes from.
    let remoteAddress: String
    /// What tells the request from others in logs.
    var requestID = ""

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
