package import MappedFiles

extension LatentSemanticModel {
    /// Opens a model that ``save(to:)`` wrote, by mapping its file into memory.
    ///
    /// Opening reads the header and a few pages. A query reads the terms and vectors that it needs. The file must not
    /// be written to or cut short while the model is in use. It may be replaced or removed.
    ///
    /// No file makes the model read outside of it, even one that is damaged or made up. Damage in the large sections
    /// may make answers wrong; ``verify(fileAt:)`` finds it.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``LatentSemanticsError`` with the code `cannotRead`, `notAModel`, `newerVersion`, `olderVersion` or
    ///   `damaged`.
    /// - Complexity: O(``rank``).
    public init(mapping path: String) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            try self.init(SectionedFile(path: path, kind: ModelFile.kind, versions: ModelFile.versions))
        } catch {
            throw LatentSemanticsError(error)
        }
    }

    /// Reads a model that is part of the program, as ``init(mapping:)`` reads one from a file.
    ///
    /// - Throws: ``LatentSemanticsError`` with the codes of ``init(mapping:)``.
    package init(_ file: MappedFile) throws(LatentSemanticsError) {
        do throws(MappedFileError) {
            try self.init(SectionedFile(file, kind: ModelFile.kind, versions: ModelFile.versions))
        } catch {
            throw LatentSemanticsError(error)
        }
    }

    /// Writes the model to a file, which appears at its path complete or not at all.
    ///
    /// The same model gives the same bytes.
    ///
    /// - Parameter path: The file. It replaces the one at the path, even if the model is mapped from that one.
    /// - Throws: ``LatentSemanticsError`` with the code `cannotWrite`. The old file is then still there.
    /// - Complexity: O(*bytes*).
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
    /// - Throws: ``LatentSemanticsError`` with the codes of ``init(mapping:)``; `damaged` if a checksum does not match
    ///   or the content contradicts itself.
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
