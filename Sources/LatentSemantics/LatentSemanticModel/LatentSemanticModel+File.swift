package import MappedFiles

extension LatentSemanticModel {
    /// Opens a model that ``save(to:)`` wrote, by mapping its file into memory.
    ///
    /// Opening reads the header and a few pages; a query then reads the terms and vectors that it needs. The file must
    /// not be written to or cut short while the model is in use; it may be replaced or removed.
    ///
    /// Nothing in a damaged or made-up file can make the model read outside of it. Damage in the large sections may
    /// make its answers wrong; ``verify(fileAt:)`` finds it.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``LatentSemanticsError`` if the file cannot be read, is not a model's, is of a version that this build
    ///   does not know, or is damaged.
    public init(mapping path: String) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            try self.init(SectionedFile(path: path, kind: ModelFile.kind, versions: ModelFile.versions))
        } catch {
            throw LatentSemanticsError(error)
        }
    }

    /// Reads a model that is part of the program, as ``init(mapping:)`` reads one from a file.
    package init(_ file: MappedFile) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            try self.init(SectionedFile(file, kind: ModelFile.kind, versions: ModelFile.versions))
        } catch {
            throw LatentSemanticsError(error)
        }
    }

    /// Writes the model to a file, which takes its place whole or not at all.
    ///
    /// The same model gives the same bytes.
    ///
    /// - Parameter path: The file. What stands there is replaced; that may be the file that the model is mapped from.
    /// - Throws: ``LatentSemanticsError`` if the file cannot be written; what stood at the path is then still there.
    public func save(to path: String) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            try write(to: path)
        } catch {
            throw LatentSemanticsError(error)
        }
    }

    /// Reads the whole file of a model and checks that it holds what was written.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``LatentSemanticsError`` if the file cannot be opened, a checksum does not match, or the content
    ///   contradicts itself.
    /// - Complexity: O(*bytes*).
    public static func verify(fileAt path: String) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            let file = try SectionedFile(path: path, kind: ModelFile.kind, versions: ModelFile.versions)
            try file.verify()
            if let damage = try LatentSemanticModel(file).damage {
                throw file.damaged(damage.section, damage.reason)
            }
        } catch {
            throw LatentSemanticsError(error)
        }
    }
}

extension LatentSemanticsError {
    /// What the failure of a file means for the model in it.
    fileprivate init(_ error: MappedFileError) {
        let code: Code =
            switch error.code {
            case .cannotOpen, .cannotLock: .cannotRead
            case .notThisKind: .notAModel
            case .newerVersion: .newerVersion
            case .olderVersion: .olderVersion
            case .empty, .truncated, .damagedHeader, .damagedSection, .missingSection: .damaged
            case .cannotWrite, .noSpace: .cannotWrite
            }
        self.init(code, error.message, cause: error)
    }
}
