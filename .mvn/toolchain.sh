# What the launcher, the Makefile and .ci/run share; sourced by bash (3.2 or later, as macOS has it).

# Prints the sentence for the person at the terminal, and ends with the code for what they can mend.
cannot() {
  echo "$1" >&2
  exit 2
}

# True if $1 is the home of a JDK 25.0.3 or later: before, G1 could move pinned arrays (JDK-8377811).
is_jdk() {
  local version major minor patch
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9.]*\).*/\1/p')
  IFS=. read -r major minor patch _ <<<"$version.0.0"
  [[ "$major$minor${patch:-0}" =~ ^[0-9]+$ ]] || return 1
  [ "$((major * 1000000 + minor * 1000 + ${patch:-0}))" -ge 25000003 ]
}

# Sets and exports JAVA_HOME: as it is if it serves, else the first JDK that does.
need_jdk() {
  local candidate on_path
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(dirname "$(dirname "$(resolved "$on_path")")")
  fi
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* "$on_path" \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  cannot "vaescape needs a JDK 25.0.3 or later and found none in JAVA_HOME, /usr/lib/jvm or PATH: install one (for example Eclipse Temurin 25) or set JAVA_HOME to it."
}

need_maven() {
  command -v mvn >/dev/null 2>&1 \
    || cannot "vaescape is built by Maven, and there is no mvn on PATH: install Apache Maven 3.8 or later (Debian: apt install maven; macOS: brew install maven)."
}

# Sets native_platform to the name that the native libraries have for this machine.
need_platform() {
  case "$(uname -s) $(uname -m)" in
    "Linux x86_64") native_platform=linux-x86_64 ;;
    "Darwin arm64") native_platform=macosx-arm64 ;;
    "Darwin x86_64") native_platform=macosx-x86_64 ;;
    *) cannot "vaescape runs where its tensor library (libtorch by org.bytedeco) is published: Linux on x86_64 and macOS, not $(uname -s) on $(uname -m)." ;;
  esac
}

# Prints a path with its links followed; macOS has had readlink -f only since 12.3.
resolved() {
  local path=$1 link
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in
      /*) path=$link ;;
      *) path=$(dirname "$path")/$link ;;
    esac
  done
  echo "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}

# Prints the revision of the clone in $1, and whether what the program is made of was changed since;
# "unknown" where there is no git, or the folder lies in a clone of something else.
source_revision() {
  local top revision
  if ! top=$(git -C "$1" rev-parse --show-toplevel 2>/dev/null) || [ "$(cd "$top" && pwd -P)" != "$(cd "$1" && pwd -P)" ] \
    || ! revision=$(git -C "$1" rev-parse --short=12 HEAD 2>/dev/null); then
    echo unknown
    return
  fi
  if [ -n "$(git -C "$1" --no-optional-locks status --porcelain -- core/src/main pom.xml core/pom.xml 2>/dev/null)" ]; then
    revision="$revision with changes"
  fi
  echo "$revision"
}
