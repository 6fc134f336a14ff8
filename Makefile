PY ?= python3
WORKERS ?= auto
V := .venv
PIP := $(V)/bin/python -m pip --disable-pip-version-check
INPUTS := pyproject.toml package.json package-lock.json .npmrc hatch_build.py bill_of_materials.py licences.txt
# what browsers get, of this tree; when one of these changed, came or went, it is looked at whether to build it anew
BUILT := static/built/list.json
SHOWN := assets.mjs $(shell find mentorship templates tests/parts/gallery static/css static/js static/*.svg \
	-name __pycache__ -prune -o -type d -print -o -name '*.py' -print -o -name '*.html' -print \
	-o -name '*.css' -print -o -name '*.js' -print -o -name '*.svg' -print)

.PHONY: run check test audit bench faults fuzz load lock messages mutants pictures sheets
run: $(V)/.run $(BUILT)
	$(V)/bin/mentorship demo

# for the day's work, within a minute once mypy has its cache: lint, types, contracts, and the tests marked fast, which
# are those that need no database and no browser (tests/conftest.py)
check: $(V)/.dev $(BUILT)
	$(V)/bin/python -m pytest -q -n $(WORKERS) -m fast

test: $(V)/.dev $(BUILT)
	$(V)/bin/python -m pytest -q -n $(WORKERS)

# how long rounds (against others), the worker and searches take, and what pages weigh and cost; minutes, tables on stdout
bench: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.benchmarks.match
	$(V)/bin/python -m tests.benchmarks.solving
	$(V)/bin/python -m tests.benchmarks.duos
	$(V)/bin/python -m tests.benchmarks.signals 5000
	$(V)/bin/python -m tests.benchmarks.weight
	$(V)/bin/python -m tests.benchmarks.search
	$(V)/bin/python -m tests.benchmarks.pages
	$(V)/bin/python -m tests.benchmarks.direct
	$(V)/bin/python -m tests.benchmarks.kept
	$(V)/bin/python -m tests.benchmarks.matrix

# two hundred people at once in an organisation of 30,000 with two years behind it, on both databases: what each page
# took, errors, memory; then five hundred who sign in at eight; twenty minutes. LOAD=600 measures so many seconds.
LOAD ?= 180
load: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.benchmarks.load $(LOAD)

# 20,000 odd requests on both databases, and whole what the tests do in a small form: what is another's, and what others
# may learn of somebody's answers; minutes, tables on stdout. SEED=7 asks other things.
SEED ?= 12
fuzz: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.fuzz --seed $(SEED)
	FUZZ=whole $(V)/bin/python -m pytest -q -n $(WORKERS) tests/fuzz

# what breaks in the night, brought about on purpose, ten times each on both databases: what was tried and what was lost;
# a quarter of an hour at most. FAULTS=100 tries as often.
FAULTS ?= whole
faults: $(V)/.dev $(BUILT)
	FAULTS=$(FAULTS) $(V)/bin/python -m tests.faults

# whether the tests bite: one thing changed in a line of a rule, a verb, a read, the outbox, the verifier, and the tests
# that reach it; minutes once build/mutants knows which do (half an hour, once). MUTANTS=300 tries more, SEED=7 others.
MUTANTS ?= 30
mutants: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.mutants $(MUTANTS) --seed $(SEED)

$(V)/.run: requirements.txt $(INPUTS)
	test -x $(V)/bin/python || $(PY) -m venv $(V)
	$(PIP) install -q --no-compile --require-hashes -r requirements.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	touch $@

$(BUILT): $(V)/.run $(SHOWN)
	$(V)/bin/python hatch_build.py
	touch $@

$(V)/.dev: requirements-dev.txt $(V)/.run
	$(PIP) install -q --no-compile --require-hashes -r requirements-dev.txt
	touch $@

# known weaknesses and licences of what we build on; status 3: a registry could not be asked, so nothing is certain
audit: $(V)/.dev
	$(V)/bin/python -m tests.supply

# new versions of everything; the locks name no registry
lock: $(V)/.dev
	$(V)/bin/uv pip compile -q --universal --generate-hashes --no-annotate --upgrade --custom-compile-command "make lock" --extra build pyproject.toml -o requirements.txt
	$(V)/bin/uv pip compile -q --universal --generate-hashes --no-annotate --upgrade --custom-compile-command "make lock" --extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	npm install --package-lock-only

# collect the messages of the code into the Dutch catalog, to be translated there
messages: $(V)/.dev
	mkdir -p build
	$(V)/bin/pybabel -q extract -F pyproject.toml -k N_ -k _ --no-location --sort-output -o build/messages.pot mentorship templates
	$(V)/bin/pybabel -q update -N --ignore-obsolete --width 120 -i build/messages.pot -d mentorship/translations -l nl

# the pictures of the README, from a fresh demo
pictures: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.pictures

# every page of every role side by side, to be looked at: build/sheets
sheets: $(V)/.dev $(BUILT)
	$(V)/bin/python -m tests.sheets
