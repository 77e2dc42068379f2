extension ImportFormat {
    /// RIS, which nearly every database exports. Named `ris`. See <doc:FileFormats>.
    public static let ris = ImportFormat(TaggedLinesImporter<RISFormat>.self)

    /// MEDLINE's format, as PubMed exports it. Named `nbib`. See <doc:FileFormats>.
    public static let nbib = ImportFormat(TaggedLinesImporter<NBIBFormat>.self)

    /// The Web of Science's tagged lines or table. Named `wos`. See <doc:FileFormats>.
    public static let wos = ImportFormat(WOSImporter.self)

    /// EndNote's tagged lines (`%0 Journal Article`). Named `enw`. See <doc:FileFormats>.
    public static let enw = ImportFormat(TaggedLinesImporter<ENWFormat>.self)
}
