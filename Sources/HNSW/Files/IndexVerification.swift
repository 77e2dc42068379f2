import MappedFiles

/// Reads the whole file of an index and checks that it holds what was written.
///
/// Opening a file checks its size, header and tables, and searching checks every number that it reads against its bounds;
/// a byte that changed in between makes answers wrong, and only this finds it.
///
/// - Parameter path: The file.
/// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion` or `damagedFile`, naming file and section.
/// - Complexity: O(*bytes*), at the speed of memory or of the disk.
public func verifyVectorIndex(at path: String) throws(HNSWError) {
    do throws(MappedFileError) {
        let versions = IndexFile.version...IndexFile.version
        try SectionedFile(path: path, kind: IndexFile.kind, versions: versions).verify()
    } catch {
        throw HNSWError(reading: error)
    }
}
