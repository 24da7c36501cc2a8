package org.vaescape.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final int PORT = 8377;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2, 127.0.0.3",
    "::1, [0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:2]",
    "127.0.0.1, localhost, vaescape.example"
  })
  void answersToTheAddressThatItWasGiven(String address, String known, String other) {
    Access access = Access.to(List.of(InetAddress.ofLiteral(address)), PORT);
    assertEquals(Optional.empty(), refused(access, known));
    assertEquals(Optional.of(403), refused(access, other));
  }

  private static Optional<Integer> refused(Access access, String host) {
    Headers headers = Headers.of("Host", host + ":" + PORT);
    return access.refusal(URI.create("/"), headers).map(Access.Refusal::status);
  }
}
