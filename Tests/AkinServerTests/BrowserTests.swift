import Akin
import AkinAgents
import Foundation
import Papers
import Testing

/// The page in Chromium, where that is installed. `.ci/install-browser` installs it.
@Suite("The page in a browser", .serialized, .enabled(if: Browser.driverPath != nil, "chromedriver is not installed"))
struct BrowserTests {
    /// Whether no answer is under way.
    private static let isIdle = "!document.getElementById('results').hasAttribute('aria-busy')"

    private static let hostile = [
        Paper(id: "h1", title: "Wombat <script>document.title = 'taken'</script>", abstract: "A wombat & <b>more</b>."),
        Paper(
            id: "h2", title: "Wombat \u{600}<img src=x onerror=document.title='taken'\u{600}>", abstract: "A wombat."),
        Paper(id: "h3", title: "Wombat \u{202e}txet desrever", abstract: "A wombat."),
        Paper(id: "h4", title: "Wombat " + String(repeating: "w", count: 300), abstract: "A wombat."),
        Paper(id: "h5", title: "وومبات wombat في الغابة", abstract: "A wombat with $\\alpha < \\beta$."),
    ]

    private func with(
        _ papers: [Paper] = TestServer.papers, width: Int = 1200, isDark: Bool = false, isWritable: Bool = false,
        _ body: (Browser, TestServer) async throws -> Void
    ) async throws {
        try await TestServer.with(papers, isWritable: isWritable) { (server: TestServer) async throws in
            try await Browser.with(width: width, isDark: isDark) { browser in
                try await body(browser, server)
                let errors = try await browser.errors().filter { !$0.contains("status of 404") }
                #expect(errors.isEmpty, "\(errors)")
            }
        }
    }

    @Test func `answers as one types, and goes back`() async throws {
        try await with { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/")
            try await browser.run("window.mark = 1")
            try await browser.type("/pandas bamboo")
            let cards = "document.querySelectorAll('.card').length > 0"
            #expect(try await browser.waits(until: "\(cards) && location.search === '?q=pandas+bamboo'"))
            #expect(
                try await browser.run("return document.querySelector('.card .title').textContent")
                    == "Pandas eat bamboo")
            #expect(try await browser.run("return window.mark") == 1)
            #expect(try await browser.waits(until: "document.getElementById('status').textContent.includes(' ms')"))
            try await browser.goBack()
            #expect(try await browser.waits(until: "document.querySelector('.start') && location.search === ''"))
        }
    }

    @Test func `takes papers for and against by keys, and asks with them`() async throws {
        try await with { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/?q=cache")
            try await browser.type("jl")
            #expect(
                try await browser.waits(
                    until: "document.querySelectorAll('.tray .chip').length === 1 && \(Self.isIdle)"))
            try await browser.type("jju")
            #expect(
                try await browser.waits(
                    until: "document.querySelectorAll('.tray .chip').length === 2 && \(Self.isIdle)"))
            #expect(
                try await browser.run("return /[?&]like=/.test(location.search) && /[?&]unlike=/.test(location.search)")
                    == true)
            try await browser.goBack()
            #expect(try await browser.waits(until: "document.querySelectorAll('.tray .chip').length === 1"))
        }
    }

    @Test func `filters, and keeps the place of more papers`() async throws {
        try await with { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/?q=cache")
            try await browser.run("document.querySelector('.more a').click()")
            #expect(try await browser.waits(until: "document.querySelectorAll('.card').length > 20"))
            try await browser.run("document.querySelector('input[name=venue][value=VLDB]').click()")
            #expect(try await browser.waits(until: "location.search.includes('venue=VLDB') && \(Self.isIdle)"))
            let venues = try await browser.run(
                "return [...new Set([...document.querySelectorAll('.card .venue')].map(e => e.textContent))]")
            #expect(venues == ["VLDB"])
        }
    }

    @Test func `tags what is selected`() async throws {
        try await with(isWritable: true) { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/?q=pandas")
            try await browser.run(
                """
                document.querySelector('.card input[type=checkbox]').click();
                document.getElementById('act-name').value = 'to read';
                document.querySelector('[formaction="/do/tag"]').click();
                """)
            #expect(
                try await browser.waits(
                    until: "[...document.querySelectorAll('.card .tag')].some(e => e.textContent === 'to read')"))
            #expect(try await server.library.paper(named: "Pandas eat bamboo").tags.contains("to read"))
        }
    }

    @Test(arguments: [360, 1400], [false, true])
    func `fits its window and can be read by everyone`(width: Int, isDark: Bool) async throws {
        let papers = TestServer.papers + Self.hostile
        try await with(papers, width: width, isDark: isDark, isWritable: true) {
            (browser: Browser, server: TestServer) async throws in
            for path in [
                "/", "/?q=wombat", "/?q=cache&like=p1", "/paper?id=h4", "/why?first=p1&second=p2", "/new", "/add",
                "/help", "/libraries", "/login", "/paper?id=none",
            ] {
                try await browser.open("http://127.0.0.1:\(server.port)\(path)")
                #expect(try await browser.run("return document.title") != "taken")
                let overflow = try await browser.run("return document.documentElement.scrollWidth - innerWidth")
                #expect((overflow.integer ?? 0) <= 0, "\(path) at \(width)")
                let ground = try await browser.run("return getComputedStyle(document.documentElement).colorScheme")
                #expect(ground.string?.isEmpty == false)
                try await checkAccess(browser, path)
            }
        }
    }

    /// Looks for what keeps people from using a page, by the rules of axe-core, where that is installed.
    private func checkAccess(_ browser: Browser, _ path: String) async throws {
        guard let axe = Browser.axe else { return print("axe-core is not installed: AKIN_AXE names its script.") }
        // What a browser has not drawn yet has no place and no color.
        try await browser.run(
            "document.styleSheets[0].insertRule('.card { content-visibility: visible !important; }', 0)")
        try await browser.run(axe)
        let found = try await browser.await(
            """
            axe.run().then(result => arguments[0](result.violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .map(one => `${one.id}: ${one.nodes[0].html}`)))
            """)
        #expect(found == [], "\(path)")
    }

    @Test func `shows thousands of papers`() async throws {
        let papers = (0..<2_000).map { Paper(id: "n\($0)", title: "Numbat \($0)", abstract: "A numbat, number \($0).") }
        try await with(papers) { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/?q=numbat&count=2000")
            let shown = try await browser.run("return document.querySelectorAll('.card').length").integer ?? 0
            #expect(shown > 1_000)
            try await browser.type("jjx")
            #expect(try await browser.waits(until: "document.getElementById('chosen').textContent === '1 selected'"))
        }
    }

    @Test func `draws the map`() async throws {
        try await with { (browser: Browser, server: TestServer) async throws in
            try await browser.open("http://127.0.0.1:\(server.port)/map")
            #expect(try await browser.waits(until: "document.getElementById('map')"))
            #expect(try await browser.run("return document.getElementById('legend').children.length > 0") == true)
        }
    }
}
