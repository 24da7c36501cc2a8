#!/usr/bin/env python3
"""Kills runs of a tiny study with `kill -9` at random moments, or the PostgreSQL server under them, and checks that nothing is lost or done twice.

    python3 bench/kills.py --kills 200 --processes 2 --out /tmp/kills
    python3 bench/kills.py --server-kills 20 --processes 2 --out /tmp/kills

After each kill it reads what the runs have told in live.jsonl and what the store holds, and checks that
 - every trial that was told to be stored is in the store,
 - no trial was told to be stored twice,
 - no trial of the store has ever changed,
and at the end of each study that its trials.csv and the names of kept weights are those of a run that nobody
killed, but for times. When a study is finished before there were enough kills, another one is begun.

--server-kills starts a server of Debian's postgresql in a temporary folder, as user nobody where it is run by root.
"""
import argparse
import csv
import glob
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

SETTINGS = {
    "name": "tiny", "data.select.keep": "30", "space.hidden": "[16]", "space.latent": "2,3,4,5,6", "space.model": "vae,logcosh-vae",
    "space.optimizer": "adam,rmsprop", "space.learning-rate": "1e-2,3e-2", "repeats": "5", "train.batch": "16", "train.max-epochs": "8",
    "train.stop": "{rule: none}",
}
TIMES = {"seconds", "epoch_seconds"}
HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Server:
    """A PostgreSQL server of its own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="vaescape-kills-")
        self.bin = max(glob.glob("/usr/lib/postgresql/*/bin"))
        self.user = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")
            self.user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        subprocess.run(self.user + [f"{self.bin}/initdb", "--auth=trust", "--username=owner", "-D", self.folder + "/data"], check=True, stdout=subprocess.DEVNULL)
        self.start()
        self.sql("CREATE DATABASE studies", "postgres")

    def start(self):
        """Until what is left of a killed one has ended, it refuses."""
        log = open(self.folder + ".log", "a")
        while True:
            self.process = subprocess.Popen(
                self.user + [f"{self.bin}/postgres", "-D", self.folder + "/data", "-p", str(self.port), "-h", "127.0.0.1", "-k", self.folder],
                stdout=log, stderr=log, cwd="/")
            while self.process.poll() is None:
                if subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                    return
                time.sleep(0.1)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def sql(self, text, database="studies"):
        done = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", "-At", "-F", " ", "-c", text, database],
                              check=True, capture_output=True, text=True)
        return [line.split(" ") for line in done.stdout.splitlines()]

    def url(self):
        return f"postgresql://owner@127.0.0.1:{self.port}/studies"


def table(file):
    with open(file, newline="") as rows:
        return [{name: value for name, value in row.items() if name not in TIMES} for row in csv.DictReader(rows)]


class Study:
    """A folder, its runs, and what was seen of it so far."""

    def __init__(self, arguments, folder, server=None):
        self.arguments, self.folder, self.server = arguments, folder, server
        self.runs, self.told, self.stored, self.codes = [], {}, {}, []
        self.log = open(folder + ".log", "ab")
        self.lines = set()
        self.restarts = 0

    def command(self):
        sets = dict(SETTINGS)
        if self.server:
            sets["store"] = self.server.url() + "?schema=" + os.path.basename(self.folder)
        command = [self.arguments.command, "run", "quickstart", "--out", self.folder, "--workers", str(self.arguments.workers)]
        for key, value in sets.items():
            command += ["--set", f"{key}={value}"]
        return command

    def start(self):
        self.runs.append(subprocess.Popen(self.command(), cwd=HOME, stdout=self.log, stderr=self.log))
        self.restarts += 1

    def ended(self):
        """Takes runs that ended by themselves away, and notes how."""
        for run in [run for run in self.runs if run.poll() is not None]:
            self.codes.append(run.returncode)
            self.runs.remove(run)

    def wait(self, seconds, until):
        end, looked = time.monotonic() + seconds, 0
        while self.runs and time.monotonic() < end:
            time.sleep(0.02)
            self.ended()
            if time.monotonic() > looked + 0.3:
                looked = time.monotonic()
                if until():
                    return

    def more(self, before):
        try:
            return len(self.digests()) > before
        except subprocess.CalledProcessError:
            return False  # the schema is not made yet

    def kill_one(self):
        run = random.choice(self.runs)
        run.kill()
        run.wait()
        self.runs.remove(run)

    def look(self):
        """What was told, then what is stored: in this order, all that was told must be there."""
        try:
            with open(self.folder + "/live.jsonl", "rb") as live:
                for line in live:
                    if line.endswith(b"\n") and b'"finished"' in line and b'"elsewhere"' not in line:
                        trial = json.loads(line)["trial"]
                        key = (os.fstat(live.fileno()).st_ino, live.tell(), trial)
                        # An inode may come again in a later file, with other lines.
                        if key not in self.lines:
                            self.lines.add(key)
                            self.told[trial] = self.told.get(trial, 0) + 1
        except FileNotFoundError:
            pass
        stored = self.digests()
        lost = [trial for trial in list(self.told) + list(self.stored) if trial not in stored]
        changed = [trial for trial, digest in self.stored.items() if stored.get(trial, digest) != digest]
        self.stored = stored
        return lost, changed

    def digests(self):
        if self.server:
            return dict(self.server.sql(f"SELECT id, digest FROM {os.path.basename(self.folder)}.trial"))
        if not os.path.exists(self.folder + "/study.db"):
            return {}
        for _ in range(100):
            try:
                with sqlite3.connect(f"file:{self.folder}/study.db?mode=ro", uri=True, timeout=60) as database:
                    return dict(database.execute("SELECT id, digest FROM trial"))
            except sqlite3.OperationalError as e:
                if "no such table" in str(e):
                    return {}
                time.sleep(0.05)
        raise SystemExit("the store cannot be read")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--server-kills", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--longest", type=float, default=4, help="seconds to the next kill, at most, or from when a run has stored a trial")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", default=HOME + "/vaescape")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    os.makedirs(arguments.out)

    calm = Study(arguments, arguments.out + "/calm")
    calm.start()
    if calm.runs[0].wait() != 0:
        raise SystemExit("the study does not run; see " + calm.folder + ".log")
    expected, weights = table(calm.folder + "/trials.csv"), sorted(os.listdir(calm.folder + "/models"))

    server = Server() if arguments.server_kills else None
    wanted = arguments.server_kills or arguments.kills
    kills = lost = twice = changed = different = studies = trials = bad = while_working = 0
    while kills < wanted:
        studies += 1
        study = Study(arguments, f"{arguments.out}/killed{studies}", server)
        for _ in range(arguments.processes):
            study.start()
        while study.runs:
            before = len(study.stored)
            # Most fall while it trains, the others anywhere from the start of the process on.
            # A server that is not there at the start is the user's to start.
            if random.random() < 0.7 or server and not before:
                study.wait(60, lambda: study.more(before))
            study.wait(random.uniform(0, arguments.longest), lambda: False)
            if study.runs and kills < wanted:
                kills += 1
                if server:
                    server.kill()
                    time.sleep(random.uniform(0, 3))
                    server.start()
                else:
                    study.kill_one()
                try:
                    lost_now, changed_now = study.look()
                except subprocess.CalledProcessError:
                    lost_now, changed_now = [], []  # the schema is not made yet
                lost, changed = lost + len(lost_now), changed + len(changed_now)
                while_working += len(study.stored) > before
                if not server:
                    study.start()
        lost_now, changed_now = study.look()
        lost, changed = lost + len(lost_now), changed + len(changed_now)
        twice += sum(count > 1 for count in study.told.values())
        trials += len(study.stored)
        bad += sum(code != 0 for code in study.codes)
        same = table(study.folder + "/trials.csv") == expected and sorted(os.listdir(study.folder + "/models")) == weights
        different += not same
        print(f"{studies} studies, {kills} kills ({while_working} after which there was more than at the last one): {trials} trials, "
              f"{lost} lost, {twice} told to be stored twice, {changed} changed, {different} studies with other results, {bad} runs that failed", flush=True)
    if server:
        server.kill()
        shutil.rmtree(server.folder)
    return 1 if lost + twice + changed + different + bad else 0


if __name__ == "__main__":
    sys.exit(main())
