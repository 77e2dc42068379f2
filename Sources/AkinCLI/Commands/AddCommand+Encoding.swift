import Akin
import LibraryEncoders
import Ranking

extension AddCommand {
    /// Lets the encoders that the library remembers encode the new papers, or tells that these wait for them.
    ///
    /// - Returns: What is to be said; nothing if there is no library, because no file could be read. And what failed:
    ///   an encoder whose folder is gone stops no other.
    /// - Throws: `AkinError` if the library cannot be read.
    func encodeNewPapers(_ console: Console) throws -> (remarks: [String], failures: [String]) {
        let library: Library
        do {
            library = try options.open(waiting: waiting.waiting(console))
        } catch {
            if error.code == .noLibrary { return ([], []) }
            throw error
        }
        let encoders = try library.rememberedEncoders()
        if options.isAddress {
            // Models are asked where a folder is, and the vectors are published with it.
            return (
                encoders.map {
                    "New papers have no vectors in the space '\($0.space)' until they are encoded in a folder and "
                        + "published."
                }, []
            )
        }
        if encoders.isEmpty, let encode {
            let remark = "--encode \(encode.rawValue) has no effect: akin encode has to be told of an encoder first."
            return ([remark], [])
        }
        var (remarks, failures): ([String], [String]) = ([], [])
        for known in encoders {
            do {
                remarks += try encodeNewPapers(of: library, by: known, console)
            } catch {
                let reason = AkinError(translating: error).advice(library: options.folder)
                failures.append("The new papers were not encoded in the space '\(known.space)'. \(reason)")
            }
        }
        return (remarks, failures)
    }

    private func encodeNewPapers(
        of library: Library, by known: SpaceEncoder, _ console: Console
    ) throws -> [String] {
        var remembered = known.encoder
        if let encode, remembered.newPapers != encode {
            remembered.newPapers = encode
            try library.remember(remembered, of: known.space)
        }
        switch remembered.newPapers ?? .later {
        case .now: return [try self.encode(in: known.space, of: library, by: remembered, console)]
        case .later:
            let waiting = try library.paperCount() - library.vectorCount(in: known.space)
            let command = SuggestedCommand("encode", "--space", known.space.rawValue, library: options.folder)
            return waiting > 0
                ? ["\(waiting) papers have no vector in the space '\(known.space)' yet; \(command) makes them."] : []
        case .never: return []
        }
    }

    private func encode(
        in space: SpaceName, of library: Library, by remembered: RememberedEncoder, _ console: Console
    ) throws -> String {
        let threads = options.threads
        let encoder = try OpenModels(threads: threads).encoder(of: remembered)
        let count = try console.showingProgress { progress in
            try waitingFor { try await library.encode(in: space, with: encoder, threads: threads, progress: progress) }
        }
        return "Encoded \(count) papers in the space '\(space)'."
    }
}

extension Library {
    /// The papers that have a vector in a space.
    fileprivate func vectorCount(in space: SpaceName) throws(AkinError) -> Int {
        try spaces().first { $0.name == space }?.paperCount ?? 0
    }
}
