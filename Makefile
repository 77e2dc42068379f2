# The commands of the project. `make` alone lists them.

PREFIX ?= /usr/local
PAPERS ?= ../shared/data/papers/core-5k.jsonl
RESULTS ?= .build/benchmarks/library.json
JUDGED_PAPERS ?= ../shared/data/papers/core-5k.jsonl
VARIANTS ?= 120000
SEED ?= 1

# What `make bench-hnsw` embeds, and where its rivals are installed. It takes VECTORS, METRIC, N, QUERIES, THREADS, SETS,
# SYSTEMS and FULL as well, and QUERY_VECTORS and TRUTH; Benchmarks/Sources/IndexBenchmark/Settings.swift says what they
# mean. VECTORS may also be a data set of ann-benchmarks (HDF5), which is turned into a folder of files first.
EMBEDDED_PAPERS ?= ../shared/data/papers/core.jsonl.xz
RIVALS ?= .build/benchmarks/rivals
LSA = .build/benchmarks/lsa.npy
CONVERTED = $(if $(filter %.hdf5 %.h5,$(VECTORS)),.build/benchmarks/published/$(basename $(notdir $(VECTORS))))

# The vectors of the set lsa-1m, which is made if SETS names it or FULL is given. Of a million sentences, 2,000 are held
# out as queries, and a few are left out.
SENTENCES ?= 1003000
LSA_SENTENCES = .build/benchmarks/lsa-sentences.npy
WANTS_SENTENCES = $(or $(FULL),$(findstring lsa-1m,$(SETS)))

# What `make bench-lsa` reads unless PAPERS is given: a small file, and then the large one. It takes N, RANK, THREADS,
# SYSTEMS, SAMPLE and QUERIES as well; Benchmarks/Sources/SemanticsBenchmark/Settings.swift says what they mean.
UNPACKED_PAPERS = .build/benchmarks/core.jsonl
SEMANTICS_PAPERS = $(if $(filter file,$(origin PAPERS)),$(wildcard $(PAPERS)) \
	$(if $(wildcard $(EMBEDDED_PAPERS)),$(UNPACKED_PAPERS)),$(PAPERS))
SEMANTICS_RIVALS ?= .build/benchmarks/lsa-rivals
RECOMMEND_RIVALS ?= .build/benchmarks/recommend-rivals
TOKENIZER_RIVALS ?= .build/benchmarks/tokenizer-rivals
ENCODER_RIVALS ?= .build/benchmarks/encoder-rivals
SERVING_RIVALS ?= .build/benchmarks/serving-rivals
QUESTIONS = $(wildcard ../shared/data/beir/litsearch-dev/queries.jsonl)

BENCHMARKS = -c release --package-path Benchmarks --scratch-path .build/benchmarks-build

# The package manager writes the traits into each compiler's command in the order of a set. Without this, nearly every
# build had another order, and compiled everything again.
export SWIFT_DETERMINISTIC_HASHING = 1

# On Apple's systems libstemmer, Zstandard and xz come from Homebrew, whose folder no compiler looks into. Accelerate, SQLite
# and zlib are part of the system.
ifeq ($(shell uname),Darwin)
BREW ?= $(shell brew --prefix)
HOMEBREW = -Xcc -I$(BREW)/include -Xlinker -L$(BREW)/lib
export PKG_CONFIG_PATH := $(BREW)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

# The tests are compiled like the program, so that both share what is built; none of them uses @testable. They run
# with the random hashing that users have, so that nothing comes to depend on an order of sets.
BUILD_TESTS = swift build -c release $(HOMEBREW) --build-tests --disable-xctest
RUN_TESTS = env -u SWIFT_DETERMINISTIC_HASHING swift test -c release $(HOMEBREW) --disable-testable-imports --disable-xctest --skip-build

# What is installed needs no Swift on the machine. It is compiled for itself; with INSTALLED="-c release" the programs
# that are built already are installed.
INSTALLED = -c release $(HOMEBREW) $(if $(filter Linux,$(shell uname)),--static-swift-stdlib) --scratch-path .build/static

