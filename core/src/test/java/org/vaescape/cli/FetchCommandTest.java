package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.fetch.PublicFile;

class FetchCommandTest {
  @TempDir private Path folder;

  @Test
  void listsWhatThereIsWithItsTerms() {
    Console answer = Console.run("fetch");
    assertEquals(0, answer.code());
    for (PublicFile file : PublicFile.all()) {
      assertTrue(answer.out().contains(file.name() + ": " + file.title() + "\n"), answer.out());
    }
    assertTrue(answer.out().contains("  terms   "));
    assertEquals(answer.out(), Console.run("fetch", "--list").out());
  }

  /// What a typing error in the resource would break.
  @Test
  void everyFileIsWellDescribed() {
    List<PublicFile> all = PublicFile.all();
    List<String> names = all.stream().map(PublicFile::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    assertTrue(names.containsAll(List.of("tcga-pancan", "tcga-pancan-eb", "gtex")));
    for (PublicFile file : all) {
      assertEquals("https", file.url().getScheme());
      assertTrue(names.containsAll(file.with()), file.name());
      assertTrue(file.file().matches("[\\w.+]+"), file.file());
      assertTrue(file.sha256().isEmpty() || file.sha256().matches("[0-9a-f]{64}"), file.name());
    }
  }

  @Test
  void bringsAFileSaysItsTermsBeforeAndWhatToDoNext() throws IOException {
    String table =
        "sample\tsample_type\t_primary_disease\nS1\tPrimary Tumor\tkidney\nS2\tPrimary Tumor\tlung\n";
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(table.getBytes(StandardCharsets.UTF_8));
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, zipped.size());
          exchange.getResponseBody().write(zipped.toByteArray());
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%s/x".formatted(server.getAddress().getPort());
      Console matrix = Console.run("fetch", "gtex", "--from", url, "--out", folder.toString());
      assertEquals(0, matrix.code(), matrix.err());
      String file = folder.resolve("gtex_RSEM_gene_tpm.gz").toString();
      assertTrue(matrix.out().contains("  from    " + url + "\n"), matrix.out());
      assertTrue(
          matrix
              .out()
              .endsWith(
                  "%s\nNext:\n  ./vaescape data %s\n  ./vaescape run korkic2021 --data %s --out gtex\n"
                      .formatted(file, file, file)),
          matrix.out());
    } finally {
      server.stop(0);
    }
  }

  /// With what belongs to a matrix; all of it is there, so that nobody is asked.
  @Test
  void saysHowLabelsAndSymbolsAreGivenToAStudy() throws IOException {
    for (String name : List.of("gtex_RSEM_gene_tpm.gz", "GTEX_phenotype.gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
        out.write("sample\t_primary_site\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.writeString(folder.resolve("gencode.v23.annotation.gene.probemap"), "id\tgene\n");
    Console answer = Console.run("fetch", "gtex", "--out", folder.toString());
    assertEquals(0, answer.code(), answer.err());
    String options =
        "%1$s/gtex_RSEM_gene_tpm.gz --labels %1$s/GTEX_phenotype.gz --set data.label-column=_primary_site --set data.probe-map=%1$s/gencode.v23.annotation.gene.probemap"
            .formatted(folder);
    assertTrue(answer.out().contains("\n  ./vaescape data " + options + "\n"), answer.out());
    assertTrue(
        answer.out().endsWith("  ./vaescape run korkic2021 --data " + options + " --out gtex\n"),
        answer.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcga-pankan|unknown public file tcga-pankan; did you mean tcga-pancan?
          gtex --from=file.gz|--from must be an address such as https://host/path but was file.gz
          gtex --from=ftp://host/x|--from must be an address such as https://host/path but was ftp://host/x
          gtex --sha256=12|--sha256 must be 64 hexadecimal digits but was 12
          --from=https://host/x|--from and --sha256 are of one file: name it
          """)
  void refusesInOneSentence(String words, String sentence) {
    Console answer = Console.run(("fetch " + words).split(" "));
    assertEquals(2, answer.code());
    assertTrue(answer.err().startsWith("vaescape: " + sentence), answer.err());
  }
}
