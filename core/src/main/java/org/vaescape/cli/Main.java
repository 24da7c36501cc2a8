package org.vaescape.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vaescape.UserError;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.engine.StandardError;
import org.vaescape.search.NearMiss;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: words in, exit code out.
public final class Main {
  /// Done; trials that failed are results, not errors.
  static final int DONE = 0;

  /// A defect of ours.
  static final int DEFECT = 1;

  /// The person at the terminal can mend it; the message says what and where.
  static final int USER_ERROR = 2;

  /// `verify` found a difference.
  static final int DIFFERENT = 3;

  /// Stopped by ctrl-C or its like; the same command goes on.
  static final int INTERRUPTED = 130;

  private Main() {}

  /// Runs a command in this process, and ends the process with its exit code.
  public static void main(String[] args) {
    Integer lent = Integer.getInteger("vaescape.stderr");
    if (lent != null) {
      StandardError.takeBack(lent);
    }
    // So that no number of a table, a message or a seed is written in the digits of a country.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args, new StandardOutput(), writer(System.err)));
  }

  /// The same; what cannot be printed is no success.
  static int run(String[] args, StandardOutput stdout, PrintWriter err) {
    int code = run(args, writer(stdout), err);
    Optional<String> failure = stdout.failure();
    failure.ifPresent(why ->
        err.println(
            "vaescape: the standard output cannot be written (%s), so that what was printed is not all there; files are as they should be"
                .formatted(why)));
    err.flush();
    return failure.isPresent() && code == DONE ? USER_ERROR : code;
  }

  /// Runs a command and returns its exit code.
  ///
  /// @param out takes what was asked for
  /// @param err takes progress and complaints
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    ResultFiles results = new ResultFiles(out, err, Sensitivity::of);
    CommandLine commands =
        new CommandLine(new Vaescape())
            .addSubcommand(new RunCommand(results))
            .addSubcommand(new ReportCommand(results))
            .addSubcommand(new ServeCommand(out))
            .addSubcommand(new VerifyCommand(out, err))
            .addSubcommand(new AnalyzeCommand(out, err))
            .addSubcommand(new CompareCommand(out, err))
            .addSubcommand(new DataCommand(out, err))
            .addSubcommand(new ListCommand(out))
            .addSubcommand(new SimulateCommand(out, err))
            .addSubcommand(new FetchCommand(out, err))
            .addSubcommand(new BenchCommand(out, err))
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setParameterExceptionHandler(Main::explainUsage)
            .setExecutionExceptionHandler(Main::explainFailure);
    int code;
    try {
      code = commands.execute(args);
    } catch (OutOfMemoryError e) {
      complain(commands, noMemory(e));
      code = USER_ERROR;
    } catch (Error e) {
      code = explainDefect(e, commands);
    }
    out.flush();
    err.flush();
    return code;
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static int explainUsage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    complain(command, complaint(failure));
    command
        .getErr()
        .println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more.");
    return USER_ERROR;
  }

  /// What is wrong with the words, with the near miss of one that is not known.
  private static String complaint(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      CommandLine command = unmatched.getCommandLine();
      if (word.startsWith("-")) {
        List<String> options = List.copyOf(command.getCommandSpec().optionsMap().keySet());
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        return NearMiss.unknown("option", name, options);
      }
      return command.getSubcommands().isEmpty()
          ? "one argument too many: " + word
          : NearMiss.unknown("command", word, command.getSubcommands().keySet());
    }
    return String.valueOf(failure.getMessage());
  }

  private static int explainFailure(Exception failure, CommandLine command, ParseResult words) {
    return switch (failure) {
      case UserError error -> {
        complain(command, String.valueOf(error.getMessage()));
        yield USER_ERROR;
      }
      default -> explainDefect(failure, command);
    };
  }

  private static int explainDefect(Throwable failure, CommandLine command) {
    failure.printStackTrace(command.getErr());
    complain(
        command,
        "this is a defect of vaescape, not of your study; please report it with the lines above");
    return DEFECT;
  }

  /// The JVM reports the system's limit of threads by the same error.
  private static String noMemory(OutOfMemoryError failure) {
    return String.valueOf(failure.getMessage()).contains("thread")
        ? "the system starts no more threads for this process (%s); raise its limit (ulimit -u, or that of its control group), or take fewer --workers"
            .formatted(failure.getMessage())
        : "the %s MiB that Java may take for the matrix and the report do not suffice; give it more: VAESCAPE_JAVA_OPTIONS=-Xmx16g"
            .formatted(Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void complain(CommandLine command, String complaint) {
    command.getErr().println("vaescape: " + complaint);
  }
}
