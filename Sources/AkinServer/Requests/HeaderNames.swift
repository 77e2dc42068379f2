import HTTPTypes

extension HTTPField.Name {
    static let crossOriginResourcePolicy = named("Cross-Origin-Resource-Policy")
    static let forwarded = named("Forwarded")
    /// The id that an agent is given when it begins.
    static let mcpSessionID = named("Mcp-Session-Id")
    static let referrerPolicy = named("Referrer-Policy")
    static let secFetchDest = named("Sec-Fetch-Dest")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let xForwardedFor = named("X-Forwarded-For")
    static let xForwardedProto = named("X-Forwarded-Proto")
    static let xRequestID = named("X-Request-Id")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no name of a header.") }
        return name
    }
}