# Where shells look for completions of commands: a shell, and a file under PREFIX/share.
COMPLETIONS = bash:bash-completion/completions/akin zsh:zsh/site-functions/_akin fish:fish/vendor_completions.d/akin.fish

# Where man looks for the pages of commands.
MANUAL = $(DESTDIR)$(PREFIX)/share/man/man1

# Only Linux strips its programs without breaking their signature.
STRIP = $(if $(filter Linux,$(shell uname)),-s)

.PHONY: help demo test test-neon test-threads test-sanitizers test-clients check-apple check-api api-baseline fuzz torture torture-short soak fixtures build bench bench-hnsw bench-mapped bench-lsa bench-model bench-judged bench-concurrency bench-filters bench-pdf bench-recommend bench-tokens bench-encoders bench-serve bench-postgres docs examples lint install uninstall clean dependencies

help:
	@echo 'make demo        build, then ask the bundled papers for ones like InfLLM'
	@echo 'make test        run all tests'
	@echo 'make test-neon   compare the NEON kernels with their scalar twins, under emulation'
	@echo 'make test-threads run the vector index under the thread sanitizer'
	@echo 'make test-sanitizers run the C kernels and the Swift tests under the address sanitizer'
	@echo 'make check-apple type-check the libraries for macOS and iOS, and the C sources for them and for Linux on arm64'
	@echo 'make check-api  compare the public symbols with those of the last release, in Tests/API; make api-baseline records them'
	@echo 'make test-clients ask the server with clients of other people: openai, mcp, schemathesis, feedparser'
	@echo 'make torture     kill, fail and suspend akin at every call, lose power, alter files: minutes, or HOURS; SEED ($(SEED))'
	@echo 'make torture-short the same for a minute'
	@echo 'make soak        ask and change a library over HTTP for MINUTES (3) or HOURS, and watch answers and memory; SEED ($(SEED))'
	@echo 'make fuzz        open and search VARIANTS ($(VARIANTS)) altered index files, made from SEED ($(SEED))'
	@echo 'make fixtures    write the library of the current format that tests open, under Tests/Fixtures'
	@echo 'make build       build the program and the libraries'
	@echo 'make bench       time akin beside a rival on PAPERS ($(PAPERS))'
	@echo 'make bench-hnsw  time the vector index beside its rivals, on VECTORS (a file, the folder of a published set, or HDF5) or on sets of our own'
	@echo 'make bench-mapped search a mapped vector index with memory for a part of it'
	@echo 'make bench-lsa   time the way from papers to answers beside its rivals, stage by stage, on PAPERS or on two sets'
	@echo 'make bench-model compare small libraries of their own vector space with ones that start from a model of many papers'
	@echo 'make bench-judged ask the judged questions of Benchmarks/Judged of JUDGED_PAPERS, by kind of question'
	@echo 'make bench-concurrency the longest wait of a timer while three libraries are filled from PAPERS'
	@echo 'make bench-filters the recall and the time of searches among shares of the papers of LIBRARY'
	@echo 'make bench-pdf   make documents of JUDGED_PAPERS in three layouts and read them as PDF; needs groff'
	@echo 'make bench-recommend hide papers of venues and categories among all others, and find them by akin recommend and an SVM'
	@echo 'make bench-tokens compare the tokens of papers and of hard texts with those of tokenizers, by the folder MODEL'
	@echo 'make bench-encoders time the sentence encoder beside ONNX Runtime and PyTorch on JUDGED_PAPERS, with the same weights'
	@echo 'make bench-serve searches a second over HTTP beside FastAPI with NumPy and bm25s, on PAPERS, or on all papers with LARGE=1; needs wrk'
	@echo 'make bench-postgres a LIBRARY in PostgreSQL, beside its folder and beside tsvector with pgvector; ADDRESS is an empty database, JUDGED folders of test collections'
	@echo 'make docs        build the documentation into .build/docs'
	@echo 'make examples    build and run the small programs of Examples/'
	@echo 'make lint        check the format of all Swift files'
	@echo 'make install     install akin, akin-fetch and akin-serve, their manual pages and completions for shells under PREFIX ($(PREFIX))'
	@echo 'make uninstall   remove it from PREFIX'
	@echo 'make clean       remove everything that was built'

