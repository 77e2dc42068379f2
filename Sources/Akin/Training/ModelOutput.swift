import Foundation
import LatentSemantics

/// Refuses a path that no model should be written to: a folder, a device, a part of a library, or another file than a
/// model.
///
/// - Parameters:
///   - path: The path.
///   - replacesAnyFile: Whether an existing file may be replaced that is no model.
/// - Throws: `AkinError` with code `invalidArgument`.
func validate(modelOutput path: String, replacesAnyFile: Bool) throws(AkinError) {
    // A link is followed: what it names would be replaced.
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let folders = [target.deletingLastPathComponent(), target.deletingLastPathComponent().deletingLastPathComponent()]
    if let library = folders.map({ LibraryFolder(path: $0.path) }).first(where: \.exists) {
        let isPart =
            library.path == folders[0].path || folders[0].lastPathComponent.hasPrefix("generation-")
        if isPart { throw refusal(path, "it is a place in the library '\(library.path)'", .chooseAnotherFile) }
    }
    guard let kind = try? FileManager.default.attributesOfItem(atPath: target.path)[.type] as? FileAttributeType else {
        return
    }
    switch kind {
    case .typeRegular: break
    case .typeDirectory: throw refusal(path, "it is a folder", .chooseAnotherFile)
    default: throw refusal(path, "it is a device, a pipe or a socket", .chooseAnotherFile)
    }
    guard replacesAnyFile || isModel(target.path) else {
        throw refusal(path, "there is such a file, and it is no model", .allowReplacing)
    }
}

/// Whether a file is a model, be it damaged or of another version.
private func isModel(_ path: String) -> Bool {
    do {
        _ = try LatentSemanticModel(mapping: path)
        return true
    } catch {
        return [.olderVersion, .newerVersion, .damaged].contains(error.code)
    }
}

private func refusal(_ path: String, _ reason: String, _ remedy: AkinError.Remedy) -> AkinError {
    AkinError(.invalidArgument, "Cannot write a model to '\(path)': \(reason).", remedy: remedy)
}
