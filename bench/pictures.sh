#!/usr/bin/env bash
# Draws the pictures of the documentation anew: of quickstart, which it runs, and of a folder in which korkic2021 was run.
#
#   bench/pictures.sh STUDY      or: make pictures STUDY=DIR
#
# docs/findings.md says how the folder of the pictures that are there was made. Needs chromium for the pages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
study=${1:?name a folder in which korkic2021 was run}
grep -qx 'name: korkic2021' "$study/study.yaml" 2>/dev/null \
  || { echo "pictures.sh: $study is no folder in which korkic2021 was run (no study.yaml of that name), and the pictures are of no other study" >&2; exit 2; }
command -v chromium >/dev/null || { echo "pictures.sh: no chromium on the path; 'apt-get install chromium' installs it" >&2; exit 2; }
work=.build/pictures
images=$work/images
rm -rf "$work"
mkdir -p "$images"

./vaescape run quickstart --out "$work/quickstart" --quiet
cp -r "$study" "$work/korkic2021"
./vaescape report "$work/korkic2021"

figure() { cp "$work/$1/figures/$2.png" "$images/$1${3:+-$3}.png"; }
figure quickstart dots-vae-against-pca
figure korkic2021 dots-vae-against-pca
figure korkic2021 shares-val-mse shares
figure korkic2021 interactions-vae interaction
figure korkic2021 failures-map failures
figure korkic2021 curves-vae curves

page() { # name, study, width, height
  chromium --headless --no-sandbox --hide-scrollbars --virtual-time-budget=8000 "--window-size=$3,$4" \
    "--screenshot=$PWD/$images/$1.png" "file://$PWD/$work/$2/report.html" 2>/dev/null
}
page quickstart-page quickstart 1280 1150
page korkic2021-page korkic2021 1280 1150
cp "$images"/* docs/images # all of them or none
ls -l docs/images
