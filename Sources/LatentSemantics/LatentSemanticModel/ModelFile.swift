import MappedFiles
import TextAnalysis

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The file of a model, of kind `lsa`.
///
/// ```
///   section              element    elements
///   ───────────────────  ─────────  ──────────────────────────────────────────────────────────────
///   model                UInt8      JSON: parameters, settings, number of documents, expected retention
///   singular.values      Float32    rank, descending, above 0
///   term.offsets         UInt32     terms + 1: where each term starts in term.utf8
///   term.utf8            UInt8      the terms, strictly ascending by bytes
///   surface.offsets      UInt32     terms + 1: where each surface form starts in surface.utf8
///   surface.utf8         UInt8      the word that people read for each term
///   document.frequencies UInt32     terms
///   global.weights       Float32    terms
///   term.vectors         Float32    terms × rank: V, a row for each term
///   term.codes           Int8       terms × rank: the same in eight bits, instead of term.vectors
///   term.scales          Float32    terms: what to multiply each row of codes by
/// ```
///
/// Sections start at multiples of 64 bytes. Opening compares their lengths with each other, and the checksums of the
/// first two. The contents of the others are checked where they are used.
enum ModelFile {
    static let kind = FileKind(rawValue: "lsa")

    /// The version of what the sections mean that this build writes for vectors in full.
    static let version: UInt32 = 1

    /// The version that it writes for coded vectors.
    static let codedVersion: UInt32 = 2

    /// The versions that it reads.
    static let versions = version...codedVersion

    /// The names of the sections.
    enum Section {
        static let model = "model"
        static let singularValues = "singular.values"
        static let termOffsets = "term.offsets"
        static let termUTF8 = "term.utf8"
        static let surfaceOffsets = "surface.offsets"
        static let surfaceUTF8 = "surface.utf8"
        static let documentFrequencies = "document.frequencies"
        static let globalWeights = "global.weights"
        static let termVectors = "term.vectors"
        static let termCodes = "term.codes"
        static let termScales = "term.scales"
    }

    /// What the section `model` holds.
    struct Description: Codable {
        var documentCount: Int
        var parameters: LatentSemanticModel.Parameters
        var settings: AnalyzerSettings
        /// Absent in models of early builds.
        var expectedRetention: Retention?

        /// The keys of the JSON, as the first version of the file named them.
        private enum CodingKeys: String, CodingKey {
            case documentCount, parameters, settings
            case expectedRetention = "expectedCoverage"
        }

        /// The greatest size of a description. One has some three hundred bytes.
        static let maximumByteCount = 1 << 16
    }
}

extension LatentSemanticModel {
    /// Reads the model of an open file.
    init(_ file: SectionedFile) throws(MappedFileError) {
        typealias Section = ModelFile.Section
        let description = try ModelFile.Description(file)
        let singularValues = try file.array(Section.singularValues, of: Float.self, verified: true)
        guard
            !singularValues.isEmpty, singularValues.count <= description.parameters.rank,
            singularValues.allSatisfy({ $0 > 0 && $0.isFinite }),
            zip(singularValues, singularValues.dropFirst()).allSatisfy({ $0 >= $1 })
        else {
            throw file.damaged(
                Section.singularValues,
                "it does not hold 1 to \(description.parameters.rank) numbers above 0 that descend"
            )
        }
        let documentFrequencies = try file.array(Section.documentFrequencies, of: UInt32.self)
        let count = documentFrequencies.count
        guard count > 0, count < UInt32.max else {
            throw file.damaged(Section.documentFrequencies, "a model does not have \(count) terms")
        }
        try self.init(
            parameters: description.parameters,
            settings: description.settings,
            documentCount: description.documentCount,
            singularValues: Array(singularValues),
            vocabulary: Vocabulary(
                terms: StringTable(file, offsets: Section.termOffsets, utf8: Section.termUTF8, count: count),
                surfaceForms: StringTable(
                    file, offsets: Section.surfaceOffsets, utf8: Section.surfaceUTF8, count: count
                ),
                documentFrequencies: documentFrequencies,
                globalWeights: file.array(Section.globalWeights, of: Float.self, count: count)
            ),
            termVectors: TermVectors(file, count: count, rank: singularValues.count),
            expectedRetention: description.expectedRetention
        )
    }

    /// Writes the model's sections.
    func write(to path: String) throws(MappedFileError) {
        typealias Section = ModelFile.Section
        let description = ModelFile.Description(
            documentCount: documentCount, parameters: parameters, settings: settings,
            expectedRetention: expectedRetention
        )
        var writer = try SectionedFileWriter(path: path, kind: ModelFile.kind, version: termVectors.fileVersion)
        try writer.add(Section.model, description.encoded(for: path))
        try writer.add(Section.singularValues, singularValues)
        try writer.add(Section.termOffsets, vocabulary.terms.offsets)
        try writer.add(Section.termUTF8, vocabulary.terms.bytes)
        try writer.add(Section.surfaceOffsets, vocabulary.surfaceForms.offsets)
        try writer.add(Section.surfaceUTF8, vocabulary.surfaceForms.bytes)
        try writer.add(Section.documentFrequencies, vocabulary.documentFrequencies)
        try writer.add(Section.globalWeights, vocabulary.globalWeights)
        switch termVectors.rows {
        case .full(let values):
            try writer.add(Section.termVectors, values)
        case .coded(let codes, let scales):
            try writer.add(Section.termCodes, codes)
            try writer.add(Section.termScales, scales)
        }
        try writer.commit()
    }

