package import LatentSemantics
package import Papers
package import Ranking
import TextAnalysis
package import TextEncoding

/// What a generation consists of: its vector spaces, its segments in order, and the parameters that it was built with.
///
/// It is the file `manifest` of the generation's folder, which is written last. `ARCHITECTURE.md` shows the folder.
///
/// ### Vector spaces
///
/// A manifest has a list of named vector spaces, and each segment has a file of vectors for each of them that any of
/// its papers has a vector in. The space ``Space/lsa`` is fitted on the papers, and every paper has a vector there. The
/// vectors of other spaces were given with the papers, and the store keeps them.
///
/// ### Keys
///
/// The keys in the indexes are keys of *units*. The low 32 bits are a paper's key. The high 32 bits are the number of
/// a passage of that paper, from 1; 0 is the paper itself. A segment says how many units of each kind its files hold.
/// This build writes ``Segment/papers``, and refuses a manifest with another kind.
package struct Manifest: Codable, Sendable, Equatable {
    /// The format of a library that this build writes, and the only one that it opens.
    ///
    /// Format 2 added the order of words, the weight of titles and the calibration; format 3 the released model;
    /// format 4 the identity of each file, named vector spaces and kinds of units. A library of an older format is
    /// rebuilt from its stored papers.
    package static let currentFormat = 4

    /// A vector space: what makes vectors of texts.
    package struct Space: Codable, Sendable, Equatable {
        /// How a space makes vectors.
        package struct Kind: RawRepresentable, Codable, Hashable, Sendable {
            package let rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            /// By a `LatentSemanticModel`.
            package static let latentSemantics = Self(rawValue: "latentSemantics")

            /// By an encoder that the library does not have. The vectors were given.
            package static let given = Self(rawValue: "given")
        }

        /// The name of the space that is fitted on the library's papers.
        package static let lsa = SpaceName.latentSemantics.rawValue

        /// The name, unique within the library; a part of file names.
        package var name: String
        package var kind: Kind
        package var dimensions: Int
        /// The file of the model; `nil` for given vectors.
        package var model: FileIdentity?
        /// What made the given vectors.
        package var encoder: EncoderIdentity?
        /// The mean of the given vectors, made unit vectors; `nil` until some are indexed.
        package var mean: [Float]?

        /// The space that is fitted on the library's papers.
        package init(model: FileIdentity, dimensions: Int) {
            name = Self.lsa
            kind = .latentSemantics
            self.dimensions = dimensions
            self.model = model
        }

        /// A space of given vectors.
        package init(_ name: SpaceName, of encoder: EncoderIdentity) {
            self.name = name.rawValue
            kind = .given
            dimensions = encoder.dimensions
            self.encoder = encoder
        }

        /// Whether the parts are ones that a space has.
        var isSound: Bool {
            switch kind {
            case .latentSemantics: name == Self.lsa && model != nil && encoder == nil && mean == nil
            default:
                SpaceName(rawValue: name) != nil && name != Self.lsa && model == nil
                    && encoder?.dimensions == dimensions && dimensions > 0
                    && mean.map { $0.count == dimensions && $0.allSatisfy(\.isFinite) } ?? true
            }
        }
    }

    /// A run of papers that were indexed together: its files, and which of its papers no longer count.
    package struct Segment: Codable, Sendable, Equatable {
        /// The unit that is a whole paper.
        package static let papers = "papers"

        /// The number in the names of the segment's files, unique within the library.
        package var number: Int
        /// How many units of each kind the files hold, those of removed papers included.
        package var units: [String: Int]
        /// The keys of papers that were removed or replaced since the segment was written, ascending.
        package var removedKeys: [PaperKey]
        /// The lexical index.
        package var lexical: FileIdentity
        /// The vectors, by the name of their space.
        package var vectors: [String: FileIdentity]
        /// How many papers have a text of each language, by its name; `nil` in files of early builds.
        package var languages: [String: Int]?

        package init(
            number: Int, paperCount: Int, removedKeys: [PaperKey] = [], lexical: FileIdentity,
            vectors: [String: FileIdentity], languages: [String: Int]? = nil
        ) {
            self.number = number
            units = [Self.papers: paperCount]
            self.removedKeys = removedKeys
            self.lexical = lexical
            self.vectors = vectors
            self.languages = languages
        }

        /// The papers in the files, removed ones included.
        package var paperCount: Int { units[Self.papers] ?? 0 }

        /// The papers that count.
        package var livePaperCount: Int { paperCount - removedKeys.count }

        /// The files, in the order in which they are opened.
        var files: [FileIdentity] { [lexical] + vectors.sorted { $0.key < $1.key }.map(\.value) }
    }

    package var generation: Int
    package var spaces: [Space] = []
    package var segments: [Segment] = []
    /// The number that the next segment gets.
    package var nextSegment = 0
    /// How the vector space that is fitted on the library's papers came to be.
    package var modelOrigin = ModelOrigin.papers
    /// What the library was told about that space.
    package var choice = ModelChoice()
    /// The model that the space was told to start from; `nil` where no file was given.
    package var start: FileIdentity?
    /// The number of live papers that the space was fitted on; 0 if there is none.
    package var fittedPaperCount = 0
    /// How much the space holds of the papers that were folded in since; `nil` if there are none.
    package var folded: Retention?
    /// How texts are cut into terms.
    package var analyzer: AnalyzerSettings
    /// What the library has learned about itself.
    package var calibration = Calibration()

    init(generation: Int, analyzer: AnalyzerSettings) {
        self.generation = generation
        self.analyzer = analyzer
    }
}

