import Akin
import LibraryEncoders
import Ranking

extension AddCommand {
    /// Lets the encoders that the library remembers encode the new papers, or tells that these wait for them.
    ///
    /// - Returns: What is to be said; nothing if there is no library, because no file could be read.
    /// - Throws: `AkinError`: also `encoderFailed` for a model's folder that is gone.
    func encodeNewPapers(_ console: Console) throws -> [String] {
        let library: Library
        do {
            library = try options.open(waiting: waiting.waiting(console))
        } catch {
            if error.code == .noLibrary { return [] }
            throw error
        }
        let encoders = try library.rememberedEncoders()
        if encoders.isEmpty, let encode {
            return ["--encode \(encode.rawValue) has no effect: akin encode has to be told of an encoder first."]
        }
        var remarks: [String] = []
        for (space, remembered) in encoders {
            var remembered = remembered
            if let encode, remembered.newPapers != encode {
                remembered.newPapers = encode
                try library.remember(remembered, of: space)
            }
            switch remembered.newPapers ?? .later {
            case .now: remarks.append(try self.encode(in: space, of: library, by: remembered, console))
            case .later:
                let waiting = try library.paperCount() - library.vectorCount(in: space)
                if waiting > 0 {
                    remarks.append(
                        "\(waiting) papers have no vector in the space '\(space)' yet; akin encode makes them.")
                }
            case .never: break
            }
        }
        return remarks
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
