#if canImport(CSnowball)
import CSnowball

/// One of libstemmer's algorithms, for use by one thread at a time.
@safe
package struct Stemmer: ~Copyable {
    /// Whether stems come from libstemmer. Without it only English has stems, by ``EnglishStemmer``.
    package static let usesLibstemmer = true

    private let handle: OpaquePointer

    /// Creates the stemmer of a language. Returns `nil` if libstemmer has none, and for ``Language/none``.
    package init?(_ language: Language) {
        // SAFETY: libstemmer reads the name up to its terminating zero, which the string's C form has; the pointer is
        // owned by this value and freed once, in `deinit`.
        guard language != .none, let handle = unsafe sb_stemmer_new(language.rawValue, nil) else { return nil }
        unsafe self.handle = handle
    }

    deinit {
        unsafe sb_stemmer_delete(handle)
    }

    /// Replaces a word by its stem.
    ///
    /// A word stays as it is if its stem would be empty, or if libstemmer runs out of memory.
    ///
    /// - Parameter word: Valid UTF-8 in lower case.
    package func stem(_ word: inout [UInt8]) {
        guard let size = Int32(exactly: word.count) else { return }
        // SAFETY: libstemmer reads `size` bytes from the array; it returns memory of its own that holds
        // `sb_stemmer_length` bytes until the next call on this handle, and they are copied out before it.
        let stem = unsafe word.withUnsafeBufferPointer { word in
            unsafe sb_stemmer_stem(handle, word.baseAddress, size)
        }
        guard let stem = unsafe stem else { return }
        let length = Int(unsafe sb_stemmer_length(handle))
        guard length > 0 else { return }
        let bytes = unsafe UnsafeBufferPointer(start: stem, count: length)
        word.removeAll(keepingCapacity: true)
        unsafe word.append(contentsOf: bytes)
    }
}
#else
/// The stemmer of English where libstemmer is absent.
package struct Stemmer: ~Copyable {
    /// Whether stems come from libstemmer. Without it only English has stems, by ``EnglishStemmer``.
    package static let usesLibstemmer = false

    private let english = EnglishStemmer()

    /// Creates the stemmer of English. Returns `nil` for all other languages.
    package init?(_ language: Language) {
        guard language == .english else { return nil }
    }

    /// Replaces a word by its stem. A word stays as it is if its stem would be empty.
    ///
    /// - Parameter word: Valid UTF-8 in lower case.
    package func stem(_ word: inout [UInt8]) { english.stem(&word) }
}
#endif
