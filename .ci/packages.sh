# Sourced by web/serve and tests/run: makes sure that the system has what they need.
#
#   need PROGRAM-OR-FILE=DEBIAN-PACKAGE …
#
# Installs the packages of what is not there with apt; says in one line what is missing and exits where it may not.
need() {
  local pair missing=() packages=()
  for pair in "$@"; do
    case ${pair%%=*} in
      /*) [ -e "${pair%%=*}" ] && continue ;;
      *) command -v "${pair%%=*}" >/dev/null && continue ;;
    esac
    missing+=("$(basename "${pair%%=*}")") packages+=("${pair#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]} (as root: apt-get install ${packages[*]})" >&2
    exit 1
  fi
  echo "installing ${packages[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "missing: ${missing[*]} (apt-get could not install ${packages[*]})" >&2
    exit 1
  fi
  rm -f "$log"
}

# Builds quietly: the output is shown only where the command fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# Debian's emcc finds its JavaScript helpers only through this when `node` is not Debian's own. They may yet be installed.
export NODE_PATH=/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
fi
