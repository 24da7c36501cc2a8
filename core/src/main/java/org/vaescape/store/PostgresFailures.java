package org.vaescape.store;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;

/// What a failure of a PostgreSQL server, or on the way to it, means to the person at the terminal.
final class PostgresFailures {
  /// Two transactions that wanted the same; one of them goes again.
  private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01");

  /// The server stops or starts; what else ends a connection is in class 08.
  private static final Set<String> COMES_BACK = Set.of("57P01", "57P02", "57P03");

  private static final String GO_ON =
      "; what was stored is safe: run the same command again, it goes on where it stopped";

  private PostgresFailures() {}

  /// Whether the connection is gone, and may come back.
  static boolean isLost(SQLException failure) {
    String state = state(failure);
    // 08004: the server wants a password.
    return COMES_BACK.contains(state) || (state.startsWith("08") && !state.equals("08004"));
  }

  static boolean isStarting(SQLException failure) {
    return state(failure).equals("57P03");
  }

  static boolean isConflict(SQLException failure) {
    return CONFLICTS.contains(state(failure));
  }

  /// A [UserError] where the person can mend it, else a defect of ours.
  static RuntimeException of(SQLException failure, DatabaseUrl url) {
    String why = reason(failure);
    String said =
        switch (state(failure)) {
          case "08001", "08006", "08003", "57P01", "57P02", "57P03" ->
              "the server does not answer (%s); start it, or mend host and port of store"
                  .formatted(why);
          case "08004" ->
              "the server wants a password and none was given; give it by PGPASSWORD, or in ~/.pgpass as a line host:port:database:user:password";
          case "28P01" ->
              "the server refuses the password (%s); mend PGPASSWORD or ~/.pgpass".formatted(why);
          case "28000" ->
              "the server lets this user in from nowhere, or not from here (%s); mend the user in store, or the server's pg_hba.conf"
                  .formatted(why);
          case "3D000" ->
              "there is no such database; make it by: createdb -h %s -p %s %s"
                  .formatted(url.host(), url.usedPort(), url.database());
          case "42501" ->
              "the user has not the right to do that (%s); its owner can give it: GRANT CREATE ON DATABASE \"%s\" TO ..."
                  .formatted(why, url.database());
          case "53100" -> "the server's disk is full (%s)".formatted(why) + GO_ON;
          case "53300" ->
              "the server has no room for another connection (%s)".formatted(why) + GO_ON;
          case "XX001", "XX002" ->
              "what is stored is damaged (%s); restore the database".formatted(why);
          case "25006" ->
              "the server only reads (%s); name one that writes in store".formatted(why);
          default -> "";
        };
    return said.isEmpty()
        ? new IllegalStateException(url.text() + ": " + failure.getMessage(), failure)
        : new UserError(url.text() + ": " + said, failure);
  }

  /// After the server has been away for longer than one waits.
  static UserError away(SQLException failure, DatabaseUrl url, long seconds) {
    return new UserError(
        "%s: the server has not answered for %s seconds (%s)"
                .formatted(url.text(), seconds, reason(failure))
            + GO_ON,
        failure);
  }

  private static String state(SQLException failure) {
    return Objects.requireNonNullElse(failure.getSQLState(), "");
  }

  private static String reason(SQLException failure) {
    if (failure.getCause() instanceof UnknownHostException) {
      return "the name of its host is not known here";
    }
    return Objects.requireNonNullElse(failure.getMessage(), "").lines().findFirst().orElse("");
  }
}
