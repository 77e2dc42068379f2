/// The libraries that a person has a name for.
package struct LibrariesReport: Codable, Hashable, Sendable {
    /// A library.
    package struct Library: Codable, Hashable, Sendable {
        /// Its name in the configuration file, or that of its folder.
        package var name: String
        package var path: String
        /// How many papers it holds; absent if it cannot be opened.
        package var papers: Int?
        /// Whether commands use it if no other is named.
        package var isDefault: Bool

        package init(name: String, path: String, papers: Int?, isDefault: Bool) {
            (self.name, self.path, self.papers, self.isDefault) = (name, path, papers, isDefault)
        }
    }

    package var libraries: [Library]

    package init(_ libraries: [Library]) { self.libraries = libraries }
}
