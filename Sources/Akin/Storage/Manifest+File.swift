import Foundation
import MappedFiles
package import PaperStore
import SystemCalls

/// The file is a sectioned file of kind `library` with one section, `json`, which holds the manifest as UTF-8 text.
///
/// The sectioned file has checksums of the bytes as they lie there, so no reader depends on how JSON is written. Its
/// version is the format of the library. `strings manifest` shows the text.
extension Manifest {
    private static let kind = FileKind("library")
    private static let section = "json"

    // MARK: - Writing

    /// Writes the manifest into the folder of its generation.
    ///
    /// - Throws: `MappedFileError`: `cannotWrite` or `noSpace`.
    func write(to folder: GenerationFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var writer = try SectionedFileWriter(
            path: folder.manifest, kind: Self.kind, version: UInt32(Self.currentFormat))
        try writer.add(Self.section, Array(try encoder.encode(self)))
        try writer.commit()
    }

    // MARK: - The store's note of it

    private static let checksumSetting = "manifest"

    /// The checksum of a generation's manifest, as the store keeps it.
    ///
    /// - Throws: The error of the file system.
    static func checksum(in folder: GenerationFolder) throws -> String {
        String(try FileIdentity(ofFileAt: folder.manifest).checksum, radix: 16)
    }

    /// The checksum that a store keeps of the manifest of the generation in force.
    ///
    /// - Throws: `PaperStoreError`.
    static func checksum(keptBy papers: PaperStore.Reader) throws -> String? {
        try papers.setting(checksumSetting)
    }

    /// Lets a store keep the checksum of the manifest in a folder, so that files of two libraries never pass for one.
    ///
    /// - Throws: `PaperStoreError`; the error of the file system.
    package static func keepChecksum(of folder: GenerationFolder, in papers: PaperStore.Writer) throws {
        try papers.setSetting(checksumSetting, to: checksum(in: folder))
    }

    // MARK: - Reading

    /// Reads the manifest of a generation.
    ///
    /// - Throws: `AkinError`: `damaged` if the file is missing, is not what was written or contradicts itself;
    ///   `olderVersion` if the library has an older format; `newerVersion` if it has a newer format, or parts that this
    ///   build does not know.
    package init(in folder: GenerationFolder) throws(AkinError) {
        let json = try Self.json(in: folder)
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(Manifest.self, from: json)
        } catch {
            throw Self.damage(folder, "it is not the description of a generation", cause: error)
        }
        if let part = manifest.unknownPart {
            throw AkinError(
                .newerVersion,
                "Cannot read '\(folder.manifest)': it has \(part), which this build does not know.",
                remedy: .useNewerVersion
            )
        }
        guard manifest.isSound, manifest.generation == folder.number else {
            throw Self.damage(folder, "it contradicts itself, or belongs to another generation")
        }
        self = manifest
    }

    /// The entries of a generation's manifest that this build does not know, as paths such as `segments.color`.
    ///
    /// Reading a manifest passes over them. They mean that another version of Akin has written the file.
    ///
    /// - Throws: What ``init(in:)`` throws.
    static func unknownEntries(in folder: GenerationFolder) throws(AkinError) -> [String] {
        let json = try json(in: folder)
        let manifest = try Manifest(in: folder)
        return try akinError {
            let known = entries(of: try JSONSerialization.jsonObject(with: JSONEncoder().encode(manifest)))
            return entries(of: try JSONSerialization.jsonObject(with: json)).subtracting(known).sorted()
        }
    }

    /// The paths of all entries of a JSON value; the elements of a list have one path together.
    private static func entries(of value: Any, at path: String = "") -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: []) { found, entry in
                let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                found.insert(path)
                found.formUnion(entries(of: entry.value, at: path))
            }
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(entries(of: $1, at: path)) }
        default: []
        }
    }

    /// The text of a generation's manifest. Every byte of the file is compared with its checksums.
    private static func json(in folder: GenerationFolder) throws(AkinError) -> Data {
        let format = UInt32(currentFormat)
        do throws(MappedFileError) {
            let file = try SectionedFile(path: folder.manifest, kind: kind, versions: format...format)
            try file.verify()
            return Data(try file.array(section, of: UInt8.self))
        } catch {
            throw failure(error, in: folder)
        }
    }

    private static func failure(_ error: MappedFileError, in folder: GenerationFolder) -> AkinError {
        let translated = AkinError(translating: error)
        if translated.code == .cannotRead { return translated }
        switch error.code {
        case .cannotOpen:
            if let format = olderFormat(in: folder) {
                return AkinError(
                    .olderVersion,
                    "Cannot read '\(folder.olderManifest)': library format \(format), this build reads "
                        + "\(currentFormat).",
                    remedy: .repair
                )
            }
            return damage(folder, "it is missing or cannot be read", cause: error)
        case .newerVersion:
            return translated
        case .olderVersion:
            return AkinError(.olderVersion, error.message, remedy: .repair, cause: error)
        default:
            return AkinError(.damaged, error.message, remedy: .repair, cause: error)
        }
    }

    /// The format of a library before 4, whose manifest was a file of bare JSON; `nil` where there is no such file.
    private static func olderFormat(in folder: GenerationFolder) -> Int? {
        struct Older: Decodable { var format: Int }
        guard
            let data = try? Data(bytes(ofFileAt: folder.olderManifest).bytes),
            let format = try? JSONDecoder().decode(Older.self, from: data).format, format < currentFormat
        else { return nil }
        return format
    }

    private static func damage(
        _ folder: GenerationFolder, _ reason: String, cause: (any Error)? = nil
    ) -> AkinError {
        AkinError(
            .damaged, "Cannot use '\(folder.manifest)': \(reason).", remedy: .repair, cause: cause)
    }
}
