#!/usr/bin/env Rscript
# Writes the matrix of expected.csv as R's own functions do, and as its packages data.table and Matrix.
#
#   make.R [FOLDER]     default: the current one

folder <- commandArgs(TRUE)
if (length(folder) > 0) setwd(folder)
samples <- as.matrix(read.csv("expected.csv", row.names = 1, check.names = FALSE))
genes <- t(samples)

write.table(genes, "r_write_table.txt")
write.table(samples, "r_write_table.tsv", sep = "\t", quote = FALSE)
write.table(genes, "r_write_table_na.tsv", sep = "\t", quote = FALSE, col.names = NA)
write.csv(samples, gzfile("r_write_csv.csv.gz"))
write.csv2(genes, "r_write_csv2.csv")
data.table::fwrite(data.table::as.data.table(samples, keep.rownames = "sample"), "r_fwrite.csv")

dir.create("r_tenx", showWarnings = FALSE)
Matrix::writeMM(Matrix::Matrix(genes, sparse = TRUE), "r_tenx/matrix.mtx")
writeLines(colnames(genes), "r_tenx/barcodes.tsv")
write.table(data.frame(sprintf("ENSG%011d", seq_len(nrow(genes))), rownames(genes)), "r_tenx/genes.tsv",
  sep = "\t", quote = FALSE, row.names = FALSE, col.names = FALSE)
