import Foundation

/// Wall time and processor time of a piece of work.
package enum Stopwatch {
    package struct Time {
        package var seconds = 0.0
        package var cpuSeconds = 0.0

        package init() {}

        package static func += (total: inout Time, part: Time) {
            total.seconds += part.seconds
            total.cpuSeconds += part.cpuSeconds
        }
    }

    package static func time<Failure>(_ work: () throws(Failure) -> Void) throws(Failure) -> Time {
        let start = Moment()
        try work()
        return start.elapsed
    }

    /// A moment to measure from.
    package struct Moment: Sendable {
        private let time = ContinuousClock.now
        private let cpu = Foundation.clock()

        package init() {}

        /// What has passed since.
        package var elapsed: Time {
            var elapsed = Time()
            elapsed.seconds = (ContinuousClock.now - time) / .seconds(1)
            elapsed.cpuSeconds = Double(Foundation.clock() - cpu) / Double(CLOCKS_PER_SEC)
            return elapsed
        }
    }
}