demo: dependencies
	swift build -c release $(HOMEBREW) --product akin
	"$$(swift build -c release --show-bin-path)/akin" demo

test: dependencies
	$(BUILD_TESTS)
	$(RUN_TESTS)

test-neon:
	.ci/test-neon

test-threads:
	.ci/test-threads

test-sanitizers:
	.ci/test-sanitizers

check-apple:
	.ci/check-apple

check-api: dependencies
	.ci/check-api

api-baseline: dependencies
	UPDATE=yes .ci/check-api

test-clients: dependencies
	.ci/test-clients

# It takes SEED, HOURS, MINUTES, PARTS, CASE, WITHOUT and KEEP; Tests/Torture/README.md says what they mean. The libraries under test lie
# in memory where that can be had.
TORTURE = -c release --package-path Tests/Torture --scratch-path .build/torture

torture: dependencies
	swift build -c release --product akin
	swift build $(TORTURE)
	SEED="$(SEED)" HOURS="$(HOURS)" PARTS="$(PARTS)" CASE="$(CASE)" WITHOUT="$(WITHOUT)" KEEP="$(KEEP)" MINUTES="$(MINUTES)" IGNORE_SYNCS="$(IGNORE_SYNCS)" \
		"$$(swift build $(TORTURE) --show-bin-path)/Torture" "$$(swift build -c release --show-bin-path)/akin" \
		"$$(swift build $(TORTURE) --show-bin-path)/libInterpose.so" $(if $(wildcard /dev/shm),/dev/shm,/tmp)

torture-short:
	$(MAKE) torture MINUTES=0.4

# It takes SEED, MINUTES, HOURS, PAPERS and AKIN, a program that is built already; Tests/Soak/README.md says what they mean.
soak: $(if $(AKIN),,dependencies)
	SEED="$(SEED)" MINUTES="$(MINUTES)" HOURS="$(HOURS)" PAPERS="$(PAPERS)" AKIN="$(AKIN)" .ci/soak

# The files lie in memory where that can be had, for each is written to be read once.
fuzz: dependencies
	$(BUILD_TESTS)
	AKIN_FUZZ_VARIANTS=$(VARIANTS) AKIN_FUZZ_SEED=$(SEED) TMPDIR=$(if $(wildcard /dev/shm),/dev/shm,/tmp) \
		$(RUN_TESTS) --filter HNSWTests.FileFuzzTests

fixtures: dependencies
	$(BUILD_TESTS)
	AKIN_WRITE_FIXTURES=1 $(RUN_TESTS) --filter AkinTests.LibraryFixtureTests

build: dependencies
	swift build -c release $(HOMEBREW)

bench: dependencies
	swift build -c release --product akin
	swift run $(BENCHMARKS) LibraryBenchmark \
		"$$(swift build -c release --show-bin-path)/akin" "$(PAPERS)" "$(RESULTS)"

bench-hnsw: dependencies $(if $(VECTORS),,$(if $(wildcard $(EMBEDDED_PAPERS)),$(LSA) \
		$(if $(WANTS_SENTENCES),$(LSA_SENTENCES))))
	Benchmarks/Rivals/make-environment "$(RIVALS)"
	$(if $(CONVERTED),"$(RIVALS)/bin/python" Benchmarks/Rivals/convert_hdf5.py "$(VECTORS)" "$(CONVERTED)")
	swift build $(BENCHMARKS) --product IndexBenchmark
	RIVALS="$(RIVALS)" VECTORS="$(or $(CONVERTED),$(VECTORS))" \
		"$$(swift build $(BENCHMARKS) --show-bin-path)/IndexBenchmark"

# A mapped index of which memory holds a part. It takes SETS, VECTORS, METRIC, N and QUERIES as bench-hnsw does.
bench-mapped: dependencies $(if $(wildcard $(EMBEDDED_PAPERS)),$(LSA_SENTENCES))
	swift build $(BENCHMARKS) --product IndexBenchmark
	"$$(swift build $(BENCHMARKS) --show-bin-path)/IndexBenchmark" mapped

