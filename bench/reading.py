#!/usr/bin/env python3
"""How long do reading and preparing take beside bare gunzip, how much memory, and how soon does a study train?

  reading.py [--data MATRIX.tsv.gz] [--genes 20500] [--samples 11000] [--repetitions 3] [--work DIR]

Makes a gzipped TSV of log2(count + 1) with four decimals, as UCSC Xena has them (five minutes, kept in DIR for the next time),
and then alternates `gunzip -c` with reading it into an empty cache, since a machine's speed moves by a third within hours.
Then it starts `vaescape run korkic2021` on the file, which is prepared by now, and takes the time from the command to the first
batch. One line is printed for each condition; exit code 1 if one is missed. Needs nothing but Python and what vaescape needs;
run it on an idle machine. The cache is DIR/cache, not the user's own.
"""
import argparse
import datetime
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
RATIO = 1.2  # of reading over gunzip
PEAK = 1200  # MB, reading and preparing
START = 3.0  # s, from command to first batch, data prepared before
FIRST_BATCH = "org.vaescape.model.Batch"  # is loaded when the first batch is cut
# Starts Java as the launcher does, which it takes flags and environment from.
JAVA = '. "$1"; shift; need_jdk; choose_heap; exec "$JAVA_HOME/bin/java" $heap "${jvm_flags[@]}" "$@"'


class Stopped(Exception):
    """Something did not run; the message says what and why."""


def make_matrix(path, genes, samples):
    """Genes in rows, 32 kinds of samples, each gene with its own mean, spread and centres; a sixth of the values are 0."""
    draw = random.Random(1)
    kinds = [draw.randrange(32) for _ in range(samples)]
    line = "\t".join(["%.4f"] * samples)
    unfinished = path.with_suffix(".new")
    with open(unfinished, "wb") as out:
        gzip = subprocess.Popen(["gzip", "-c"], stdin=subprocess.PIPE, stdout=out)
        barcodes = ("TCGA-%02d-%04d-01" % (i // 1000, i) for i in range(samples))
        gzip.stdin.write(("sample\t" + "\t".join(barcodes) + "\n").encode())
        for gene in range(1, genes + 1):
            mean, spread = draw.uniform(0, 13), draw.uniform(0.3, 2.5)
            centres = [mean + draw.gauss(0, spread / 2) for _ in range(32)]
            values = tuple(max(0.0, draw.gauss(centres[kind], spread)) for kind in kinds)
            gzip.stdin.write((f"GENE{gene}|{gene}\t" + line % values + "\n").encode())
        gzip.stdin.close()
        if gzip.wait() != 0:
            raise Stopped("gzip failed")
    unfinished.rename(path)


def execute(command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise Stopped(f"exit code {done.returncode} of: {' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def seconds(command):
    start = time.monotonic()
    subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start


def java_home():
    return pathlib.Path(execute(["bash", "-c", f'. "{ROOT}/.mvn/toolchain.sh"; need_jdk; echo "$JAVA_HOME"'], cwd=ROOT).strip())


def program(source, name, folder):
    """The command that runs a class of this folder beside the program, as the launcher would; compiles it."""
    execute([ROOT / "vaescape", "list", "presets"])  # builds, and removes older builds that nobody uses
    jar = max(ROOT.glob(".build/app-*/vaescape.jar"), key=lambda path: path.stat().st_mtime)
    execute([java_home() / "bin" / "javac", "-cp", jar, "-d", folder, HERE / source])
    natives = f"-Dorg.bytedeco.javacpp.cachedir={jar.parent / 'native'}"
    return ["bash", "-c", JAVA, "bash", ROOT / "vaescape", natives, "-cp", f"{jar}:{folder}", name]


def measure_reading(args, matrix, command, environment):
    """Seconds of gunzip, of reading and of preparing, and MiB at the peak, of each repetition."""
    rows, hashes = [], set()
    for _ in range(args.repetitions):
        shutil.rmtree(environment["VAESCAPE_CACHE"], ignore_errors=True)
        bare = seconds(["gunzip", "-c", matrix])
        read, prepared, peak, *content = execute([*command, matrix], env=environment).split()
        rows.append((bare, float(read), float(prepared), int(peak)))
        hashes.add(tuple(content))
    execute([*command, matrix], env=environment)
    if len(hashes) != 1:
        raise Stopped(f"content hashes differ: {hashes}")
    return list(zip(*rows))


def time_to_first_batch(matrix, folder, environment):
    log, out = folder / "classes.log", folder / "study"
    shutil.rmtree(out, ignore_errors=True)
    log.unlink(missing_ok=True)
    flags = f"-Xlog:class+load:file={log}:utctime"
    command = [ROOT / "vaescape", "run", "korkic2021", "--data", matrix, "--out", out, "--max-trials", "1", "--quiet"]
    start = time.time()
    run = subprocess.Popen(
        [str(word) for word in [*command, "--set", "train.max-epochs=1"]],
        env={**environment, "VAESCAPE_JAVA_OPTIONS": flags},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    pattern = re.compile(r"\[(\S+)\] " + re.escape(FIRST_BATCH) + " ")
    found = None
    while found is None and run.poll() is None:
        time.sleep(0.1)
        found = pattern.search(log.read_text()) if log.exists() else None
    run.terminate()
    _, complaint = run.communicate()
    if found is None:
        raise Stopped(f"no batch was trained: {complaint}")
    return datetime.datetime.strptime(found.group(1), "%Y-%m-%dT%H:%M:%S.%f%z").timestamp() - start


def say(holds, text):
    print(("PASS  " if holds else "FAIL  ") + text, flush=True)
    return not holds


def figures(values):
    return f"{min(values):.2f} s (all {' '.join(f'{value:.2f}' for value in values)})"


def measure(args, folder):
    matrix = args.data or folder / f"simulated-{args.genes}x{args.samples}.tsv.gz"
    if not matrix.exists():
        make_matrix(matrix, args.genes, args.samples)
    environment = {**os.environ, "VAESCAPE_CACHE": str(folder / "cache")}
    command = program("Reading.java", "Reading", folder)
    bare, read, prepared, peaks = measure_reading(args, matrix, command, environment)
    ratio = min(read) / min(bare)
    missed = say(ratio <= RATIO, f"reading {figures(read)}, gunzip {figures(bare)}, ratio of minima {ratio:.2f}, at most {RATIO}")
    peak = max(peaks) * 1.048576
    missed |= say(peak <= PEAK, f"reading and preparing ({figures(prepared)} more): peak {peak:.0f} MB, at most {PEAK}")
    time_to_first_batch(matrix, folder, environment)  # what a study prepares is other than what was prepared above
    starts = [time_to_first_batch(matrix, folder, environment) for _ in range(args.repetitions)]
    return missed | say(min(starts) <= START, f"command to first batch, data prepared before: {figures(starts)}, at most {START}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, help="a gzipped TSV, instead of the simulated one")
    parser.add_argument("--genes", type=int, default=20500)
    parser.add_argument("--samples", type=int, default=11000)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--work", type=pathlib.Path, help="keeps the simulated matrix; default: a temporary folder")
    args = parser.parse_args()
    if args.work is None:
        with tempfile.TemporaryDirectory() as temporary:
            return 1 if measure(args, pathlib.Path(temporary)) else 0
    args.work.mkdir(parents=True, exist_ok=True)
    return 1 if measure(args, args.work.resolve()) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Stopped, OSError) as problem:
        print(f"reading.py: {problem}", file=sys.stderr)
        sys.exit(2)
