# demo and test are all a newcomer types; each installs what it needs into its own virtual environment.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8080
REPORTS ?= 2000

.PHONY: demo test check format lint types bench quality fuzz constraints clean

demo: $(VENV)/.run ## Fill a sample archive in .demo and serve it
	$(BIN)/gongkai demo --port $(PORT)

test: $(VENV)/.dev system-parts ## Install what the tests need and run them all
	$(BIN)/pytest -n auto

check: lint types test ## Format, lint, types, tests: green before every commit that ends a step

format: $(VENV)/.dev ## Rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev ## Search beside SQLite FTS5, tantivy and stock Whoosh in one run; REPORTS=50000 for the large one
	$(BIN)/python -m benchmarks.compare --reports $(REPORTS) --whoosh 10000
	$(BIN)/python -m benchmarks.ingest
	$(BIN)/python -m benchmarks.building --reports $(REPORTS)
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.formats

quality: $(VENV)/.dev ## Read 2,000 random renderings and every layout; per layout: right, silently wrong, flagged, missed
	$(BIN)/python -m benchmarks.quality

fuzz: $(VENV)/.dev ## Coverage-guided fuzzing of readers and parser; what breaks is left in .fuzz
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group fuzz
	nice $(BIN)/python -m benchmarks.fuzz

constraints: $(VENV)/.dev ## Pin exactly what is installed now
	$(BIN)/python -m pip freeze --exclude-editable --exclude gongkai > constraints.txt

clean:
	rm -rf $(VENV) .demo .fuzz dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .screenshots

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	touch $@

# The browser tests need Chromium and fonts for Chinese. Installed here where that is allowed (root, or sudo without a
# password, on Debian and its kin); elsewhere the tests say what is missing, and fail if CI=true.
.PHONY: system-parts
system-parts:
	@.ci/system-parts