# Vectors of the papers, made as `akin add` makes them.
$(LSA): $(UNPACKED_PAPERS)
	swift run $(BENCHMARKS) LatentVectors $< $@

# Vectors of the papers' sentences, made as if each were a paper.
$(LSA_SENTENCES): $(UNPACKED_PAPERS)
	swift run $(BENCHMARKS) LatentVectors $< $@ $(SENTENCES)

$(UNPACKED_PAPERS): $(wildcard $(EMBEDDED_PAPERS))
	mkdir -p $(@D)
	python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), open(sys.argv[2], "wb"))' "$<" $@

bench-lsa: dependencies $(filter $(UNPACKED_PAPERS),$(SEMANTICS_PAPERS))
	Benchmarks/Rivals/make-environment "$(SEMANTICS_RIVALS)" requirements-semantics.txt
	swift build -c release --product akin
	swift build $(BENCHMARKS) --product SemanticsBenchmark
	AKIN="$$(swift build -c release --show-bin-path)/akin" RIVALS="$(SEMANTICS_RIVALS)" QUERIES="$(or $(QUERIES),$(QUESTIONS))" \
		"$$(swift build $(BENCHMARKS) --show-bin-path)/SemanticsBenchmark" $(SEMANTICS_PAPERS)

# SETS is the folder of the judged collections, SEEDS the small libraries of a size.
bench-model: dependencies $(UNPACKED_PAPERS)
	swift run $(BENCHMARKS) ModelBenchmark $(UNPACKED_PAPERS) "$(or $(SETS),../shared/data/beir)" .build/benchmarks/model \
		$(or $(SEEDS),60)

# The judgments hold for these 5,000 papers alone, so PAPERS does not change them.
bench-judged: dependencies
	swift build -c release --product akin
	Benchmarks/Judged/measure "$$(swift build -c release --show-bin-path)/akin" "$(JUDGED_PAPERS)"

# Every measurement runs in a process of its own; ROUNDS says how often.
bench-encoders: dependencies
	Benchmarks/Rivals/make-environment "$(ENCODER_RIVALS)" requirements-encoders.txt
	swift build -c release --product EncoderWorker
	swift build $(BENCHMARKS) --product EncoderBenchmark
	WORKER="$$(swift build -c release --show-bin-path)/EncoderWorker" RIVALS="$(ENCODER_RIVALS)" \
		"$$(swift build $(BENCHMARKS) --show-bin-path)/EncoderBenchmark" "$(JUDGED_PAPERS)"

bench-concurrency: dependencies
	swift run $(BENCHMARKS) ConcurrencyBenchmark "$(PAPERS)"

bench-filters: dependencies
	swift run $(BENCHMARKS) FilterBenchmark "$(LIBRARY)"

# 200 documents in each layout, made once. It prints the shares of right titles, abstracts and authors.
bench-pdf: dependencies
	Benchmarks/Documents/make-documents "$(JUDGED_PAPERS)" .build/benchmarks/documents
	swift run $(BENCHMARKS) DocumentBenchmark .build/benchmarks/documents

# Liked papers of venues and categories beside scikit-learn's SVM; TASKS names others. The library is made once.
bench-recommend: dependencies $(UNPACKED_PAPERS)
	Benchmarks/Rivals/make-environment "$(RECOMMEND_RIVALS)" requirements-recommend.txt
	swift build -c release --product akin
	"$(RECOMMEND_RIVALS)/bin/python" Benchmarks/Rivals/recommend.py \
		"$$(swift build -c release --show-bin-path)/akin" $(UNPACKED_PAPERS) .build/benchmarks/recommend-library \
		$(if $(TASKS),--tasks $(TASKS))

# MODEL is the folder of a model of the BERT kind.
bench-tokens: dependencies $(UNPACKED_PAPERS)
	Benchmarks/Rivals/make-environment "$(TOKENIZER_RIVALS)" requirements-tokenizing.txt
	swift build $(BENCHMARKS) --product Tokenizing
	"$(TOKENIZER_RIVALS)/bin/python" Benchmarks/Rivals/tokenizing.py "$(MODEL)" $(UNPACKED_PAPERS) \
		"$$(swift build $(BENCHMARKS) --show-bin-path)/Tokenizing"

