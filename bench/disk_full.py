#!/usr/bin/env python3
"""Does a study lose anything when its disk is full, wherever that catches it?

  sudo bench/disk_full.py [--kind ext4|tmpfs] [--free 0,40,200,...] [--program ./vaescape]

Makes a small file system (ext4 in a file, by a loop device, or tmpfs), leaves so many KiB of it free and runs a tiny study into
it, once for each number: the run must end with one sentence and exit code 2, or be done, and every trial that was stored before
must still be stored. Then all space is free again: the same command must end with the tables of a run that nothing disturbed.
"""
import argparse
import contextlib
import csv
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MIB = 48
STUDY = """
name: tiny
data: {{matrix: {matrix}, select: {{keep: 50}}}}
space: {{model: [vae, infovae], latent: [2, 3, 4], learning-rate: [1e-3, 1e-2], optimizer: adam, hidden: [[32]]}}
train: {{batch: 32, max-epochs: 3}}
keep: {{weights: all}}
"""


def mount(kind, work, folder):
    folder.mkdir()
    if kind == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MIB}m", "tmpfs", folder], check=True)
        return
    image = work / "image"
    with open(image, "wb") as file:
        file.truncate(MIB << 20)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)


def fill(folder, kib):
    """Leaves about so many KiB free."""
    filler = folder / "filler"
    filler.unlink(missing_ok=True)
    with open(filler, "wb") as file:
        while free(folder) > kib << 10:
            try:
                file.write(bytes(min(free(folder) - (kib << 10), 1 << 20)))
                file.flush()
            except OSError:
                break


def free(folder):
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def run(program, study, out):
    done = subprocess.run([*program, "run", study, "--out", out, "--workers", "2", "--quiet"], capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if not line.startswith(("WARNING: Using incubator", "Warning: "))]
    return done.returncode, said


def stored(out):
    """Ids in the store: in a copy of it, since SQLite writes beside what it reads."""
    if not (out / "study.db").exists():
        return set()
    with tempfile.TemporaryDirectory() as copy:
        for file in out.glob("study.db*"):
            shutil.copy(file, copy)
        with contextlib.closing(sqlite3.connect(pathlib.Path(copy) / "study.db")) as store:
            if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'trial'").fetchall():
                return set()
            assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return {row[0] for row in store.execute("SELECT id FROM trial")}


def table(file):
    with open(file, newline="") as lines:
        return [{key: value for key, value in row.items() if "seconds" not in key} for row in csv.DictReader(lines)]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kind", choices=["ext4", "tmpfs"], default="ext4")
    options.add_argument("--free", default="0,8,40,100,160,240,400,800,1600,3000,5000,8000")
    options.add_argument("--program", default=str(ROOT / "vaescape"))
    args = options.parse_args()
    program = [args.program]
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        study = work / "tiny.yaml"
        study.write_text(STUDY.format(matrix=ROOT / "data" / "smoke_cc0.tsv.gz"))
        assert run(program, study, work / "whole")[0] == 0
        mount(args.kind, work, work / "small")
        try:
            out = work / "small" / "study"
            before = set()
            bad = 0
            for kib in map(int, args.free.split(",")):
                fill(work / "small", kib)
                code, said = run(program, study, out)
                now = stored(out)
                well = before <= now and (code == 0 and not said or code == 2 and len(said) == 1)
                bad += not well
                before = now
                print(f"{kib:6} KiB free: exit code {code}, {len(now):2} trials stored{'' if well else '  WRONG'}: {' | '.join(said)}")
            (work / "small" / "filler").unlink()
            code, said = run(program, study, out)
            same = code == 0 and all(
                table(out / file) == table(work / "whole" / file) for file in ["trials.csv", "epochs.csv", "units.csv"]
            )
            print(f"all free again: exit code {code}, tables {'as' if same else 'NOT as'} without a full disk {said}")
        finally:
            subprocess.run(["umount", work / "small"], check=True)
    return 1 if bad or not same else 0


if __name__ == "__main__":
    sys.exit(main())