    /// The first section with invalid contents among those that opening does not read, and the reason; `nil` if all are
    /// valid.
    ///
    /// It finds what checksums do not: a file that was written wrong, or made up.
    var damage: (section: String, reason: String)? {
        if !vocabulary.terms.isWellFormed(strictlyAscending: true) {
            (ModelFile.Section.termOffsets, "its terms do not ascend")
        } else if !vocabulary.surfaceForms.isWellFormed(strictlyAscending: false) {
            (ModelFile.Section.surfaceOffsets, "its words overlap")
        } else if !vocabulary.documentFrequencies.allSatisfy({ $0 <= documentCount }) {
            (ModelFile.Section.documentFrequencies, "a term is in more than \(documentCount) documents")
        } else if !vocabulary.globalWeights.allSatisfy({ $0 > 0 && $0.isFinite }) {
            (ModelFile.Section.globalWeights, "a weight is not above 0")
        } else if !termVectors.isFinite {
            (termVectors.fileSection, "a number is not finite")
        } else {
            nil
        }
    }
}

extension ModelFile.Description {
    /// Reads the description of a model.
    fileprivate init(_ file: SectionedFile) throws(MappedFileError) {
        let section = ModelFile.Section.model
        let bytes = try file.array(section, of: UInt8.self)
        guard bytes.count <= Self.maximumByteCount else {
            throw file.damaged(section, "a description does not have \(bytes.count) bytes")
        }
        do {
            // Now that it is known to be short, its checksum costs nothing.
            self = try JSONDecoder().decode(Self.self, from: Data(file.array(section, of: UInt8.self, verified: true)))
        } catch let error as MappedFileError {
            throw error
        } catch {
            throw file.damaged(section, "it does not describe a model (\(error))")
        }
        if let problem = parameters.problem { throw file.damaged(section, problem) }
        guard documentCount > 0, documentCount <= UInt32.max else {
            throw file.damaged(section, "a model is not fitted on \(documentCount) documents")
        }
        guard expectedRetention?.isSound ?? true else {
            throw file.damaged(section, "its expected retention is none that documents have")
        }
    }

    /// The description as JSON, the same bytes for the same values.
    fileprivate func encoded(for path: String) throws(MappedFileError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return try Array(encoder.encode(self))
        } catch {
            throw MappedFileError(
                .cannotWrite, path: path, section: ModelFile.Section.model,
                message: "Cannot write '\(path)': the model's description cannot be encoded (\(error))."
            )
        }
    }
}

extension TermVectors {
    /// Reads the vectors of `count` terms.
    fileprivate init(_ file: SectionedFile, count: Int, rank: Int) throws(MappedFileError) {
        let (numbers, overflow) = count.multipliedReportingOverflow(by: rank)
        guard !overflow else {
            throw file.damaged(ModelFile.Section.documentFrequencies, "a model does not have \(count) terms")
        }
        let rows: Rows =
            if file.version == ModelFile.codedVersion {
                .coded(
                    try file.array(ModelFile.Section.termCodes, of: Int8.self, count: numbers),
                    scales: try file.array(ModelFile.Section.termScales, of: Float.self, count: count)
                )
            } else {
                .full(try file.array(ModelFile.Section.termVectors, of: Float.self, count: numbers))
            }
        self.init(rows: rows, rank: rank)
    }

    /// The version of the file that they are written to.
    fileprivate var fileVersion: UInt32 {
        switch rows {
        case .full: ModelFile.version
        case .coded: ModelFile.codedVersion
        }
    }

    /// The section that holds their floating-point numbers.
    fileprivate var fileSection: String {
        switch rows {
        case .full: ModelFile.Section.termVectors
        case .coded: ModelFile.Section.termScales
        }
    }
}

extension StringTable {
    /// Reads a table of `count` strings, which must span their bytes.
    fileprivate init(
        _ file: SectionedFile, offsets offsetsName: String, utf8 utf8Name: String, count: Int
    ) throws(MappedFileError) {
        try self.init(file, offsets: offsetsName, bytes: utf8Name, count: count)
        guard spansItsBytes else {
            throw file.damaged(offsetsName, "its offsets do not span the \(bytes.count) bytes of '\(utf8Name)'")
        }
    }
}

extension SectionedFile {
    /// The error of a section that does not hold what it should.
    func damaged(_ section: String, _ reason: String) -> MappedFileError {
        MappedFileError(
            .damagedSection, path: path, section: section,
            message: "Cannot read '\(path)': section '\(section)' is damaged: \(reason). Fit the model again."
        )
    }
}

extension SectionedFileWriter {
    /// Writes a section that lies in memory or in another file.
    fileprivate mutating func add<Element>(_ name: String, _ values: FrozenArray<Element>) throws(MappedFileError) {
        begin(name, elementSize: MemoryLayout<Element>.stride)
        try values.withSpan { values throws(MappedFileError) in try append(values) }
        end()
    }
}
