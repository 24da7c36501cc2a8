package org.vaescape.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.study.Claim;
import org.vaescape.study.DatabaseUrl;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;
import org.vaescape.study.TrialStoreContract;

final class PostgresStoreTest implements TrialStoreContract {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger STUDIES = new AtomicInteger();
  private static final String ID = "0123456789abcdef";

  private static PostgresServer server;
  private String study = "";

  @BeforeAll
  static void startServer() throws IOException, SQLException {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void nameAStudy() {
    study = "a \"study\" of µ " + STUDIES.incrementAndGet();
  }

  @Override
  public TrialStore open() {
    return open(Duration.ZERO);
  }

  private TrialStore open(Duration silence) {
    return PostgresStore.open(DatabaseUrl.of(server.url("vaescape")), study, PATIENCE, silence);
  }

  private static String refusal(String url, String study) {
    return String.valueOf(
        assertThrows(UserError.class, () -> PostgresStore.open(DatabaseUrl.of(url), study).close())
            .getMessage());
  }

  @Test
  void keepsStudiesOfADatabaseApart() {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      store.note("k", "v");
      study = "another";
      try (TrialStore other = open()) {
        assertEquals(List.of(), other.contents());
        assertEquals(Optional.empty(), other.note("k"));
        assertTrue(store.claim(ID).isPresent());
        assertTrue(other.claim(ID).isPresent());
      }
    }
  }

  @Test
  void storesWhatIsToBeStoredOnceTheServerIsBack() throws Exception {
    FinishedTrial trial = FinishedTrials.learned("a1", 2, 1);
    Duration silence = Duration.ofSeconds(2);
    try (TrialStore store = open(silence)) {
      Claim claim = store.claim(ID).orElseThrow();
      server.kill();
      FutureTask<Boolean> save =
          new FutureTask<>(() -> {
            store.save(trial);
            return true;
          });
      Thread.ofPlatform().start(save);
      Thread.sleep(500);
      assertFalse(save.isDone());
      server.startAgain();
      assertTrue(save.get());
      assertEquals(List.of(trial), store.trials());
      try (TrialStore other = open(silence)) {
        assertEquals(Optional.empty(), other.claim(ID), "its claim came back with it");
        claim.close();
        assertTrue(other.claim(ID).isPresent());
      }
    }
  }

  @Test
  void waitsForNoServerToGiveAClaimBack() throws Exception {
    try (TrialStore store = open()) {
      Claim claim = store.claim(ID).orElseThrow();
      server.kill();
      claim.close();
      server.startAgain();
      assertTrue(store.claim(ID).isPresent());
    }
  }

  /// As where a network broke, and the server has not noticed that the connection is gone.
  @Test
  @Timeout(60)
  void asksForItsClaimUntilTheServerGivesItBack() throws Exception {
    String locks = " FROM pg_locks WHERE locktype = 'advisory' AND granted";
    try (TrialStore store = open();
        TrialStore other = open();
        Connection in = server.connect();
        Statement statement = in.createStatement()) {
      assertTrue(store.claim(ID).isPresent());
      FutureTask<Boolean> next =
          new FutureTask<>(() ->
              statement.execute(
                  "SELECT pg_advisory_lock(classid::bigint << 32 | objid::bigint)" + locks));
      Thread.ofPlatform().start(next);
      while (server.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
        Thread.sleep(20);
      }
      server.count("SELECT count(pg_terminate_backend(pid))" + locks);
      assertTrue(next.get());
      assertEquals(Set.of(), store.digests().keySet()); // on a new connection
      statement.execute("SELECT pg_advisory_unlock_all()");
      while (server.count("SELECT count(*)" + locks) == 0) {
        Thread.sleep(20);
      }
      assertEquals(Optional.empty(), other.claim(ID));
    }
  }

