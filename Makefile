PY ?= python3
WORKERS ?= auto
V := .venv
PIP := $(V)/bin/python -m pip --disable-pip-version-check
INPUTS := pyproject.toml package.json package-lock.json .npmrc hatch_build.py
# what browsers get is built anew when one of these changed; only then is it looked at whether it must be
SHOWN := assets.mjs $(shell find mentorship templates static/css static/js -name '*.py' -o -name '*.html' -o -name '*.css' -o -name '*.js')

.PHONY: run check test bench lock messages pictures
run: $(V)/.run $(V)/.built
	$(V)/bin/mentorship demo

# for the day's work, within a minute once mypy has its cache: lint, types, contracts, and the tests marked fast, which
# are those that need no database and no browser (tests/conftest.py)
check: $(V)/.dev $(V)/.built
	$(V)/bin/python -m pytest -q -n $(WORKERS) -m fast

test: $(V)/.dev $(V)/.built
	$(V)/bin/python -m pytest -q -n $(WORKERS)

# how long a round takes, against others; some minutes, tables on stdout
bench: $(V)/.dev $(V)/.built
	$(V)/bin/python -m tests.benchmarks.match
	$(V)/bin/python -m tests.benchmarks.duos
	$(V)/bin/python -m tests.benchmarks.weight
	$(V)/bin/python -m tests.benchmarks.search

$(V)/.run: requirements.txt $(INPUTS)
	test -x $(V)/bin/python || $(PY) -m venv $(V)
	$(PIP) install -q --no-compile --require-hashes -r requirements.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	touch $@

$(V)/.built: $(V)/.run $(SHOWN)
	$(V)/bin/python hatch_build.py
	touch $@

$(V)/.dev: requirements-dev.txt $(V)/.run
	$(PIP) install -q --no-compile --require-hashes -r requirements-dev.txt
	touch $@

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
pictures: $(V)/.dev $(V)/.built
	$(V)/bin/python -m tests.pictures
