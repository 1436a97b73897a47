# Sourced by tests/run. A part is two functions: needs_PART makes sure that what it runs on is there and built, and
# part_PART runs it. Its output goes to a log; lines that match show_PART are shown even where all passed.

truth=../shared/truth

# One hash of every file the tests may depend on.
tree_hash() {
  {
    find . -type f -not -path './build/*' -not -path './node_modules/*' -not -path './.git/*' -not -path './tests/e2e/output/*' -print0 |
      LC_ALL=C sort -z | xargs -0 sha1sum
    ls -lL "$truth" 2>/dev/null || true
  } | sha1sum | cut -c1-40
}

# "passed failed", from the summaries of Catch2, node --test, Playwright and check(). A part that ended badly without
# naming a failure counts as one failed.
counts_of() {
  awk -v status="$2" '
    /^All tests passed \(/ { match($0, /in [0-9]+ test case/); pass += substr($0, RSTART + 3) + 0 }
    /^test cases: / { for (i = 1; i < NF; i++) { if ($(i + 1) == "passed") pass += $i; if ($(i + 1) == "failed") fail += $i } }
    /^(#|ℹ) pass [0-9]+$/ { pass += $3 }
    /^(#|ℹ) fail [0-9]+$/ { fail += $3 }
    /^ +[0-9]+ passed \(/ { pass += $1 }
    /^ +[0-9]+ flaky$/ { pass += $1 }
    /^ +[0-9]+ (failed|interrupted|did not run)$/ { fail += $1 }
    /^== .*: passed$/ { pass++ }
    /^== .*: failed$/ { fail++ }
    END { if (status != 0 && fail == 0) fail = 1; print pass + 0, fail + 0 }' "$1"
}

# Runs one of several commands of a part; the part fails where any did.
bad=0
check() {
  local name=$1
  shift
  if "$@"; then
    echo "== $name: passed"
  else
    echo "== $name: failed"
    bad=1
  fi
}

node_test() { node --test --test-reporter=spec "$@"; }

need_build() { bash web/serve --build >/dev/null; }

need_node_modules() {
  need node=nodejs npm=npm
  cmp -s package-lock.json node_modules/.installed-lock && return
  quietly env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock
}

need_browser() {
  need_build
  need_node_modules
  need "${1:-chromium}=${1:-chromium}"
}

in_browser() { node_modules/.bin/playwright test --config tests/e2e/playwright.config.mjs --project="$1"; }

configure_tests() {
  need cmake=cmake ninja=ninja-build g++=g++ /usr/include/nlohmann/json.hpp=nlohmann-json3-dev /usr/include/catch2=catch2
  [ -e build/tests/build.ninja ] || quietly cmake --preset tests
}

needs_unit() { configure_tests; }
part_unit() {
  cmake --build --preset tests
  UBSAN_OPTIONS=print_stacktrace=1 build/tests/tests/vram-gauge-tests
}

needs_wasm() { need_build; }
part_wasm() { node_test tests/wasm/*.test.mjs; }

needs_web() { need node=nodejs; }
part_web() { node_test tests/web/*.test.mjs; }

needs_accuracy() { need_build; }
show_accuracy='exact, | published parameter counts| lines exact|start-ups|^no recorded|^(weights as|KV memory,|band holds|verdict on)|mean errors|best published peer|  here '
part_accuracy() {
  if [ -d "$truth" ]; then
    check "recorded truth" node tests/accuracy/truth.mjs
    check "published parameter counts" node tests/accuracy/published.mjs
    check "KV cache in published logs" node tests/accuracy/kv-logs.mjs
    check "start-ups in published logs" node tests/accuracy/logs.mjs
  else
    echo "no recorded truth beside this folder: the vectors (part wasm) stand alone"
  fi
  return $bad
}

needs_size() { need_browser; }
show_size='KB'
part_size() { check "first load" node tests/size/first-load.mjs; return $bad; }

needs_e2e() { need_browser; }
part_e2e() { in_browser chromium; }

needs_firefox() { need_browser firefox-esr; }
show_firefox='not run| flaky'
part_firefox() {
  local version
  version=$(firefox-esr --version | grep -oE '[0-9]+' | head -n 1)
  if [ "$version" -lt 143 ]; then
    echo "Firefox $version is too old to be driven from outside (WebDriver BiDi's network.addDataCollector, 143): not run"
  else
    in_browser 'firefox*'
  fi
}

# Apart from the other tools: it depends on the "latest" of a list of sites, which a lock can't hold and a date can.
needs_lighthouse() {
  need_browser
  [ -x build/lighthouse/node_modules/.bin/lighthouse ] ||
    quietly npm install --prefix build/lighthouse --before=2026-11-20 --ignore-scripts --no-audit --no-fund lighthouse@12.8.2
}
show_lighthouse='^Lighthouse'
part_lighthouse() { check Lighthouse node tests/lighthouse/scores.mjs; return $bad; }

# The embedding matrix: documentation generators in their current releases, and the npm package in other people's tools.
needs_embed() {
  need_browser
  need pip3=python3-pip jekyll=jekyll /usr/share/doc/jekyll-theme-minima=jekyll-theme-minima
  node tests/embed/install.mjs fast
}
show_embed='✓'
part_embed() { LANE=fast node_modules/.bin/playwright test --config tests/embed/playwright.config.mjs; }

# Those that take minutes to install; not run unless asked for.
needs_embed_slow() {
  needs_embed
  node tests/embed/install.mjs slow
}
show_embed_slow='✓'
part_embed_slow() { LANE=slow node_modules/.bin/playwright test --config tests/embed/playwright.config.mjs generators; }

# A second build of the module, in another folder and without a cache, has the same bytes. A whole build takes minutes:
# run before a release.
needs_reproducible() { need_build; }
part_reproducible() { check "the same module from another folder" same_module; return $bad; }
same_module() {
  local other status=0
  other=$(mktemp -d)
  tar --exclude=./build --exclude=./node_modules --exclude=./.git -cf - . | tar -C "$other" -xf -
  (
    cd "$other"
    CCACHE_DISABLE=1 emcmake cmake --preset wasm && CCACHE_DISABLE=1 cmake --build --preset wasm
  ) && cmp {build/wasm,"$other"/build/wasm}/vram-gauge-core.js && cmp {build/wasm,"$other"/build/wasm}/vram-gauge-core.wasm || status=1
  rm -rf "$other"
  return $status
}

needs_bench() { need_browser; }
show_bench="µs|ms"
part_bench() {
  check benchmark node tests/bench/bench.mjs
  check "benchmark of the page" node tests/bench/page.mjs
  check "benchmark of twenty elements" node tests/bench/embed.mjs
  return $bad
}

needs_lint() {
  configure_tests
  need_build # the types are checked against the built module
  need_node_modules
  need pip3=python3-pip
  [ -e "$clang_tidy" ] || quietly pip3 install --quiet --target $clang clang-format==19.1.7 clang-tidy==19.1.0.1
}
# One version of both wherever the tests run: each release wraps lines and judges code in its own way.
clang=build/clang-19.1.7
clang_format=$clang/clang_format/data/bin/clang-format
clang_tidy=$clang/clang_tidy/data/bin/clang-tidy
part_lint() {
  local sources=()
  mapfile -t sources < <(find core wasm tests -name '*.[ch]pp' -not -path '*/data/*' | sort)
  check clang-format "$clang_format" --dry-run -Werror "${sources[@]}"
  check clang-tidy tidy
  check biome node_modules/.bin/biome ci --max-diagnostics=100
  check html-validate node_modules/.bin/html-validate --config tests/htmlvalidate.json 'web/**/*.html'
  check types types
  return $bad
}

# What is compiled together is read together. The build's own file includes sources, which the check it names forbids.
tidy() {
  sed -n 's/^ *"file": "\(.*\/core\/.*\)",*$/\1/p' build/tests/compile_commands.json | sort -u |
    xargs -n 1 -P "$(nproc)" "$clang_tidy" -p build/tests --quiet --checks=-bugprone-suspicious-include \
      --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-deprecated-declarations
}

types() {
  node tests/wasm/types.mjs && node_modules/.bin/tsc --project tests/wasm/tsconfig.json
}
