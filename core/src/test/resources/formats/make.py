#!/usr/bin/env python3
"""Writes the same small matrix in every format that is read, with the programs that people use.

  make.py [FOLDER]     default: where this file is; needs anndata, h5py, numpy, pandas, polars, pyarrow, scipy, zstandard

7 samples x 5 genes, counts of which many are 0; `expected.csv` says what must be read, samples in rows.
"""
import bz2
import gzip
import io
import pathlib
import sys

import anndata
import h5py
import numpy as np
import pandas as pd
import polars
import pyarrow as arrow
import pyarrow.parquet
import scipy.io
import scipy.sparse
import zstandard

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
rng = np.random.default_rng(8)
samples = [f"TCGA-0{i}-A{i}0B-01" for i in range(1, 8)]
genes = ["A1BG", "TP53", "MT-CO1", "KRAS", "EGFR"]
ids = [f"ENSG0000000000{i}" for i in range(1, 6)]
counts = np.where(rng.random((7, 5)) < 0.5, 0, rng.integers(1, 900, (7, 5))).astype("f4")
counts[3] = 0  # a sample with no count
counts[0, 2] = 12.5
frame = pd.DataFrame(counts, index=samples, columns=genes)
frame.to_csv(folder / "expected.csv")

obs = pd.DataFrame({"tissue": pd.Categorical(["brain", "lung", "brain", "lung", "skin", "skin", "brain"])}, index=samples)
var = pd.DataFrame({"id": ids}, index=genes)


def h5ad(name, x, layers=None, **options):
    anndata.AnnData(x, obs=obs.copy(), var=var.copy(), layers=layers).write_h5ad(folder / name, **options)


h5ad("dense.h5ad", counts)
h5ad("dense_gzip.h5ad", counts.astype("f8"), compression="gzip")
h5ad("dense_lzf.h5ad", counts, compression="lzf")
h5ad("csr_lzf.h5ad", scipy.sparse.csr_matrix(counts), compression="lzf")
h5ad("csr.h5ad", scipy.sparse.csr_matrix(counts), compression="gzip")
h5ad("csc.h5ad", scipy.sparse.csc_matrix(counts))
h5ad("layer.h5ad", np.ones_like(counts), layers={"counts": scipy.sparse.csr_matrix(counts), "dense": counts})


def ten_x(name, group, features):
    csc = scipy.sparse.csc_matrix(counts.T)  # genes x cells, compressed by cell
    with h5py.File(folder / name, "w") as file:
        g = file.create_group(group)
        for key in ("data", "indices", "indptr"):
            values = getattr(csc, key)
            g[key] = values.astype("f4") if key == "data" else values.astype("i8")
        g["shape"] = np.array(csc.shape, "i4")
        g["barcodes"] = np.array(samples, "S")
        features(g)


def version_3(g):
    f = g.create_group("features")
    f["id"], f["name"] = np.array(ids, "S"), np.array(genes, "S")
    f["feature_type"] = np.array(["Gene Expression"] * 5, "S")


def version_2(g):
    g["genes"], g["gene_names"] = np.array(ids, "S"), np.array(genes, "S")


ten_x("tenx3.h5", "matrix", version_3)
ten_x("tenx2.h5", "GRCh38", version_2)

cells = folder / "tenx"
cells.mkdir(exist_ok=True)
more = scipy.sparse.vstack([scipy.sparse.csr_matrix(counts.T), np.full((1, 7), 3)])  # and an antibody
text = io.BytesIO()
scipy.io.mmwrite(text, scipy.sparse.coo_matrix(more))
lines = [f"{i}\t{g}\tGene Expression" for i, g in zip(ids, genes)] + ["CD3\tCD3\tAntibody Capture"]


