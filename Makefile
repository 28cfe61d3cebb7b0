# What people type. Each target makes its own environment first; a second call finds it ready and is fast.
# Another Python than the newest that fits: make run PYTHON=python3.10      More for a target: make test ARGS="-k wechat -x"
# All tests, also those that belong to the build server (.ci/run does): make test && make test ARGS="-m slow"

.DEFAULT_GOAL := help
.PHONY: help run test lint types train check bench docs screenshots lock ready ready-dev
SHELL := /bin/sh

PYTHON ?=
ARGS ?=
# Test files run side by side; a worker takes about 1.3 GB. Three for two cores, because a third of the time is waiting: for browsers, for
# processes that start, for WeChat's five seconds. 0: all in one process, as a debugger wants it.
WORKERS ?= 3
export PYTHON
# Images for containers often forbid Python to keep its bytecode. Each of our processes would then compile Rasa and all it brings
# anew, nine seconds of a core before it does anything; kept, it lies in .venv and in folders that git ignores.
unexport PYTHONDONTWRITEBYTECODE

JIASHU = .venv/bin/jiashu
DEV = .venv/bin/python -m

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

run: ready ## set up, train if needed, start everything, say where the phone is
	@$(JIASHU) run $(ARGS)

test: ready-dev ## the tests, without the slow part
	@$(DEV) pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not slow" $(ARGS)

lint: ready-dev ## code style
	@$(DEV) ruff check . $(ARGS)

types: ready-dev ## types, strictly
	@$(DEV) mypy $(ARGS)

train: ready ## train the model for the present content
	@$(JIASHU) train $(ARGS)

check: ready ## lessons, safety scripts and the pages that are made from code
	@$(JIASHU) check $(ARGS)
	@$(JIASHU) docs --check

bench: ready-dev ## measure beside a stock Rasa: training, memory, answers a second
	@$(DEV) bench $(ARGS)

# From here on: for the targets above and for those who change dependencies.

ready:
	@.ci/setup run

ready-dev:
	@.ci/setup dev

docs: ready
	@$(JIASHU) docs

# The pictures in docs/images, from the running system; needs Chromium and a Chinese font.
screenshots: ready-dev
	@$(DEV) tools.screenshots
	@$(DEV) tools.spring_festival
	@$(DEV) tools.page_pictures
	@$(DEV) tools.desk_screenshots

# Both locks keep the versions they have unless pyproject.toml asks for others; ARGS=--upgrade takes the newest.
# They name packages and hashes, no host: any index or mirror that your uv or pip uses serves them.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $$(.ci/setup uv) pip compile --quiet pyproject.toml \
	--universal --python-version 3.10 --generate-hashes --no-emit-index-url $(ARGS)
lock:
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --output-file requirements-dev.lock
