#!/usr/bin/env python3
"""Writes the files that people bring and that cannot be read; `sentences.txt` says what they are told.

  make.py [FOLDER]     default: where this file is; needs anndata, h5py, numpy, pandas, pyarrow, scipy, zstandard

The folder below says how a file is given: `matrix` by --data, `labels` by --labels, `probe-map` and `survival` by
data.probe-map and data.survival, `study` as the study, `table` to analyze. A name that begins with ~ is a folder.
"""
import bz2
import gzip
import io
import pathlib
import pickle
import struct
import sys
import zipfile

import anndata
import h5py
import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet
import scipy.sparse
import zstandard

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)


def write(name, content):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def gz(content):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return out.getvalue()


GOOD = "sample\tS1\tS2\tS3\nTP53\t1\t2\t3\nKRAS\t4\t5\t6\nEGFR\t7\t8\t9\n"
rows = [line.split("\t") for line in GOOD.splitlines()]
frame = pd.DataFrame(np.arange(1, 10, dtype="f4").reshape(3, 3).T, index=["S1", "S2", "S3"], columns=["TP53", "KRAS", "EGFR"])
noise = np.random.default_rng(1).random(2000)
LONG = "sample\tS1\tS2\n" + "".join(f"G{i}\t{noise[i]:.6f}\t{noise[-i]:.6f}\n" for i in range(1000))

