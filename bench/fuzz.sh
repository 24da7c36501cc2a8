#!/usr/bin/env bash
# fuzz.sh [SECONDS] [SEED] [FOLDER]: changes the files of the tests at random and has them read, in a heap of 320 MB.
# Prints what was found and keeps the files in FOLDER. Needs a clone whose tests are compiled (make test).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-600} seed=${2:-$RANDOM} folder=${3:-$(mktemp -d)}
. ./vaescape
need_jdk
export JAVA_HOME
classpath=core/target/test.classpath
mvn -B -ntp -q -pl core dependency:build-classpath -Dmdep.outputFile="$PWD/$classpath"
echo "seed $seed, findings in $folder"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 VAESCAPE_CACHE=off exec "$JAVA_HOME/bin/java" "${jvm_flags[@]}" -Xmx320m -XX:-OmitStackTraceInFastThrow \
  -Dbasedir=core -Dvaescape.home="$PWD" -cp "core/target/test-classes:core/target/classes:$(cat "$classpath")" \
  org.vaescape.cli.Fuzz "$seconds" "$seed" "$folder"