# LARGE=1 takes all papers, LIBRARY a library of PAPERS that is there already, AKIN a program that is built already.
SERVED_PAPERS = $(if $(LARGE),$(UNPACKED_PAPERS),$(PAPERS))

bench-serve: $(if $(AKIN),,dependencies) $(if $(LARGE),$(UNPACKED_PAPERS))
	Benchmarks/Rivals/make-environment "$(SERVING_RIVALS)" requirements-serving.txt
	$(if $(AKIN),,swift build -c release --product akin && swift build -c release --product akin-serve)
	"$(SERVING_RIVALS)/bin/python" Benchmarks/Rivals/serving.py \
		"$(or $(AKIN),$$(swift build -c release --show-bin-path)/akin)" "$(SERVED_PAPERS)" \
		".build/benchmarks/serving-$(basename $(notdir $(SERVED_PAPERS)))" $(if $(LIBRARY),--library "$(LIBRARY)")

bench-postgres: dependencies
	Benchmarks/Rivals/make-environment .build/benchmarks/python-postgres requirements-postgres.txt
	swift build -c release --product akin && swift build -c release --product akin-serve
	.build/benchmarks/python-postgres/bin/python Benchmarks/Rivals/postgres.py \
		"$$(swift build -c release --show-bin-path)/akin" "$(LIBRARY)" "$(ADDRESS)" \
		$(if $(JUDGED),--judged $(JUDGED))

docs: dependencies
	.ci/build-docs

# The small programs of Examples/.
EXAMPLES = AskPapers OwnSource EmbedTexts MeasureRankings FirstIndex SearchNotes CompareEmbeddings ShipModel UseTasks \
	ChooseSpace ReadVectors

examples: dependencies
	swift build -c release
	for program in $(EXAMPLES); do \
		"$$(swift build -c release --show-bin-path)/$$program" || exit 1; done

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Examples $(wildcard Benchmarks)

install: dependencies
	swift build $(INSTALLED) --product akin
	swift build $(INSTALLED) --product akin-fetch
	swift build $(INSTALLED) --product akin-serve
	install -d "$(DESTDIR)$(PREFIX)/bin"
	for program in akin akin-fetch akin-serve; do \
		install $(STRIP) -m 755 "$$(swift build $(INSTALLED) --show-bin-path)/$$program" \
			"$(DESTDIR)$(PREFIX)/bin/$$program" || exit 1; done
	for file in $(COMPLETIONS); do \
		install -d "$$(dirname "$(DESTDIR)$(PREFIX)/share/$${file#*:}")" && \
		"$(DESTDIR)$(PREFIX)/bin/akin" --generate-completion-script "$${file%%:*}" \
			> "$(DESTDIR)$(PREFIX)/share/$${file#*:}" || exit 1; done
	swift build $(INSTALLED) --product generate-manual
	install -d "$(MANUAL)"
	for program in akin akin-fetch; do \
		AKIN_CONFIG= "$$(swift build $(INSTALLED) --show-bin-path)/generate-manual" --multi-page \
			--output-directory "$(MANUAL)" "$(DESTDIR)$(PREFIX)/bin/$$program" || exit 1; done
	for page in "$(MANUAL)/akin fetch"*.1; do \
		sed -e 's/^\.Dt "AKIN FETCH/.Dt "AKIN.FETCH/' -e 's/akin fetch\./akin.fetch./' "$$page" \
			> "$(MANUAL)/$$(basename "$$page" | tr ' ' .)" && rm "$$page" || exit 1; done
	echo '.so man1/akin.fetch.1' > "$(MANUAL)/akin-fetch.1"

uninstall:
	for program in akin akin-fetch akin-serve; do rm -f "$(DESTDIR)$(PREFIX)/bin/$$program"; done
	for file in $(COMPLETIONS); do rm -f "$(DESTDIR)$(PREFIX)/share/$${file#*:}"; done
	rm -f "$(MANUAL)"/akin.1 "$(MANUAL)"/akin.*.1 "$(MANUAL)"/akin-fetch.1

clean:
	rm -rf .build

dependencies:
	@.ci/install-dependencies