# --- text
matrix = {
    "empty.tsv": "",
    "blank-lines.tsv": "\n\r\n\n",
    "header-only.tsv": "sample\tS1\tS2\n",
    "one-word.tsv": "hello\n",
    "a-sentence.tsv": "Please find the data attached.\nBest wishes\n",
    "one-sample.tsv": "sample\tS1\nTP53\t1\nKRAS\t2\nEGFR\t3\n",
    "one-gene.tsv": "sample\tS1\tS2\tS3\nTP53\t1\t2\t3\n",
    "constant.tsv": "sample\tS1\tS2\tS3\nTP53\t1\t1\t1\nKRAS\t2\t2\t2\n",
    "all-missing.tsv": "sample\tS1\tS2\tS3\nTP53\tNA\tNA\tNA\nKRAS\tNA\tNA\tNA\n",
    "short-row.tsv": GOOD.replace("4\t5\t6", "4\t5"),
    "long-row.tsv": GOOD.replace("4\t5\t6", "4\t5\t6\t7"),
    "short-header.tsv": "sample\tS1\nTP53\t1\t2\t3\n",
    "same-samples.tsv": GOOD.replace("S3", "S1"),
    "same-genes.tsv": GOOD.replace("EGFR", "TP53"),
    "no-sample-name.tsv": GOOD.replace("S3", ""),
    "no-gene-name.tsv": GOOD.replace("KRAS", ""),
    "word.tsv": GOOD.replace("5", "high"),
    "infinite.tsv": GOOD.replace("5", "inf"),
    "minus-infinite.tsv": GOOD.replace("5", "-Inf"),
    "too-large.tsv": GOOD.replace("5", "1e99"),
    "excel-error.tsv": GOOD.replace("5", "#DIV/0!"),
    "percent.tsv": GOOD.replace("5", "5%"),
    "hexadecimal.tsv": GOOD.replace("5", "0x1F"),
    "two-numbers.tsv": GOOD.replace("5", "5 6"),
    "thousands.tsv": GOOD.replace("5", "1,234"),
    "thousands-quoted.csv": 'gene,S1,S2\nTP53,1,"1,234.5"\n',
    "decimal-commas.tsv": GOOD.replace("5", "5,5"),
    "thousands-or-decimals.csv": "gene;S1;S2\nTP53;12;7\nKRAS;1.234;5\n",
    "two-marks.csv": "gene;S1;S2\nTP53;12,5;7\nKRAS;1.25;5\n",
    "thousands-misplaced.csv": "gene;S1;S2\nTP53;12,5;7\nKRAS;1.2345,0;5\n",
    "apostrophes.tsv": GOOD.replace("5", "1'234"),
    "date.tsv": GOOD.replace("5", "2-Sep"),
    "genes-made-dates.csv": "gene,S1,S2\n1-Mar,1,2\n2-Sep,4,1\n1-Mar,2,3\n",
    "minus-sign.tsv": GOOD.replace("5", "\u22125"),
    "arabic-digits.tsv": GOOD.replace("5", "\u0665"),
    "open-quote.tsv": GOOD.replace("KRAS", '"KRAS'),
    "quote-and-more.tsv": GOOD.replace("KRAS", '"KRAS"x'),
    "macintosh.tsv": GOOD.replace("\n", "\r"),
    "nul-bytes.tsv": GOOD.replace("\t5", "\t\0"),
    "nul-later.tsv": LONG.replace(f"G900\t{noise[900]:.6f}", "G900\t\0\0\0"),
    "utf-16.tsv": GOOD.encode("utf-16"),
    "utf-16-bare.tsv": GOOD.encode("utf-16-le"),
    "latin1.tsv": GOOD.replace("5", "1\u00b5").encode("latin1"),
    "cbioportal.tsv": "Hugo_Symbol\tEntrez_Gene_Id\tS1\tS2\nTP53\t7157\t1\t2\nKRAS\t3845\t2\t1\n",
    "annotated.tsv": "gene\tEnsembl\tDescription\tS1\nTP53\tENSG1\tx\t1\nKRAS\tENSG2\ty\t2\n",
    "names-missing.tsv": "1.5\t0.5\t2.25\n2.5\t1.5\t3.25\n3.5\t4.5\t0.25\n",
    "rows-without-names.tsv": "S1\tS2\tS3\n1.5\t0.5\t2.25\n2.5\t1.5\t3.25\n0\t4.5\t0.25\n",
    "sep-only.csv": "sep=;\n",
    "labels-instead.tsv": "sample\tlabel\nS1\tbrain\nS2\tlung\n",
    "comments.tsv": "# made by somebody\n" + GOOD,
    "json.tsv": '{"TP53": [1, 2, 3], "KRAS": [4, 5, 6]}\n',
    "html.tsv": "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>\n",
    "pdf.tsv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "series.tsv": '!Series_title\t"Lung"\n!Series_geo_accession\t"GSE1"\n',
    # --- what is named like text
    "xlsx.tsv": b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0",
    "xls.tsv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60,
    "rds.tsv": b"X\n\0\0\0\x03\0\x04\x03\x01",
    "rdata.tsv": b"RDX3\nX\n\0\0\0\x03",
    "zip.npz": b"PK\x03\x04 this is no archive",
    "text.gz": GOOD,
    "text.zst": GOOD,
    "text.bz2": GOOD,
    "text.h5ad": "h5ad\n",
    "text.parquet": "parquet\n",
    "empty.gz": gz(""),
    # --- GCT
    "sizes.gct": "#1.2\n2 3\nName\tDescription\tS1\tS2\tS3\nTP53\tx\t1\t2\t3\n",
    "too-few.gct": "#1.2\n2\t3\nName\tDescription\tS1\tS2\tS3\nTP53\tx\t1\t2\t3\n",
    "no-annotation-sizes.gct": "#1.3\n1\t3\nName\tDescription\tS1\tS2\tS3\nTP53\tx\t1\t2\t3\n",
    "huge.gct": "#1.2\n99999999999\t3\nName\tDescription\tS1\tS2\tS3\nTP53\tx\t1\t2\t3\n",
    "version.gct": "#1.2\n",
}
damaged = bytearray(gz(LONG))
damaged[len(damaged) // 2] ^= 0xFF
checksum = bytearray(gz(GOOD))
checksum[-5] ^= 1
whole_zst = zstandard.ZstdCompressor(write_checksum=True).compress(LONG.encode())
bad_zst = bytearray(whole_zst)
bad_zst[-1] ^= 1
whole_bz2 = bz2.compress(LONG.encode())
bad_bz2 = bytearray(whole_bz2)
bad_bz2[len(bad_bz2) // 2] ^= 0xFF
matrix |= {
    "cut.tsv.gz": gz(LONG)[: len(gz(LONG)) // 2],
    "cut-header.tsv.gz": gz(LONG)[:6],
    "damaged.tsv.gz": bytes(damaged),
    "checksum.tsv.gz": bytes(checksum),
    "twice.tsv.gz": gz(gz(GOOD)),
    "garbage-behind.tsv.gz": gz(GOOD) + b"<html>",
    "cut-second-member.tsv.gz": gz(LONG[:9000]) + gz(LONG[9000:])[:8],
    "cut.tsv.zst": whole_zst[: len(whole_zst) // 2],
    "checksum.tsv.zst": bytes(bad_zst),
    "cut.tsv.bz2": whole_bz2[: len(whole_bz2) // 2],
    "damaged.tsv.bz2": bytes(bad_bz2),
}


# --- NumPy
def npy(array, pickled=False):
    out = io.BytesIO()
    np.save(out, array, allow_pickle=pickled)
    return out.getvalue()


def claiming(shape, descr="<f4", body=b"\0" * 16):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header.encode() + body


def npz(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name + ".npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return out.getvalue()


values = np.arange(9, dtype="f4").reshape(3, 3)
csr = {
    "format": npy(np.array(b"csr")), "shape": npy(np.array([3, 3])), "data": npy(np.ones(3, "f4")),
    "indices": npy(np.arange(3, dtype="i4")), "indptr": npy(np.arange(4, dtype="i4")),
}
matrix |= {
    "complex.npy": npy(values.astype("c8")),
    "texts.npy": npy(values.astype(str)),
    "times.npy": npy(values.astype("M8[s]")),
    "one-dimension.npy": npy(values[0]),
    "three-dimensions.npy": npy(values[None]),
    "no-rows.npy": npy(values[:0]),
    "infinite.npy": npy(np.where(values == 4, np.inf, values)),
    "pickled.npy": npy(np.array([[1, "a"], [None, {}]], object), pickled=True),
    "cut.npy": npy(values)[:-4],
    "more.npy": npy(values) + b"\0",
    "cut-header.npy": npy(values)[:40],
    "huge.npy": claiming("(200000000, 200000000)"),
    "endless.npy": claiming("(99999999999999999999, 2)"),
    "evil-header.npy": claiming("(2, 2), 'x': __import__('os').system('id')"),
    "pickled.npz": npz(X=npy(np.array([[1, "a"], [None, {}]], object), pickled=True)),
    "pickle-alone.npz": npz(X=pickle.dumps([1, 2, 3])),
    "pickled-names.npz": npz(X=npy(values), samples=npy(np.array(["a", None, 1], object), pickled=True), genes=npy(np.array(["A", "B", "C"]))),
    "two-matrices.npz": npz(a=npy(values), b=npy(values)),
    "no-matrix.npz": npz(a=npy(values[0])),
    "few-names.npz": npz(X=npy(values), genes=npy(np.array(["TP53", "KRAS"]))),
    "same-names.npz": npz(X=npy(values), genes=npy(np.array(["TP53", "KRAS", "TP53"]))),
    "cut.npz": npz(X=npy(values))[:-30],
    "coo.npz": npz(**({key: csr[key] for key in ("shape", "data")} | {"format": npy(np.array(b"coo")), "row": csr["indices"], "col": csr["indices"]})),
    "no-indices.npz": npz(**{key: csr[key] for key in ("format", "shape", "data", "indptr")}),
    "no-arrays.npz": npz(),
    "sparse-misfit.npz": npz(**(csr | {"indices": npy(np.array([0, 1, 7], "i4"))})),
    "sparse-twice.npz": npz(**(csr | {"indptr": npy(np.array([0, 3, 3, 3], "i4")), "indices": npy(np.array([0, 1, 1], "i4"))})),
    "sparse-huge.npz": npz(**(csr | {"shape": npy(np.array([10**12, 10**12]))})),
    "huge.npz": npz(X=claiming("(200000000, 200000000)")),
}
for name, content in matrix.items():
    write("matrix/" + name, content)


# --- HDF5
def h5(name, fill):
    path = root / "matrix" / name
    with h5py.File(path, "w") as file:
        fill(file)
    return path


def h5ad(name, change=None, x=values, names=("S1", "S2", "S3")):
    path = root / "matrix" / name
    obs, var = pd.DataFrame(index=list(names)), pd.DataFrame(index=["TP53", "KRAS", "EGFR"])
    anndata.AnnData(x, obs=obs, var=var).write_h5ad(path)
    if change:
        with h5py.File(path, "a") as file:
            change(file)
    return path


def replaced(key, data):
    def change(file):
        del file[key]
        if data is not None:
            file[key] = data
    return change


h5("loom.h5ad", lambda file: file.create_dataset("matrix", data=values))
h5ad("no-x.h5ad", replaced("X", None))
h5ad("no-var.h5ad", replaced("var", None))
h5ad("no-index.h5ad", replaced("obs/_index", None))
h5ad("texts.h5ad", replaced("X", np.array([[b"a"] * 3] * 3)))
h5ad("wrong-shape.h5ad", replaced("X", values[:2]))
h5ad("infinite.h5ad", x=np.where(values == 4, np.inf, values).astype("f4"))
h5ad("same-samples.h5ad", replaced("obs/_index", ["S1", "S1", "S2"]))
h5ad("sparse-misfit.h5ad", replaced("X/indices", np.array([0, 1, 9])), x=scipy.sparse.csr_matrix(np.eye(3, dtype="f4")))
h5ad("sparse-negative.h5ad", replaced("X/indptr", np.array([0, -1, 2, 3])), x=scipy.sparse.csr_matrix(np.eye(3, dtype="f4")))
whole = h5ad("cut.h5ad")
write("matrix/cut.h5ad", whole.read_bytes()[:3000])
write("matrix/cut-early.h5ad", whole.read_bytes()[:100])
write("matrix/zipped.h5ad.gz", gz(h5ad("tmp.h5ad").read_bytes()))
(root / "matrix/tmp.h5ad").unlink()


def huge(file):
    del file["X"]
    file.create_dataset("X", shape=(3, 3), maxshape=(None, None), chunks=(1 << 14, 1 << 14), dtype="f8")
    del file["obs/_index"]
    file.create_dataset("obs/_index", shape=(1 << 30,), chunks=(1 << 20,), dtype="f8")


h5ad("huge.h5ad", huge)
h5("ten-x-no-features.h5", lambda file: file.create_dataset("matrix/barcodes", data=["a"]))

# --- 10x folders
MTX = "%%MatrixMarket matrix coordinate integer general\n"
FEATURES = "".join(f"ENSG0000000000{i}\tG{i}\tGene Expression\n" for i in (1, 2, 3))
BARCODES = "AAA-1\nCCC-1\n"


def ten_x(name, mtx, features=FEATURES, barcodes=BARCODES):
    write(f"matrix/~{name}/matrix.mtx", mtx)
    if features is not None:
        write(f"matrix/~{name}/features.tsv", features)
    if barcodes is not None:
        write(f"matrix/~{name}/barcodes.tsv", barcodes)


BODY = "3 2 3\n1 1 5\n2 2 6\n3 1 7\n"
ten_x("few-barcodes", MTX + BODY, barcodes="AAA-1\n")
ten_x("few-features", MTX + BODY, features=FEATURES[:40])
ten_x("same-barcodes", MTX + BODY, barcodes="AAA-1\nAAA-1\n")
ten_x("outside", MTX + BODY.replace("3 1 7", "4 1 7"))
ten_x("cut", MTX + BODY[:-8])
ten_x("more", MTX + BODY + "1 2 9\n")
ten_x("twice", MTX + BODY.replace("3 1 7", "1 1 7"))
ten_x("array", MTX.replace("coordinate", "array") + BODY)
ten_x("complex", MTX.replace("integer", "complex") + BODY)
ten_x("no-sizes", MTX)
ten_x("words", MTX + "3 2 many\n")
ten_x("huge", MTX + "200000000 200000000 99999999\n1 1 5\n", features=None, barcodes=None)
ten_x("endless", MTX + "99999999999 2 3\n1 1 5\n", features=None, barcodes=None)
write("matrix/~empty/readme.txt", "nothing\n")


# --- Parquet
def pq(name, columns, **options):
    parquet.write_table(arrow.table(columns), root / "matrix" / name, **options)
    return root / "matrix" / name


names = ["S1", "S2", "S3"]
good = {"sample": names, "TP53": [1.0, 2, 3], "KRAS": [4.0, 5, 6]}
pq("nested.parquet", good | {"list": [[1.0], [2.0], [3.0]]})
pq("struct.parquet", good | {"both": [{"a": 1.0}] * 3})
pq("texts.parquet", {"sample": names, "TP53": ["1", "2", "3"]})
pq("truths.parquet", good | {"alive": [True, False, True]})
pq("times.parquet", good | {"when": arrow.array([1, 2, 3], arrow.timestamp("ms"))})
pq("infinite.parquet", good | {"EGFR": [1.0, float("-inf"), 2]})
pq("same-samples.parquet", good | {"sample": ["S1", "S2", "S1"]})
pq("no-sample-name.parquet", good | {"sample": ["S1", None, "S3"]})
pq("no-rows.parquet", {key: arrow.array([], arrow.string() if key == "sample" else arrow.float32()) for key in good})
pq("only-names.parquet", {"sample": names})
pq("brotli.parquet", good, compression="brotli")
frame.set_index([["a", "a", "b"], frame.index]).to_parquet(root / "matrix/two-indices.parquet")
whole = pq("cut.parquet", good).read_bytes()
write("matrix/cut.parquet", whole[: len(whole) // 2])
write("matrix/cut-early.parquet", whole[:7])
write("matrix/zipped.parquet.gz", gz(whole))
write("matrix/encrypted.parquet", whole[:-4] + b"PARE")
write("matrix/footer.parquet", whole[:-8] + struct.pack("<I", 1 << 30) + b"PAR1")
broken = pq("page.parquet", good, write_page_checksum=True, write_statistics=False, compression="none").read_bytes()
at = broken.index(struct.pack("<d", 5.0))
write("matrix/page.parquet", broken[:at] + b"\1" + broken[at + 1:])
many = 30_000_000
pq("bomb.parquet", {f"G{i}": arrow.nulls(many, arrow.float32()) for i in range(10)}, row_group_size=many, data_page_size=1 << 30, write_batch_size=many, max_rows_per_page=many)

# --- labels
labels = {
    "empty.tsv": "",
    "header-only.tsv": "sample\tlabel\n",
    "one-column.tsv": "sample\nS1\n",
    "three-unnamed.tsv": "sample\ttissue\tstage\nS1\tbrain\t1\n",
    "matrix-instead.tsv": GOOD,
    "nobody.tsv": "sample\tlabel\nX1\tbrain\nX2\tlung\n",
    "short-row.tsv": "sample\tlabel\nS1\n",
    "same-sample.tsv": "sample\tlabel\nS1\tbrain\nS2\tlung\nS1\tskin\n",
    "no-sample.tsv": "sample\tlabel\n\tbrain\n",
    "open-quote.tsv": 'sample\tlabel\nS1\t"brain\nS2\tlung\n',
    "latin-1.tsv": "sample\tlabel\nS1\tZellä\nS2\tZellö\n".encode("latin-1"),
    "utf-16.tsv": "sample\tlabel\nS1\tbrain\n".encode("utf-16"),
    "xlsx.tsv": matrix["xlsx.tsv"],
    "nul-bytes.tsv": "sample\tlabel\nS1\t\0\n",
    "cut.tsv.gz": gz("sample\tlabel\n" + "S1\tbrain\n" * 9)[:-12],
    "text.gz": "sample\tlabel\nS1\tbrain\n",
}
for name, content in labels.items():
    write("labels/" + name, content)

# --- probe maps
maps = {
    "empty.tsv": "",
    "header-only.tsv": "id\tgene\n",
    "one-column.tsv": "id\nTP53\n",
    "half-named.tsv": "id\tsymbol\nTP53\tP53\n",
    "short-row.tsv": "id\tgene\tchrom\nTP53\tP53\tchr17\nKRAS\n",
    "two-symbols.tsv": "id\tgene\nTP53\tP53\nTP53\tTRP53\n",
    "nobody.tsv": "id\tgene\nENSG00000141510.16\tTP53\n",
    "matrix-instead.tsv": "sample\t" + "\t".join(f"S{i}" for i in range(1, 21)) + "\nTP53" + "\t0.5" * 20 + "\n",
    "open-quote.tsv": 'id\tgene\nTP53\t"P53\nKRAS\tRAS\n',
    "utf-16.tsv": "id\tgene\nTP53\tP53\n".encode("utf-16"),
    "xlsx.tsv": matrix["xlsx.tsv"],
    "nul-bytes.tsv": "id\tgene\nTP53\t\0\n",
    "cut.tsv.gz": gz("id\tgene\n" + "TP53\tP53\n" * 9)[:-12],
}
for name, content in maps.items():
    write("probe-map/" + name, content)

# --- survival
survival = {
    "columns.tsv": "sample\tdays\tdead\nS1\t5\t1\n",
    "negative.tsv": "sample\ttime\tevent\nS1\t-5\t1\n",
    "word.tsv": "sample\ttime\tevent\nS1\tlong\t1\n",
    "infinite.tsv": "sample\ttime\tevent\nS1\tinf\t1\n",
    "event.tsv": "sample\ttime\tevent\nS1\t5\tdead\n",
    "header-only.tsv": "sample\ttime\tevent\n",
    "nobody.tsv": "sample\ttime\tevent\nX1\t5\t1\n",
}
for name, content in survival.items():
    write("survival/" + name, content)

# --- studies
DATA = "data: {matrix: ../good.tsv}\n"
bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i-1}'] * 9)}]\n" for i in range(1, 12))
study = {
    "empty.yaml": "",
    "comments-only.yaml": "# nothing\n",
    "a-list.yaml": "- a\n- b\n",
    "a-word.yaml": "hello\n",
    "nul.yaml": "name: a\0b\n",
    "escaped-nul.yaml": 'name: "a\\0b"\n' + DATA,
    "utf-16.yaml": "name: a\n".encode("utf-16"),
    "latin1.yaml": "name: caf\u00e9\n".encode("latin1"),
    "zip.yaml": matrix["xlsx.tsv"],
    "tabs.yaml": "name: a\n\tdata: {}\n",
    "indent.yaml": "name: a\n  data: {}\n",
    "open-bracket.yaml": DATA + "space: {latent: [1, 2\n",
    "open-quote.yaml": 'name: "a\n',
    "two-documents.yaml": "name: a\n---\nname: b\n",
    "tag.yaml": "name: !!python/object/apply:os.system [id]\n",
    "java-tag.yaml": "name: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]\n",
    "alias.yaml": "name: &a x\n" + DATA + "search: *a\n",
    "anchor-bomb.yaml": bomb,
    "merge-key.yaml": "base: &b {a: 1}\nname: x\nspace:\n  <<: *b\n",
    "recursive.yaml": "name: &a [*a]\n",
    "deep-brackets.yaml": "name: " + "[" * 5000 + "\n",
    "deep-maps.yaml": "name: " + "{a: " * 5000 + "\n",
    "deep-blocks.yaml": "".join(" " * i + "a:\n" for i in range(150)),
    "deep-dashes.yaml": "- " * 3000 + "a\n",
    "long-key.yaml": "? " + "k" * 3000 + "\n: 1\n",
    "complex-key.yaml": "? [a, b]\n: 1\n",
    "same-key.yaml": "name: a\n" + DATA + "name: b\n",
    "same-key-below.yaml": DATA + "space:\n  latent: 1\n  latent: 2\n",
    "unknown-key.yaml": DATA + "spaec: {latent: 10}\n",
    "unknown-key-below.yaml": DATA + "space: {laten: 10}\n",
    "octal.yaml": DATA + "space: {latent: 010}\n",
    "nan.yaml": DATA + "space: {learning-rate: .nan}\n",
    "infinite.yaml": DATA + "space: {learning-rate: .inf}\n",
    "too-large.yaml": DATA + "space: {latent: 99999999999999999999}\n",
    "nothing.yaml": DATA + "space: {latent: }\n",
    "text-for-number.yaml": DATA + "space: {latent: many}\n",
    "negative.yaml": DATA + "space: {latent: -8}\n",
    "section-for-value.yaml": DATA + "seed: {a: 1}\n",
    "value-for-section.yaml": DATA + "space: 5\n",
    "unknown-model.yaml": DATA + "space: {model: veo}\n",
    "unknown-optimizer.yaml": DATA + "space: {optimizer: adan}\n",
    "empty-list.yaml": DATA + "space: {latent: []}\n",
    "range-in-grid.yaml": DATA + "space: {learning-rate: {from: 1e-5, to: 1e-1, scale: log}}\n",
    "repeats.yaml": DATA + "repeats: 0\n",
    "no-data.yaml": "name: a\n",
    "no-file.yaml": "data: {matrix: nowhere.tsv}\n",
    "matrix-nul.yaml": 'data: {matrix: "a\\0b"}\n',
    "matrix-folder.yaml": "data: {matrix: ..}\n",
    "store-above.yaml": DATA + "store: ../x.db\n",
    "store-absolute.yaml": DATA + "store: /tmp/x.db\n",
    "store-hidden.yaml": DATA + "store: .study.db\n",
    "store-url.yaml": DATA + "store: jdbc:sqlite:/tmp/x.db\n",
    "name-above.yaml": "name: ../x\n" + DATA,
    "name-absolute.yaml": "name: /tmp/x\n" + DATA,
    "name-dots.yaml": "name: ..\n" + DATA,
    "name-backslash.yaml": "name: 'a\\b'\n" + DATA,
    "too-many-genes.yaml": DATA.replace("}", ", select: {by: variance, keep: 5}}"),
    "validation.yaml": DATA.replace("}", ", split: {validation: 1.5}}"),
}
for name, content in study.items():
    write("study/" + name, content)
write("study.yaml", """\
data: {matrix: good.tsv, select: {by: variance, keep: 2}}
space: {model: vae, latent: 2, hidden: [[4]]}
train: {batch: 6, max-epochs: 1}
""")
write("good.tsv", "sample\t" + "\t".join(f"S{i}" for i in range(1, 21)) + "\n" + "".join(
    f"{g}\t" + "\t".join(f"{v:.2f}" for v in np.random.default_rng(i).random(20)) + "\n" for i, g in enumerate(["TP53", "KRAS", "EGFR", "MYC"])))

# --- tables of runs
RUNS = "lr,latent,loss\n" + "".join(f"{lr},{z},{lr * 3 + z / 100:.4f}\n" for lr in (0.1, 0.01, 0.001) for z in (10, 20, 30))
table = {
    "empty.csv": "",
    "header-only.csv": "lr,latent,loss\n",
    "word.csv": RUNS.replace("0.4000", "good"),
    "decimal-comma.csv": RUNS.replace("0.4000", '"0,4"'),
    "thousands.csv": RUNS.replace("0.4000", '"1,234.5"'),
    "percent.csv": RUNS.replace("0.4000", "40%"),
    "short-row.csv": RUNS.replace("0.1,10,0.4000", "0.1,10"),
    "long-row.csv": RUNS.replace("0.4000", "0,4"),
    "same-columns.csv": RUNS.replace("latent", "lr"),
    "no-column.csv": RUNS.replace("latent", "z"),
    "no-outcome.csv": RUNS.replace("loss", "los"),
    "open-quote.csv": RUNS.replace("0.1,10", '"0.1,10', 1),
    "utf-16.csv": RUNS.encode("utf-16"),
    "xlsx.csv": matrix["xlsx.tsv"],
    "nul-bytes.csv": RUNS.replace("0.4000", "\0"),
    "cut.csv.gz": gz(RUNS)[:-12],
    "sqlite.csv": b"SQLite format 3\0" + b"\0" * 84,
}
for name, content in table.items():
    write("table/" + name, content)
