import Akin
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServerSettings

/// Who may ask the server: by which names, from which pages, and with which token.
struct AccessRules: Sendable {
    /// The names by which the server is asked, lowercased, without a port.
    private let hosts: Set<String>
    private let token: SecretToken?
    private let trustsProxy: Bool
    /// Whether only this machine reaches the server.
    let isLocal: Bool

    /// Checks settings.
    ///
    /// - Throws: `AkinError` with code `invalidArgument` for a server that others could use without a token.
    init(_ settings: ServerSettings, token: String?) throws(AkinError) {
        let listensLocally =
            Self.loopback.contains(settings.host) || settings.host.hasPrefix("127.") && Self.isAddress(settings.host)
        guard listensLocally || token != nil || settings.trustsProxy else {
            throw AkinError(
                .invalidArgument,
                "Cannot listen at '\(settings.host)', where other machines reach it, without a token: set "
                    + "\(ServerSettings.tokenVariable), name a file with one, or let a proxy stand before the server.")
        }
        if let token, token.utf8.count < SecretToken.shortest {
            throw AkinError(
                .invalidArgument, "The token is too short: it needs \(SecretToken.shortest) characters or more.")
        }
        hosts = Set(([settings.host] + Self.loopback + settings.allowedHosts).map { $0.lowercased() })
        self.token = token.map(SecretToken.init)
        trustsProxy = settings.trustsProxy
        isLocal = listensLocally && !settings.trustsProxy
    }

    private static let loopback = ["127.0.0.1", "::1", "[::1]", "localhost"]

    /// Refuses a request that must not be answered.
    ///
    /// - Throws: ``Problem``: 421 for a name that is not the server's, which is how a page elsewhere reaches servers of
    ///   this machine by a name of its own; 403 for a change that a page elsewhere asks for; 401 without the token.
    func check(_ request: Request, isOpen: Bool) throws(Problem) {
        guard let authority = request.head.authority, let host = Self.host(of: authority), isOwn(host) else {
            throw Problem(
                .misdirectedRequest,
                "This server is not asked by the name '\(request.head.authority ?? "")'. --allow-host allows a name.")
        }
        if ![.get, .head, .options].contains(request.method) {
            try checkOrigin(request, authority)
        } else if request.headers[.secFetchSite] == "cross-site", request.headers[.secFetchDest] != "document" {
            // A page elsewhere may link here, and may not let the server work unseen.
            throw Problem(.forbidden, "Other sites' pages get nothing from this server.")
        }
        // A proxy before a server that does not know of it would let everybody in as if they sat here.
        if !trustsProxy, request.headers[.xForwardedFor] != nil || request.headers[.forwarded] != nil, token == nil {
            throw Problem(.forbidden, "A proxy stands before this server, which --trust-proxy has to allow.")
        }
        guard let token, !isOpen else { return }
        guard let given = Self.token(of: request), token == given else {
            throw Problem(
                .unauthorized, "This server needs a token: Authorization: Bearer TOKEN.",
                headers: [.wwwAuthenticate: "Bearer realm=\"akin\""])
        }
    }

    /// Whether a text is the token.
    func isToken(_ text: String) -> Bool { token.map { $0 == text } ?? true }

    /// Browsers say which page a request comes from. Programs do not, and have no user whom a page could misuse.
    private func checkOrigin(_ request: Request, _ authority: String) throws(Problem) {
        let site = request.headers[.secFetchSite]
        if let site, site != "same-origin", site != "none" {
            throw Problem(.forbidden, "Changes are made from this server's own pages, or by programs.")
        }
        guard site == nil, let origin = request.headers[.origin] else { return }
        guard origin.lowercased() == "http://\(authority)" || origin.lowercased() == "https://\(authority)" else {
            throw Problem(.forbidden, "Changes are made from this server's own pages, or by programs.")
        }
    }

    /// Whether a name is the server's own. An address of a machine always is: no other name leads to it.
    private func isOwn(_ host: String) -> Bool { hosts.contains(host) || Self.isAddress(host) }

    /// Whether a text is an address of version 4 or, between brackets, of version 6.
    private static func isAddress(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard let address = try? SocketAddress(ipAddress: bare, port: 0) else { return false }
        return (address.protocol == .inet6) == host.hasPrefix("[")
    }

    /// The name without the port, lowercased; `nil` for what is no name with a port.
    static func host(of authority: String) -> String? {
        guard let match = authority.lowercased().wholeMatch(of: /(\[[0-9a-f:.]+\]|[^:\[\]]+)(:[0-9]+)?/) else {
            return nil
        }
        return String(match.1)
    }

    /// The token that a request brings: in its header, or in the cookie that the page of the server sets.
    private static func token(of request: Request) -> String? {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            // Another scheme is for the proxy.
            if parts.count == 2, parts[0].lowercased() == "bearer" { return String(parts[1]) }
        }
        return request.cookies[Self.cookie]?.value.removingPercentEncoding
    }

    /// The cookie that the page keeps the token in.
    static let cookie = "akin-token"

    /// The address of the client: that of the connection, or the one that a trusted proxy names.
    func client(of request: Request, _ context: ServerContext) -> String {
        guard trustsProxy, let forwarded = request.headers[.xForwardedFor] else { return context.remoteAddress }
        // The proxy adds its client at the end; what stands before it is what the client says.
        return forwarded.split(separator: ",").last.map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
            ?? context.remoteAddress
    }

    /// Whether the client speaks TLS with the proxy.
    func isSecure(_ request: Request) -> Bool {
        trustsProxy && request.headers[.xForwardedProto]?.lowercased() == "https"
    }
}

/// A token that is compared in the same time whatever is given.
struct SecretToken: Sendable {
    /// The fewest characters of a token.
    static let shortest = 16

    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether a text is the token. How long that takes depends on the length of the text alone.
    static func == (token: SecretToken, text: String) -> Bool {
        var difference = UInt8(clamping: abs(token.bytes.count - text.utf8.count))
        for (place, byte) in text.utf8.enumerated() { difference |= byte ^ token.bytes[place % token.bytes.count] }
        return difference == 0
    }
}
