#!/usr/bin/env python3
"""Writes `obs_old.h5ad` as AnnData 0.7 stored categories, with that version: `obs/__categories`.

  PYTHONPATH=FOLDER_OF_ANNDATA_0.7.8 make_old.py [FOLDER]
"""
import pathlib
import sys

import anndata
import numpy as np
import pandas as pd

assert anndata.__version__.startswith("0.7."), anndata.__version__
folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
here = pathlib.Path(__file__).parent
counts = pd.read_csv(here / "expected.csv", index_col=0).astype("f4")
facts = pd.DataFrame(
    {
        "cell_type": pd.Categorical(["B", None, "T", "T", "NK", "B", "T"], categories=["NK", "T", "B"]),
        "plate": [1, 1, 2, 2, 3, 3, 3],
        "malignant": [True, False, True, False, True, False, True],
        "donor": pd.Categorical(["d1", "d1", "d2", "d2", "d3", "d3", "d 4"]),
    },
    index=counts.index,
)
anndata.AnnData(counts.values, obs=facts, var=pd.DataFrame(index=counts.columns)).write_h5ad(folder / "obs_old.h5ad")