  @Test
  void readsOnceTheServerIsBack() throws Exception {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      Claim claim = store.claim(ID).orElseThrow();
      server.kill();
      server.startAgain();
      assertEquals(Set.of("a1"), store.digests().keySet());
      claim.close();
    }
  }

  @Test
  void saysAfterAWhileThatTheServerIsAway() throws Exception {
    try (TrialStore store =
        PostgresStore.open(
            DatabaseUrl.of(server.url("vaescape")), study, Duration.ofSeconds(1), Duration.ZERO)) {
      server.kill();
      String said =
          String.valueOf(
              assertThrows(UserError.class, () -> store.save(FinishedTrials.learned("a1", 1, 1)))
                  .getMessage());
      assertTrue(
          said.startsWith(server.url("vaescape") + ": the server has not answered for 1 seconds ("),
          said);
      assertTrue(said.endsWith("run the same command again, it goes on where it stopped"), said);
    } finally {
      server.startAgain();
    }
  }

  /// While the one that had it before the server was away may be on its way back.
  @Test
  void claimsNothingForAMomentAfterTheServerWasAway() throws Exception {
    Duration silence = Duration.ofSeconds(2);
    try (TrialStore store = open(silence)) {
      store
          .claim("ffffffffffffffff")
          .orElseThrow()
          .close(); // a server that just started is quiet too
      server.kill();
      server.startAgain();
      long begin = System.nanoTime();
      assertTrue(store.claim(ID).isPresent()); // meets the broken connection itself
      assertTrue(System.nanoTime() - begin > silence.toNanos());
    }
  }

  /// As where a network lost what was on its way while the server started again.
  @Test
  @Timeout(60)
  void comesBackForItsClaimsBeforeOthersTakeThemThoughItsConnectionHangs() throws Exception {
    Duration silence = Duration.ofSeconds(2);
    try (Relay relay = Relay.to(server.port());
        TrialStore store =
            PostgresStore.open(
                DatabaseUrl.of(server.url("vaescape", relay.port())), study, PATIENCE, silence);
        TrialStore other = open(silence)) {
      assertTrue(store.claim(ID).isPresent());
      relay.hang();
      server.kill();
      server.startAgain();
      assertEquals(Optional.empty(), other.claim(ID));
    }
  }

  @Test
  void aReaderKeepsNoWriterWaitingAndIsKeptWaitingByNone() {
    try (TrialStore store = open();
        PostgresReader reader =
            PostgresReader.open(DatabaseUrl.of(server.url("vaescape")), study)) {
      store.save(FinishedTrials.learned("a1", 2, 0.3));
      Map<String, FinishedTrial> first = reader.endings(Map.of(), List.of("val_mse"));
      assertEquals(Map.of("val_mse", 0.3 / 3), Objects.requireNonNull(first.get("a1")).metrics());
      store.save(FinishedTrials.outOfMemory("a1"));
      store.save(FinishedTrials.outOfMemory("b2"));
      Map<String, FinishedTrial> second = reader.endings(first, List.of("val_mse"));
      assertEquals(List.of("a1", "b2"), List.copyOf(second.keySet()));
      assertEquals(Map.of(), Objects.requireNonNull(second.get("a1")).metrics());
    }
  }

  @Test
  void whoReadsMakesNoStore() {
    DatabaseUrl url = DatabaseUrl.of(server.url("vaescape"));
    assertEquals(
        "%s: the schema %s holds no study (any more); run the study first, or name its database and schema in store"
            .formatted(url.text(), url.schema(study)),
        assertThrows(UserError.class, () -> PostgresStore.openToRead(url, study).close())
            .getMessage());
    try (PostgresReader reader = PostgresReader.open(url, study)) {
      assertFalse(reader.exists());
      assertEquals(Optional.empty(), reader.note("k"));
      assertEquals(Map.of(), reader.endings(Map.of(), List.of("val_mse")));
      assertFalse(reader.exists());
      open().close();
      assertTrue(reader.exists());
      PostgresStore.openToRead(url, study).close();
    }
  }

  @Test
  void saysWhoMayNotLookIntoAStudyAndWhatLetsHim() throws SQLException {
    study = "closed";
    open().close();
    DatabaseUrl url = DatabaseUrl.of(server.url("guest"));
    String said =
        url.text()
            + ": the user may not look into the schema closed; its owner can let him: GRANT USAGE ON SCHEMA \"closed\" TO ...; GRANT SELECT ON ALL TABLES IN SCHEMA \"closed\" TO ...";
    assertEquals(
        said,
        assertThrows(UserError.class, () -> PostgresStore.openToRead(url, study).close())
            .getMessage());
    assertEquals(said, refusal(url.text(), study));
    server.executeInStudies("GRANT USAGE ON SCHEMA closed TO guest");
    server.executeInStudies("GRANT SELECT ON ALL TABLES IN SCHEMA closed TO guest");
    try (TrialStore store = PostgresStore.openToRead(url, study)) {
      assertEquals(List.of(), store.contents());
    }
  }

  @Test
  void refusesAStoreOfANewerVersion() throws SQLException {
    study = "newer";
    open().close();
    server.executeInStudies("INSERT INTO newer.version VALUES (7)");
    assertEquals(
        server.url("vaescape")
            + ": the schema newer was written by a newer vaescape (store version 7, this one knows up to 3); use that one, or give another schema by ?schema=NAME",
        refusal(server.url("vaescape"), study));
  }

  @Test
  void refusesTablesOfAnotherProgram() throws SQLException {
    server.executeInStudies(
        "CREATE SCHEMA shop; CREATE TABLE shop.orders (n INTEGER); GRANT ALL ON SCHEMA shop TO vaescape");
    assertEquals(
        server.url("vaescape")
            + ": the schema shop holds tables of another program; give another by ?schema=NAME",
        refusal(server.url("vaescape") + "?schema=shop", study));
  }

  @Test
  void refusesAnotherProgramsTablesThatHaveNamesOfOurs() throws SQLException {
    server.executeInStudies(
        "CREATE SCHEMA wiki; CREATE TABLE wiki.version (page INTEGER); GRANT ALL ON SCHEMA wiki TO vaescape");
    assertTrue(
        refusal(server.url("vaescape") + "?schema=wiki", study)
            .contains("holds tables of another program"));
  }

  @Test
  void aNameOfADatabaseBringsNoOptionsOfTheDriver() {
    String url = server.url("vaescape") + "%3FApplicationName%3Dother";
    assertTrue(refusal(url, study).contains("there is no such database"), refusal(url, study));
  }

  @Test
  void takesThePasswordFromTheFileOfPasswords(@TempDir Path folder) throws IOException {
    Path passwords = folder.resolve("pgpass");
    System.setProperty("org.postgresql.pgpassfile", passwords.toString());
    try {
      String url = server.url("closed");
      Files.writeString(passwords, "127.0.0.1:*:studies:closed:secret\n");
      assertTrue(
          refusal(url, study).startsWith(url + ": the user has not the right to do that ("),
          refusal(url, study));
      Files.writeString(passwords, "127.0.0.1:*:studies:closed:wrong\n");
      assertTrue(
          refusal(url, study).startsWith(url + ": the server refuses the password ("),
          refusal(url, study));
      assertFalse(refusal(url, study).contains("wrong"));
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  @Test
  void saysWhyItCannotConnect() {
    String nowhere = "postgresql://vaescape@127.0.0.1:1/studies";
    assertTrue(
        refusal(nowhere, study).startsWith(nowhere + ": the server does not answer ("),
        refusal(nowhere, study));
    String missing = server.url("vaescape").replace("studies", "missing");
    assertEquals(
        missing
            + ": there is no such database; make it by: createdb -h 127.0.0.1 -p %d missing"
                .formatted(server.port()),
        refusal(missing, study));
    String stranger = server.url("stranger");
    assertTrue(
        refusal(stranger, study)
            .startsWith(
                stranger + ": the server lets this user in from nowhere, or not from here ("),
        refusal(stranger, study));
    String guest = server.url("guest");
    assertTrue(
        refusal(guest, study).startsWith(guest + ": the user has not the right to do that ("),
        refusal(guest, study));
    String closed = server.url("closed");
    assertEquals(
        closed
            + ": the server wants a password and none was given; give it by PGPASSWORD, or in ~/.pgpass as a line host:port:database:user:password",
        refusal(closed, study));
  }
}
