import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files that other programs exported")
struct RealImportsTests {
    /// Whether the files lie beside the project.
    static let arePresent = FileManager.default.fileExists(atPath: SharedData.path("imports/SOURCES.tsv"))

    /// What the first record of a file says, read by a person.
    struct Expected: Sendable {
        let file: String
        let ids: Set<String>
        let title: String
        let authors: [String]
        let year: Int
        let type: String
    }

    private static let scales =
        "Cellular structure of dinosaur scales reveals retention of reptile-type skin during the evolutionary transition "
        + "to feathers"

    @Test(
        .enabled(if: arePresent, "\(SharedData.skipNote)"),
        arguments: [
            Expected(
                file: "ris/asreview_baseline_scopus.ris", ids: ["doi:10.1038/s41467-024-46843-2"],
                title: "Global latitudinal gradients and the evolution of body size in dinosaurs and mammals",
                authors: [
                    "L.N. Wilson", "J.D. Gardner", "J.P. Wilson", "A. Farnsworth", "Z.R. Perry", "P.S. Druckenmiller",
                    "G.M. Erickson", "C.L. Organ",
                ], year: 2024, type: "article-journal"),
            Expected(
                file: "nbib/single.nbib", ids: ["doi:10.1136/neurintsurg-2017-013179", "pmid:28754806"],
                title: "Impact of balloon guide catheter on technical and clinical outcomes: a systematic review and "
                    + "meta-analysis",
                authors: ["Waleed Brinjikji", "Vitor M Pereira", "David F Kallmes"], year: 2018,
                type: "article-journal"),
            Expected(
                file: "wos/jabref-IsiImporterTestWOS.isi", ids: ["wos:000238592600006"],
                title: "Optical and photoelectric spectroscopy of photorefractive Sn2P2S6 crystals",
                authors: ["RV Gamernyk", "YP Gnatenko", "PM Bukivskij", "PA Skubenko", "VY Slivka"], year: 2006,
                type: "article-journal"),
            Expected(
                file: "csv/asreview_baseline_rayyan.csv", ids: ["doi:10.1038/s41467-024-48400-3"], title: scales,
                authors: ["Z. Yang", "B. Jiang", "J. Xu", "M.E. McNamara"], year: 2024, type: ""),
            Expected(
                file: "csv/asreview_baseline_embase.csv", ids: ["doi:10.1038/s41467-024-48400-3", "pmid:38773066"],
                title: scales, authors: ["Z. Yang", "B. Jiang", "J. Xu", "M.E. McNamara"], year: 2024,
                type: "article-journal"),
            Expected(
                file: "csv/asreview_baseline_cochrane.csv", ids: ["doi:10.1186/1745-6215-12-39", "pmid:21314913"],
                title: "The Incredible Years Therapeutic Dinosaur Programme to build social and emotional competence "
                    + "in Welsh primary schools: study protocol for a",
                authors: ["T Bywater", "J Hutchings", "C Whitaker", "C Evans", "L Parry"], year: 2011,
                type: "article-journal"),
            Expected(
                file: "pubmed-xml/pubmed-29768149.xml", ids: ["pmid:29768149"], title: "",
                authors: [
                    "Paul M O'Byrne", "J Mark FitzGerald", "Eric D Bateman", "Peter J Barnes", "Nanshan Zhong",
                    "Christina Keen", "Carin Jorup", "Rosa Lamarca", "Stefan Ivanov", "Helen K Reddel",
                ], year: 2018, type: "article-journal"),
        ])
    func `have in their first record what a person reads there`(_ expected: Expected) throws {
        let paper = try #require(try readAll(SharedData.path("imports/\(expected.file)")).papers.first)
        #expect(expected.ids.isSubset(of: [paper.id] + paper.alternateIDs))
        #expect(paper.title.hasPrefix(expected.title))
        #expect(paper.authors == expected.authors)
        #expect(paper.year == expected.year)
        #expect((paper.type ?? "") == expected.type)
    }

