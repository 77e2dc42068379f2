import HNSW
import PaperStore
import Papers
public import Ranking
public import TextEncoding

// MARK: - Encoders

extension Library {
    /// Lets an encoder make the vectors that papers lack in a space, and indexes them.
    ///
    /// ```swift
    /// try await library.encode(in: "minilm", with: encoder) { print($0.papers); return true }
    /// ```
    ///
    /// The papers are read batch by batch, and vectors are stored every five seconds. In between others may change the
    /// library, and the vectors wait for them up to ten minutes. A vector that somebody gave meanwhile stays. A call
    /// that is stopped or fails keeps the vectors of all finished batches, and one that is killed those that were
    /// stored: made again, it goes on where it was. All vectors are indexed at the end. Until then searches in the
    /// space find the papers that were indexed before.
    ///
    /// A vector is kept as a byte for each component, and is indexed as codes alone: it can be made again. That takes a
    /// quarter of the room of vectors that somebody gave. It changes a cosine by .001 or so, and by up to .005 where
    /// one component is much larger than the others.
    ///
    /// - Parameters:
    ///   - space: The space. It is made if the library does not have it.
    ///   - encoder: What makes the vectors. It gets the title and the abstract of a paper, with a newline between them.
    ///   - batchSize: The texts that the encoder gets at once. The default is 64.
    ///   - threads: The most threads to use for indexing; `nil`, the default, is one for each core.
    ///   - progress: Called after each batch. It returns whether to go on.
    /// - Returns: The number of papers that were encoded.
    /// - Throws: `AkinError`: `invalidArgument` if the space has vectors of another encoder, or if the encoder gives
    ///   another number of vectors than texts, or vectors that are not finite or have other dimensions; `encoderFailed`
    ///   with the encoder's error; `cancelled`; and what `remove(ids:skippingUnknown:threads:)` throws.
    /// - Complexity: That of the encoder, a transaction for each batch, and an index of all vectors.
    @discardableResult
    public func encode(
        in space: SpaceName, with encoder: some TextEncoder, batchSize: Int = 64, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) async throws(AkinError) -> Int {
        try validate(threads: threads)
        let identity = encoder.identity
        try identity.validate(for: space)
        guard batchSize > 0 else {
            throw AkinError(.invalidArgument, "Cannot encode \(batchSize) texts at once: give a number from 1 up.")
        }
        let missing = try await inBackground { library throws(AkinError) in
            try library.enter(space, of: identity)
            return try library.readPapers { try $0.keys(withoutVectorIn: space.rawValue) }
        }
        var count = 0
        var finished: [(key: PaperKey, vector: Embedding)] = []
        var lastStored = ContinuousClock.now
        func store() async throws(AkinError) {
            guard !finished.isEmpty else { return }
            let vectors = finished
            try await inBackground { library throws(AkinError) in try library.keep(vectors, in: space, of: identity) }
            (finished, lastStored) = ([], .now)
        }
        do throws(AkinError) {
            for start in stride(from: 0, to: missing.count, by: batchSize) {
                let keys = Array(missing[start..<min(missing.count, start + batchSize)])
                let (found, texts) = try await inBackground { library throws(AkinError) in
                    try library.documents(of: keys)
                }
                let vectors = try await Self.embeddings(of: texts, as: .document, by: encoder)
                finished += zip(found, vectors).filter { !$1.isZero }.map { (key: $0, vector: $1) }
                count += vectors.count { !$0.isZero }
                if ContinuousClock.now - lastStored >= Self.storingInterval { try await store() }
                let done = start + keys.count
                try AddProgress(.encoding, papers: done, fraction: Double(done) / Double(missing.count)).tell(progress)
            }
        } catch {
            // What stopped the call is what it tells of. A task of its own is not cancelled.
            let vectors = finished
            _ = await Task { try? await inBackground { try $0.keep(vectors, in: space, of: identity) } }.value
            throw error
        }
        try await store()
        try await inBackground { library throws(AkinError) in
            try library.indexVectors(in: space, threads: threads, progress: progress)
        }
        return count
    }

    /// How long vectors wait to be stored. Whoever reads the library is disturbed at each time.
    private static let storingInterval = Duration.seconds(5)

    /// Finds what `search(for:vectors:options:)` finds, in a space of an encoder that is at hand.
    ///
    /// - Parameters:
    ///   - text: A question, or a few words.
    ///   - encoder: What made the vectors of the space. It gets the text as a query.
    ///   - space: The space. If the options do not name it, it ranks alone.
    ///   - options: How many papers, ranked how, from which part of the library.
    /// - Returns: The answer, best paper first.
    /// - Throws: `AkinError`: `invalidArgument` if the space has vectors of another encoder, `encoderFailed` with the
    ///   encoder's error, and what `search(for:vectors:options:)` throws.
    public func search(
        for text: String, encoder: some TextEncoder, in space: SpaceName, options: SearchOptions = SearchOptions()
    ) async throws(AkinError) -> SearchAnswer {
        let vector = try await Self.embeddings(of: [text], as: .query, by: encoder)[0]
        let identity = encoder.identity
        return try await inBackground { library throws(AkinError) in
            try library.readPapers { papers in
                guard let known = try papers.spaces().first(where: { $0.name == space.rawValue }) else {
                    throw AkinError(noSpace: space, amongThoseOf: papers)
                }
                guard known.identity == identity else {
                    throw AkinError(
                        .invalidArgument,
                        "Cannot search the space '\(space)' with \(identity): it has vectors of \(known.identity).")
                }
            }
            var options = options
            if !options.spaces.contains(space) { options.spaces = [space] }
            return try library.search(for: text, vectors: vector.isZero ? [:] : [space: vector], options: options)
        }
    }
}

