package org.vaescape.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

/// Downloads from a server of this machine whose certificate nobody vouches for, unless asked to.
class FetchTlsTest {
  @TempDir private Path folder;
  private final SSLContext usual = usual();
  private HttpsServer server;
  private SSLContext trusting;

  private static SSLContext usual() {
    try {
      return SSLContext.getDefault();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path store = folder.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "secret".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(trusting));
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/m.gz");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    SSLContext.setDefault(usual);
    server.stop(0);
  }

  private String refusal() {
    URI address = URI.create("https://127.0.0.1:%s/m.gz".formatted(server.getAddress().getPort()));
    PublicFile file =
        new PublicFile(
            "m", "", "", address, "m.gz", 0, "https://page", "", "", "", "", false, List.of());
    Fetch fetch =
        new Fetch(
            folder,
            Patience.defaults(),
            Map.of(),
            new FetchListener() {
              @Override
              public void progress(long bytes, long of) {}

              @Override
              public void say(String sentence) {}
            });
    return String.valueOf(assertThrows(UserError.class, () -> fetch.bring(file)).getMessage());
  }

  @Test
  void trustsNoCertificateThatNobodyVouchesFor() {
    String refusal = refusal();
    assertTrue(refusal.contains(": no safe connection to 127.0.0.1 ("), refusal);
  }

  @Test
  void followsNoRedirectionFromHttpsToHttp() {
    SSLContext.setDefault(trusting);
    String refusal = refusal();
    assertTrue(
        refusal.contains("sends on to http://127.0.0.1:9/m.gz, which is not followed (never from"),
        refusal);
  }
}