// MARK: - What it says

extension Manifest {
    /// The number of papers that count.
    package var livePaperCount: Int { segments.reduce(0) { $0 + $1.livePaperCount } }

    /// The space that is fitted on the library's papers; `nil` if none of them has a term.
    package var lsa: Space? { spaces.first { $0.name == Space.lsa } }

    /// The spaces of given vectors.
    package var givenSpaces: [Space] { spaces.filter { $0.kind == .given } }

    /// The mean vector of each space of given vectors.
    var meanVectors: [SpaceName: [Float]] {
        var means: [SpaceName: [Float]] = [:]
        for space in givenSpaces { if let name = SpaceName(rawValue: space.name) { means[name] = space.mean } }
        return means
    }

    /// All files of the generation besides the manifest.
    package var files: [FileIdentity] {
        spaces.compactMap(\.model) + (start.map { [$0] } ?? []) + segments.flatMap(\.files)
    }

    /// The same with all papers in one segment, as a database has them. Its files are those of the largest one.
    package var ofOneSegment: Manifest {
        guard var merged = segments.max(by: { $0.livePaperCount < $1.livePaperCount }) else { return self }
        merged.units = [Segment.papers: livePaperCount]
        merged.removedKeys = []
        merged.languages = segments.compactMap(\.languages).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        var manifest = self
        manifest.segments = [merged]
        return manifest
    }

    /// What a newer version of Akin has written that this build does not know; `nil` where it knows all.
    package var unknownPart: String? {
        if let space = spaces.first(where: { ![.latentSemantics, .given].contains($0.kind) }) {
            return "a vector space '\(space.name)' of kind '\(space.kind.rawValue)'"
        }
        let kinds = Set(segments.flatMap(\.units.keys)).subtracting([Segment.papers])
        return kinds.min().map { "units of kind '\($0)'" }
    }

    /// Whether the numbers and names are ones that a library has.
    package var isSound: Bool {
        let numbers = segments.map(\.number)
        let counters =
            [generation, nextSegment, fittedPaperCount] + spaces.map(\.dimensions) + segments.flatMap(\.units.values)
        guard counters.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else { return false }
        guard Set(numbers).count == numbers.count, numbers.allSatisfy({ $0 >= 0 && $0 < nextSegment }) else {
            return false
        }
        guard Set(files.map(\.name)).count == files.count, files.allSatisfy(\.isSound) else { return false }
        let names = Set(spaces.map(\.name))
        guard names.count == spaces.count, (lsa != nil) == (fittedPaperCount > 0) else { return false }
        guard spaces.allSatisfy(\.isSound) else { return false }
        // Every paper has a vector in the fitted space.
        guard segments.allSatisfy({ names.isSuperset(of: $0.vectors.keys) }) else { return false }
        guard segments.allSatisfy({ ($0.vectors[Space.lsa] != nil) == (lsa != nil) }) else { return false }
        guard (start != nil) == (choice.policy == .file), choice.isSound, calibration.isSound else { return false }
        guard folded?.isSound ?? true else { return false }
        return segments.allSatisfy { $0.livePaperCount >= 0 && isAscending($0.removedKeys) }
    }

    private func isAscending(_ keys: [PaperKey]) -> Bool { zip(keys, keys.dropFirst()).allSatisfy(<) }
}
