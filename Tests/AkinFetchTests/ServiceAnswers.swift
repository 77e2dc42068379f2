// Answers of the services, written for these tests.

/// A feed of arXiv with an entry for each number.
func arXivFeed(_ numbers: some Sequence<Int>, total: Int) -> String {
    let entries = numbers.map { number in
        """
        <entry>
        <id>http://arxiv.org/abs/\(arXivID(number))v2</id>
        <title>Paper \(number) on   soil
          moisture</title>
        <summary>  We measure the moisture of soil number \(number).
        </summary>
        <published>2024-03-0\(number % 9 + 1)T10:00:00Z</published>
        <author><name>Ada Reader</name></author>
        <category term="physics.geo-ph" scheme="http://arxiv.org/schemas/atom"/>
        </entry>
        """
    }
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
        <link href="http://arxiv.org/api/query?search_query=all:soil" rel="self" type="application/atom+xml"/>
        <title type="html">ArXiv Query</title>
        <opensearch:totalResults>\(total)</opensearch:totalResults>
        \(entries.joined(separator: "\n"))
        </feed>
        """
}

/// The feed in which arXiv tells of an error.
let arXivErrorFeed = """
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
    <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
    <entry><id>http://arxiv.org/api/errors#start_must_be_an_integer</id><title>Error</title>
    <summary>start must be an integer</summary></entry>
    </feed>
    """

/// The arXiv id of the paper with a number.
func arXivID(_ number: Int) -> String { "2403.\(String(10_000 + number))" }

/// The DOI of the work with a number.
func doi(_ number: Int) -> String { "10.1234/soil.\(number)" }

/// A work of OpenAlex.
func openAlexWork(_ number: Int, doi: String? = nil, hasAbstract: Bool = true) -> String {
    let abstract = #"{"Soils": [0, 3], "differ": [1], "from": [2], "\#(number)": [4]}"#
    return """
        {"id": "https://openalex.org/W20000\(number)", "doi": "https://doi.org/\(doi ?? AkinFetchTests.doi(number))",
         "title": "Work \(number) on soil", "publication_year": 2021, "publication_date": "2021-05-03",
         "ids": {"openalex": "https://openalex.org/W20000\(number)"}, "language": "en", "type": "article",
         "authorships": [{"author_position": "first", "author": {"id": "https://openalex.org/A1",
         "display_name": "Ada Reader"}}], "keywords": [], "topics": [], "biblio": {"volume": "3"},
         "abstract_inverted_index": \(hasAbstract ? abstract : "null"), "is_retracted": false}
        """
}

/// A page of OpenAlex.
func openAlexPage(_ works: [String], total: Int, next: String? = nil) -> String {
    """
    {"meta": {"count": \(total), "db_response_time_ms": 12, "page": null, "per_page": 100,
     "next_cursor": \(next.map { "\"\($0)\"" } ?? "null")},
     "results": [\(works.joined(separator: ",\n"))], "group_by": []}
    """
}

/// A list of Crossref's with a work for each DOI.
func crossrefList(_ dois: [String]) -> String {
    let items = dois.map { crossrefWork($0) }
    return """
        {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": {"facets": {},
         "total-results": \(dois.count), "items": [\(items.joined(separator: ","))], "items-per-page": 20,
         "query": {"start-index": 0, "search-terms": null}}}
        """
}

/// A work of Crossref, with its abstract in JATS.
func crossrefWork(_ doi: String) -> String {
    """
    {"indexed": {"date-parts": [[2024, 1, 2]], "timestamp": 1704153600000}, "reference-count": 12,
     "publisher": "Soil Press", "DOI": "\(doi)", "type": "journal-article", "source": "Crossref",
     "is-referenced-by-count": 3, "title": ["On soil"], "prefix": "10.1234", "member": "1",
     "abstract": "<jats:title>Abstract</jats:title><jats:p>Water in <jats:italic>soil</jats:italic>.</jats:p>",
     "author": [{"given": "Ada", "family": "Reader", "sequence": "first", "affiliation": []}],
     "container-title": ["Soils"], "issued": {"date-parts": [[2020, 4]]}, "URL": "https://doi.org/\(doi)"}
    """
}

/// A feed of arXiv with one entry, packed by gzip, in base 64.
let packedFeed = """
    H4sIAAAAAAACA12Py07DMBBF9/kKy/t67BYkiCauukFii+ADjDO0VuOHbDcpf48hlAXbO2fOncH91U9splxcDANXQnJGwcbRhePA
    316fNg98rzv8IBpZQ0MZ+KnW1AMsyyKWnYj5CFsp7+FQo+cr08c/yjwKGz1soCSyEBOFQibbEyihgDdz7GusZnqhcplq0QrhX9Ih
    hZo/NbpR36T56uafZvNeYHsnd0JJKdXcthuF1dWJ9IElY8/t7mQSZYQ1xXLx3jTfc2XWePqFBMJtgLAWdgjfb+vuC5rjT4QlAQAA
    """
