import MappedFiles

/// The section `certificate` of an index file: numbers of eight bytes.
///
/// ```
/// vectors │ queries │ queries wanted, 0 for the default │ changes since │ curves
/// for each curve:   k │ points
/// for each point:   ef │ recall │ lower end │ upper end        the last three as IEEE 754 doubles
/// 1 if the walks compared codes, else 0                         not in version 1 of the file
/// 1 if the caller gave the queries, else 0 │ how far the nearest was for nearly all queries │ the same in proportion to
///   the query, both as floats; all three are absent if unknown
/// ```
struct CertificateSection {
    let certificate: RecallCertificate

    /// The number of vectors added or removed after the measurement.
    let changes: Int

    /// The name of the section.
    static let name = "certificate"

    /// The largest of the first four numbers. Larger ones are saved as this: it is more than an index can hold.
    private static let largestCount = Int(Int32.max)

    /// The numbers in the file.
    var encoded: [UInt64] {
        let counts = [certificate.vectorCount, certificate.queryCount, certificate.queriesWanted ?? 0, changes]
        var values = counts.map { UInt64(min($0, Self.largestCount)) } + [UInt64(certificate.curves.count)]
        for curve in certificate.curves {
            values += [UInt64(curve.k), UInt64(curve.points.count)]
            for point in curve.points {
                let ends = [point.recall, point.interval.lowerBound, point.interval.upperBound]
                values += [UInt64(point.ef)] + ends.map(\.bitPattern)
            }
        }
        values.append(certificate.comparesCodes ? 1 : 0)
        // A certificate of the first files of version 2 is saved as it was.
        guard let limit = certificate.nearestLimit else { return values }
        values.append(certificate.source == .givenQueries ? 1 : 0)
        values += [UInt64(limit.distance.bitPattern), UInt64(limit.ratio.bitPattern)]
        return values
    }
}

extension CertificateSection {
    /// Reads the numbers of a file; `nil` if they are no certificate.
    init?(decoding values: [UInt64], saysWhatIsCompared: Bool) {
        var rest = values[...]
        func whole(_ range: ClosedRange<Int>) -> Int? {
            guard let value = rest.popFirst().flatMap(Int.init(exactly:)), range.contains(value) else { return nil }
            return value
        }
        func share() -> Double? {
            guard let value = rest.popFirst().map(Double.init(bitPattern:)), (0...1).contains(value) else { return nil }
            return value
        }
        let anyCount = 0...Self.largestCount
        guard let vectors = whole(anyCount), let queries = whole(anyCount), let wanted = whole(anyCount),
            let changes = whole(anyCount), let curveCount = whole(0...values.count)
        else { return nil }
        var curves: [RecallCertificate.Curve] = []
        for _ in 0..<curveCount {
            guard let k = whole(1...Int(Int32.max)), let pointCount = whole(0...values.count) else { return nil }
            var points: [RecallCertificate.Point] = []
            for _ in 0..<pointCount {
                guard let ef = whole(1...Int(Int32.max) + 1), ef > points.last?.ef ?? 0, let recall = share(),
                    let low = share(), let high = share(), low <= high
                else { return nil }
                points.append(.init(ef: ef, recall: recall, interval: low...high))
            }
            curves.append(.init(k: k, points: points))
        }
        guard let comparesCodes = saysWhatIsCompared ? whole(0...1) : 1 else { return nil }
        var (given, limit): (Int?, Remoteness?) = (0, nil)
        // The first files of version 2 end here.
        if !rest.isEmpty {
            given = whole(0...1)
            guard let distance = rest.popFirst().flatMap(UInt32.init(exactly:)),
                let ratio = rest.popFirst().flatMap(UInt32.init(exactly:))
            else { return nil }
            limit = Remoteness(distance: Float(bitPattern: distance), ratio: Float(bitPattern: ratio))
            if let limit, limit.distance.isNaN || limit.ratio.isNaN { return nil }
        }
        guard let given, rest.isEmpty else { return nil }
        certificate = RecallCertificate(
            curves: curves, queryCount: queries, vectorCount: vectors, queriesWanted: wanted > 0 ? wanted : nil,
            comparesCodes: comparesCodes == 1, source: given == 1 ? .givenQueries : .indexedVectors,
            nearestLimit: limit
        )
        self.changes = changes
    }
}

extension IndexFile {
    /// The measured recall; `nil` if the file has none.
    ///
    /// - Throws: ``HNSWError`` with the code `damagedFile`.
    func certificate() throws(HNSWError) -> CertificateSection? {
        guard file.has(CertificateSection.name) else { return nil }
        do throws(MappedFileError) {
            let values = try file.array(CertificateSection.name, of: UInt64.self, verified: true)
            guard
                let section = CertificateSection(
                    decoding: Array(values), saysWhatIsCompared: file.has(FrameSection.name)
                )
            else {
                throw IndexSettings.damaged(CertificateSection.name, "numbers", path: file.path)
            }
            return section
        } catch {
            throw HNSWError(reading: error)
        }
    }
}