    @Test(
        .enabled(if: arePresent, "\(SharedData.skipNote)"),
        arguments: [
            ("ris/asreview-ovid_psycinfo.ris", "ris", 6), ("ris/asreview-ovid_zotero.ris", "ris", 6),
            ("ris/asreview-proquest.ris", "ris", 6), ("ris/asreview-pubmed_zotero.ris", "ris", 6),
            ("ris/asreview-ris_issue_1099.txt", "ris", 7), ("ris/asreview-web_of_science.txt", "ris", 10),
            ("ris/asreview_baseline_cinahl.ris", "ris", 9), ("ris/asreview_baseline_citavi.ris", "ris", 100),
            ("ris/asreview_baseline_cochrane_refman.ris", "ris", 3), ("ris/asreview_baseline_endnote.ris", "ris", 10),
            ("ris/asreview_baseline_openalex.ris", "ris", 9), ("ris/asreview_baseline_psychInfo_ovid.ris", "ris", 10),
            ("ris/asreview_baseline_rayyan.ris", "ris", 10), ("ris/asreview_baseline_scopus.ris", "ris", 10),
            ("ris/asreview_baseline_webofscience.ris", "ris", 10), ("ris/jabref-RisImporterTest5a.ris", "ris", 1),
            ("ris/rispy-example_bom.ris", "ris", 1), ("ris/rispy-example_empty_tag.ris", "ris", 1),
            ("ris/rispy-example_extraneous_data.ris", "ris", 2), ("ris/rispy-example_full.ris", "ris", 2),
            ("ris/rispy-example_multi_unknown_tags.ris", "ris", 1),
            ("ris/rispy-example_starting_newlines.ris", "ris", 1),
            ("ris/rispy-example_wos.ris", "wos", 2), ("wos/jabref-IsiImporterTestInspec.isi", "wos", 2),
            ("wos/jabref-IsiImporterTestWOS.isi", "wos", 2),
            ("nbib/jabref-MedlinePlainImporterTestMultipleEntries.txt", "nbib", 7), ("nbib/pmc_medlars.txt", "nbib", 5),
            ("nbib/pubmed-balloongui-set.nbib", "nbib", 75), ("nbib/single.nbib", "nbib", 1),
            ("csv/asreview-embase_newpage.csv", "csv", 6), ("csv/asreview-generic_bad_record_id.csv", "csv", 6),
            ("csv/asreview-generic_column_names_with_spaces.csv", "csv", 2),
            ("csv/asreview-generic_labels_no_abs.csv", "csv", 6), ("csv/asreview-generic_semicolon.csv", "csv", 2),
            ("csv/asreview-missing_values.csv", "csv", 4), ("csv/asreview_baseline_cochrane.csv", "csv", 3),
            ("csv/asreview_baseline_embase.csv", "csv", 10), ("csv/asreview_baseline_excel.csv", "csv", 10),
            ("csv/asreview_baseline_rayyan.csv", "csv", 10), ("csv/asreview_baseline_refworks.tsv", "csv", 100),
            ("csl-json/bbt-Deterministic ordering.csl.json", "json", 26), ("csl-json/citation-js-doi.json", "json", 4),
            ("csl-json/deep-review-manual-references.json.gz", "json", 602),
            ("semantic-scholar/s2-search_paper_bulk_retrieval.json", "json", 1000),
        ])
    func `give all their records in their format`(file: String, format: String, records: Int) throws {
        let path = SharedData.path("imports/\(file)")
        #expect(try PaperReader(path: path).format.name == format)
        let batch = try readAll(path)
        #expect(batch.papers.count + batch.skipped.count == records)
        #expect(batch.skipped.allSatisfy { $0.code == .noTitleAndNoAbstract })
        let withoutTitles = ["missing_values": 2, "MultipleEntries": 5, "example_bom": 1]
        let most = withoutTitles.first { file.contains($0.key) }?.value ?? 0
        #expect(batch.papers.count { $0.title.isEmpty } <= most)
    }
}
