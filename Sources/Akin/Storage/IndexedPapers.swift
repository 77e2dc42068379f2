package import LatentSemantics
package import PaperStore
package import Papers
package import Ranking
import ReleasedModels
package import TextAnalysis

/// What the questions of a library are asked of: rankings ask it as a source, and conditions for the papers of a term.
package protocol PaperIndex: RankingSource {
    /// The papers that have a term, in any order. Papers that were removed may be among them.
    func keys(having term: String) throws -> [PaperKey]

    /// The parts of the index.
    var segmentInfos: [LibraryInfo.Segment] { get }
}

extension PaperIndex {
    /// The released model. It is part of the program, and opening it reads a page.
    package var referenceModel: LatentSemanticModel? { (try? ReleasedModel.languageAndLearning()) ?? nil }
}

/// The papers of a library as a question sees them at one moment, wherever they lie.
package struct IndexedPapers: Sendable {
    /// What rankings and conditions ask.
    package let index: any PaperIndex
    /// The analyzer that the terms of the index were made by.
    package let analyzer: Analyzer
    /// The languages of the papers' texts.
    package let languages: Set<Language>
    /// What the index was made with.
    package let manifest: Manifest

    /// Puts together what questions see.
    ///
    /// - Parameters:
    ///   - index: What rankings and conditions ask.
    ///   - manifest: What the index was made with.
    ///   - analyzer: The analyzer of the manifest's settings, if it was made before.
    /// - Throws: The error of the analyzer.
    package init(index: any PaperIndex, manifest: Manifest, analyzer: Analyzer? = nil) throws {
        self.index = index
        self.manifest = manifest
        self.analyzer = try analyzer ?? Analyzer(manifest.analyzer)
        languages = Set(manifest.segments.flatMap { $0.languages?.keys.compactMap(Language.init) ?? [] })
    }

    /// The vector space that the library learned; `nil` if no paper has a term.
    var model: LatentSemanticModel? { index.model }
}

/// All that a library in a server has.
package struct ServerContent {
    /// The papers, and what was added to them.
    package let papers: PaperStore.Reader
    /// What the index was made with; `nil` if no paper is indexed.
    package let manifest: Manifest?
    /// Gives the bytes of a file of the manifest.
    package let file: (FileIdentity) throws -> [UInt8]

    package init(
        papers: PaperStore.Reader, manifest: Manifest?, file: @escaping (FileIdentity) throws -> [UInt8]
    ) {
        self.papers = papers
        self.manifest = manifest
        self.file = file
    }
}

/// A library that lies in a database server.
package protocol LibraryServer: Sendable {
    /// What it is called in messages. It has no password.
    var name: String { get }

    /// Calls `body` with the papers as they are at one moment.
    ///
    /// - Throws: What `body` throws; the error of the server.
    func readPapers<Result>(_ body: (_ papers: PaperStore.Reader) throws -> Result) throws -> Result

    /// Calls `body` with the papers and what indexes them, both from one moment.
    ///
    /// - Throws: What `body` throws; the error of the server.
    func read<Result>(
        _ body: (_ papers: PaperStore.Reader, _ indexed: IndexedPapers?) throws -> Result
    ) throws -> Result

    /// Calls `body` with all that the library has, as it is at one moment.
    ///
    /// - Throws: What `body` throws; the error of the server.
    func readAll<Result>(_ body: (_ content: ServerContent) throws -> Result) throws -> Result

    /// Checks the library, and changes nothing.
    ///
    /// - Throws: The error of the server. Damage is a finding and not an error.
    func check() throws -> IntegrityReport

    /// Calls `edit` to change papers in a transaction, indexes what it names, and makes both take effect at once.
    ///
    /// - Parameters:
    ///   - waiting: How long to wait for another change.
    ///   - progress: Called before each step, on the calling thread.
    ///   - edit: Changes the papers in the store and says what is to be indexed: new papers, removed ones, and vectors
    ///     of spaces that the library has.
    /// - Throws: What `edit` throws; the error of the server; `AkinError` with code `locked` while somebody else
    ///   changes the library. Nothing is changed then.
    func change(
        waiting: Waiting, progress: @escaping @Sendable (AddProgress) -> Bool,
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws

    /// A text that is another one after each change of the library.
    func stateTag() throws -> String

    /// What the library takes on the server's disk, in bytes.
    func byteCount() throws -> Int
}
