import Akin
import Hummingbird

/// What watches over the server asks.
enum HealthOperations {
    static let all = [alive, ready, metrics]

    private static let alive = APIOperation(
        method: .get, path: "/healthz", name: "healthz", summary: "Say that the server runs.",
        answer: .text("It runs.", "text/plain"), isOfLibrary: false
    ) { _ in .text("ok\n", type: "text/plain") }

    private static let ready = APIOperation(
        method: .get, path: "/readyz", name: "readyz", summary: "Say whether every library can be read.",
        answer: .text("They can.", "text/plain"), isOfLibrary: false
    ) { call in
        for served in call.server.libraries {
            _ = try await served.library.inBackground { try $0.papers(limit: 1) }
        }
        return .text("ok\n", type: "text/plain")
    }

    private static let metrics = APIOperation(
        method: .get, path: "/metrics", name: "metrics", summary: "Give figures of the server, for Prometheus.",
        answer: .text("The figures.", "text/plain"), isOfLibrary: false
    ) { call in
        var libraries: [(name: String, papers: Int?)] = []
        for served in call.server.libraries {
            libraries.append((served.name, try? await served.library.inBackground { try $0.paperCount() }))
        }
        return .text(call.server.metrics.text(libraries: libraries), type: "text/plain; version=0.0.4")
    }
}