// MARK: - Batches

extension Library {
    /// Asks an encoder, and checks what it gives.
    private static func embeddings(
        of texts: [String], as role: TextRole, by encoder: some TextEncoder
    ) async throws(AkinError) -> [Embedding] {
        let vectors: [Embedding]
        do {
            vectors = try await encoder.embeddings(of: texts, as: role)
        } catch {
            if error is CancellationError || Task.isCancelled { throw .cancelled }
            throw AkinError(
                .encoderFailed, "The encoder \(encoder.identity) failed: \(plainReason(of: error)).", cause: error)
        }
        guard vectors.count == texts.count else {
            throw AkinError(
                .invalidArgument,
                "The encoder \(encoder.identity) gave \(vectors.count) vectors for \(texts.count) texts.")
        }
        for (vector, text) in zip(vectors, texts) where !vector.isZero {
            try vector.validate(for: encoder.identity, "the text '\(text.prefix(40))'")
        }
        return vectors
    }

    /// The texts of those papers that are there, as an encoder gets them.
    private func documents(of keys: [PaperKey]) throws(AkinError) -> (keys: [PaperKey], texts: [String]) {
        try readPapers { papers in
            var found: (keys: [PaperKey], texts: [String]) = ([], [])
            for key in keys {
                guard let paper = try papers.paper(forKey: key) else { continue }
                found.keys.append(key)
                found.texts.append(paper.text)
            }
            return found
        }
    }

    /// Makes the library have a space of an encoder.
    private func enter(_ space: SpaceName, of encoder: EncoderIdentity) throws(AkinError) {
        let isThere = try readPapers { papers in
            try papers.spaces().contains { $0.name == space.rawValue && $0.identity == encoder }
        }
        if isThere { return }
        try change("encode") { store in
            LibraryChange(changesSpaces: try store.enter(space, of: encoder))
        }
    }

    /// Makes the library have a space of an encoder, and remembers something of that.
    ///
    /// - Throws: `AkinError`, as `encode(in:with:batchSize:threads:progress:)`.
    package func enter(_ space: SpaceName, of encoder: EncoderIdentity, note: String) throws(AkinError) {
        try encoder.validate(for: space)
        try enter(space, of: encoder)
        if try encoderNote(of: space) != note { try setEncoderNote(note, of: space) }
    }

    /// Stores the vectors of papers that are still there and have none yet, and indexes nothing.
    ///
    /// - Throws: `AkinError`: `spaceNotFound` if somebody removed the space meanwhile; what a change throws.
    private func keep(
        _ vectors: [(key: PaperKey, vector: Embedding)], in space: SpaceName, of encoder: EncoderIdentity
    ) throws(AkinError) {
        let writer = try patientWriter()
        let (store, lock) = (writer.store, writer.lock)
        try akinError {
            try store.write { papers in
                let isThere = try papers.spaces().contains { $0.name == space.rawValue && $0.identity == encoder }
                guard isThere else { throw AkinError(noSpace: space, amongThoseOf: papers) }
                let missing = PaperKeySet(try papers.keys(withoutVectorIn: space.rawValue, among: vectors.map(\.key)))
                _ = try papers.store(vectors.filter { missing.contains($0.key) }, in: space, as: .codes)
                try lock.check()
            }
        }
    }

    /// A writer that waits for other changes even if the library does not: a batch took its encoder a while.
    private func patientWriter() throws(AkinError) -> LibraryWriter {
        try LibraryWriter(
            at: path, for: "encode", waiting: waiting.limit == .zero ? .atMost(.seconds(600)) : waiting)
    }

    /// Indexes the vectors of a space that no segment has.
    private func indexVectors(
        in space: SpaceName, threads: Int?, progress: @escaping @Sendable (AddProgress) -> Bool
    ) throws(AkinError) {
        let unindexed = try read { papers, generation in
            var stored = PaperKeySet(try papers.keys())
            for key in try papers.keys(withoutVectorIn: space.rawValue) { stored.remove(key) }
            for segment in generation?.segments ?? [] {
                for key in segment.given[space]?.keys ?? [] { stored.remove(PaperKey(key)) }
            }
            return stored
        }
        guard !unindexed.isEmpty else { return }
        try patientWriter().change(threads: threads, configuresBLAS: configuresBLAS, progress: progress) { _ in
            LibraryChange(vectorKeys: [space.rawValue: unindexed])
        }
    }
}

extension PaperStore.GivenSpace {
    /// What made the vectors of the space.
    var identity: EncoderIdentity { EncoderIdentity(name: encoder, version: version, dimensions: dimensions) }
}
