import Synchronization

/// Counts what the server does, for Prometheus, <https://prometheus.io/docs/instrumenting/exposition_formats/>.
final class ServerMetrics: Sendable {
    private let state = Mutex(State())
    private let start = ContinuousClock.now

    private struct State {
        var requests: [Request: Series] = [:]
        var inFlight = 0
    }

    private struct Request: Hashable {
        var path: String
        var method: String
        var status: Int
    }

    private struct Series {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count)
    }

    /// The upper bounds of the buckets, in seconds.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]

    func begin() {
        state.withLock { $0.inFlight += 1 }
    }

    /// Counts a request that was answered.
    ///
    /// - Parameters:
    ///   - path: The path as the server knows it, with names of parameters.
    ///   - method: The method.
    ///   - status: The status of the response.
    ///   - duration: How long it took.
    func end(path: String, method: String, status: Int, duration: Duration) {
        let seconds = duration / .seconds(1)
        state.withLock { state in
            state.inFlight -= 1
            let request = Request(path: path, method: method, status: status)
            state.requests[request, default: Series()].count += 1
            state.requests[request, default: Series()].seconds += seconds
            for (place, bound) in Self.bounds.enumerated() where seconds <= bound {
                state.requests[request, default: Series()].buckets[place] += 1
            }
        }
    }

    /// All figures, in Prometheus' text format.
    func text(libraries: [(name: String, papers: Int?)]) -> String {
        let (requests, inFlight) = state.withLock { ($0.requests, $0.inFlight) }
        var lines = [
            "# TYPE akin_requests_in_flight gauge", "akin_requests_in_flight \(inFlight)",
            "# TYPE akin_uptime_seconds gauge", "akin_uptime_seconds \((ContinuousClock.now - start) / .seconds(1))",
            "# TYPE akin_papers gauge",
        ]
        for library in libraries {
            if let papers = library.papers {
                lines.append("akin_papers{library=\"\(escaped(library.name))\"} \(papers)")
            }
        }
        lines.append("# TYPE akin_request_duration_seconds histogram")
        let name = "akin_request_duration_seconds"
        for (request, series) in requests.sorted(by: { ($0.key.path, $0.key.status) < ($1.key.path, $1.key.status) }) {
            let labels = "path=\"\(escaped(request.path))\",method=\"\(request.method)\",status=\"\(request.status)\""
            for (bound, count) in zip(Self.bounds, series.buckets) {
                lines.append("\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)")
            }
            lines.append("\(name)_bucket{\(labels),le=\"+Inf\"} \(series.count)")
            lines.append("\(name)_sum{\(labels)} \(series.seconds)")
            lines.append("\(name)_count{\(labels)} \(series.count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func escaped(_ label: String) -> String {
        label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
