import Foundation

/// Refuses a path that nothing should be written to: a folder, a device, a part of a library, or a file that is there.
///
/// - Parameters:
///   - path: The path.
///   - content: What is to be written, as the message says it: `a model`.
///   - replacesAnyFile: Whether any existing file may be replaced.
///   - isReplaceable: Whether an existing file may be replaced in any case. By default none may.
/// - Throws: `AkinError` with code `invalidArgument`.
package func checkOutput(
    _ path: String, of content: String, replacesAnyFile: Bool, isReplaceable: (String) -> Bool = { _ in false }
) throws(AkinError) {
    func refusal(_ reason: String, _ remedy: AkinError.Remedy) -> AkinError {
        AkinError(.invalidArgument, "Cannot write \(content) to '\(path)': \(reason).", remedy: remedy)
    }
    // A link is followed: what it names would be replaced.
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let folders = [target.deletingLastPathComponent(), target.deletingLastPathComponent().deletingLastPathComponent()]
    if let library = folders.map({ LibraryFolder(path: $0.path) }).first(where: \.exists) {
        let isPart =
            library.path == folders[0].path || folders[0].lastPathComponent.hasPrefix("generation-")
        if isPart { throw refusal("it is a place in the library '\(library.path)'", .chooseAnotherFile) }
    }
    guard let kind = try? FileManager.default.attributesOfItem(atPath: target.path)[.type] as? FileAttributeType else {
        return
    }
    switch kind {
    case .typeRegular: break
    case .typeDirectory: throw refusal("it is a folder", .chooseAnotherFile)
    default: throw refusal("it is a device, a pipe or a socket", .chooseAnotherFile)
    }
    guard replacesAnyFile || isReplaceable(target.path) else {
        throw refusal("there is such a file", .allowReplacing)
    }
}
