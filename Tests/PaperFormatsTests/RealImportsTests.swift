import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files that other programs exported")
struct RealImportsTests {
    /// Whether the files lie beside the project.
    static let arePresent = FileManager.default.fileExists(atPath: SharedData.path("imports/SOURCES.tsv"))

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