def zipped(path, content):
    with open(path, "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as file:
        file.write(content)


zipped(cells / "matrix.mtx.gz", text.getvalue())
zipped(cells / "features.tsv.gz", ("\n".join(lines) + "\n").encode())
zipped(cells / "barcodes.tsv.gz", ("\n".join(samples) + "\n").encode())

np.savez(folder / "named.npz", X=counts, samples=np.array(samples), genes=np.array(genes))
np.savez_compressed(folder / "plain.npz", counts)
numbers = np.array([[0, 1, 2], [3, 100, 127]])
types = [order + kind for kind in ("i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8") for order in "<>"] + ["|i1", "|u1"]
arrays = {kind: numbers.astype(kind) for kind in types} | {"|b1": numbers != 0}
arrays |= {"least": np.array([[-128, 127]], "i1"), "most": np.array([[2**64 - 1, 0]], "u8"), "half": np.array([[-65504, 2**-24]], ">f2")}
np.savez_compressed(folder / "types.npz", **arrays)
np.savez(folder / "named_otherwise.npz", X=counts.astype(">f8"), samples=np.array(samples).astype(">U16"), genes=np.array(genes, "S"))
np.savez(folder / "fortran.npz", values=np.asfortranarray(counts.astype("f8")))
scipy.sparse.save_npz(folder / "csr.npz", scipy.sparse.csr_matrix(counts))
scipy.sparse.save_npz(folder / "csc.npz", scipy.sparse.csc_matrix(counts))
csr = scipy.sparse.csr_matrix(counts)  # as SciPy before 1.0 wrote it: the format in characters
np.savez(folder / "csr_old.npz", format=np.array("csr"), shape=csr.shape, data=csr.data, indices=csr.indices, indptr=csr.indptr)

tsv = frame.T.to_csv(sep="\t", index_label="gene").encode()
(folder / "text.tsv.bz2").write_bytes(bz2.compress(tsv[:60]) + bz2.compress(tsv[60:]))
(folder / "text.tsv.zst").write_bytes(zstandard.compress(tsv))
frame.to_csv(folder / "semicolons.csv", sep=";", decimal=",", index_label="sample", encoding="utf-8-sig", lineterminator="\r\n")

facts = pd.DataFrame(
    {
        "cell_type": pd.Categorical(["B", None, "T", "T", "NK", "B", "T"], categories=["NK", "T", "B", "none of them"]),
        "plate": [1, 1, 2, 2, 3, 3, 3],
        "malignant": [True, False, True, False, True, False, True],
        "donor": ["d1", "d1", "d2", "d2", "", "d3", "d 4"],
        "age": pd.array([41, None, 43, 44, 45, 46, 47], dtype="Int64"),
        "smoker": pd.array([True, None, False, False, True, True, None], dtype="boolean"),
        "purity": [0.5, np.nan, 1.0, 0.25, 0.125, 1e-6, 3.0],
        "code": [f"c{i}" for i in range(7)],
        "graded": pd.Categorical([1, 2, 1, 2, 2, 1, 2], ordered=True),
    },
    index=samples,
)
anndata.AnnData(counts, obs=facts, var=var.copy()).write_h5ad(folder / "obs.h5ad")
facts.to_csv(folder / "obs.csv", index_label="sample")
wells = pd.DataFrame({"sample": [f"well{i % 3}" for i in range(7)]}, index=samples)
anndata.AnnData(counts, obs=wells).write_h5ad(folder / "obs_sample.h5ad")
frame.to_parquet(folder / "pandas.parquet", row_group_size=3)
frame.T.rename_axis("gene").reset_index().to_parquet(folder / "long.parquet", index=False, compression="zstd")
frame.astype("f8").rename_axis("sample_id").to_parquet(folder / "named.parquet", compression="gzip", data_page_version="2.0", use_dictionary=False)
table = frame.rename_axis("barcode").reset_index()
polars.from_pandas(table).write_parquet(folder / "polars.parquet")
columns = {"barcode": samples, "tissue": arrow.array(obs["tissue"].tolist()).dictionary_encode()}
columns |= {gene: arrow.array(counts[:, i]) for i, gene in enumerate(genes)}
arrow.parquet.write_table(  # as R's arrow writes it: the same library, and no names of rows
    arrow.table(columns), folder / "arrow.parquet", compression="lz4", use_dictionary=False, write_page_checksum=True,
    column_encoding={"barcode": "DELTA_BYTE_ARRAY", "tissue": "PLAIN"} | {gene: "BYTE_STREAM_SPLIT" for gene in genes})
frame.reset_index(drop=True).astype("i8").where(counts > 1).astype("Int64").to_parquet(folder / "numbered.parquet")
