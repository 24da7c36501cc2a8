#!/usr/bin/env python3
"""Downloads from a slow server of this machine, killed (SIGKILL) at random moments, until all is there.

    fetch_kills.py KILLS [./vaescape]

Says how many starts went on from what was there, and fails if the bytes are not the server's. Standard library alone.
"""
import gzip
import hashlib
import http.server
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

DATA = gzip.compress(os.urandom(30_000_000), 1)
STEP = 1 << 15
asked = []


class Slow(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        first = 0
        if self.headers.get("If-Range") == '"v1"':
            first = int(self.headers["Range"][6:-1])
        asked.append(first)
        self.send_response(206 if first else 200)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(len(DATA) - first))
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(DATA) - 1}/{len(DATA)}")
        self.end_headers()
        try:
            for at in range(first, len(DATA), STEP):
                self.wfile.write(DATA[at:at + STEP])
                if len(asked) <= KILLS:
                    time.sleep(0.1)
        except OSError:
            self.close_connection = True


KILLS = int(sys.argv[1])
PROGRAM = sys.argv[2] if len(sys.argv) > 2 else "./vaescape"
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
threading.Thread(target=server.serve_forever, daemon=True).start()
folder = tempfile.mkdtemp()
words = [PROGRAM, "fetch", "tcga-pancan", "--from", f"http://127.0.0.1:{server.server_port}/x.gz", "--out", folder, "--quiet"]
for kill in range(KILLS):
    known = len(asked)
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while len(asked) == known and process.poll() is None:
        time.sleep(0.02)
    time.sleep(random.uniform(0, 1.5))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
with open(os.path.join(folder, "HiSeqV2.gz"), "rb") as file:
    same = hashlib.sha256(file.read()).digest() == hashlib.sha256(DATA).digest()
left = sorted(os.listdir(folder))
shutil.rmtree(folder)
print(f"{KILLS} kills, {sum(first > 0 for first in asked)} of {len(asked)} starts went on; begun at bytes {asked}; same bytes: {same}; left {left}")
sys.exit(0 if same and left == ["HiSeqV2.gz", "HiSeqV2.gz.sha256"] else 1)
