package org.skerry.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.skerry.replication.InvalidReplicationException;
import org.skerry.server.backup.BadBackupException;
import org.skerry.server.demo.Demo;
import org.skerry.server.settings.InvalidSettingsException;
import org.skerry.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line of Skerry. */
@Command(
    name = "skerry",
    description = "Keeps health records on every island, and brings them together.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** What went wrong lies with the call: its arguments, its configuration, its folder. */
  static final int MISUSE = 2;

  /** What went wrong lies elsewhere. */
  static final int FAILED = 1;

  private static final List<Class<?>> COMMANDS =
      List.of(
          Serve.class,
          Replicate.class,
          Run.class,
          Verify.class,
          ConflictsCommand.class,
          ExchangeCommand.class,
          SitesCommand.class,
          ScopeCommand.class,
          PostgresCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          Demo.class,
          VersionCommand.class,
          Rehearse.class);

  private Main() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(args.length == 0 ? new String[] {"--help"} : args));
  }

  static int run(String... args) {
    return line(args.length == 0 ? "" : args[0])
        .setExecutionExceptionHandler(reporter())
        .execute(args);
  }

  /**
   * The command line, with the command that was called alone where there is one of that name:
   * reading what all of them can do takes longer than starting some of them does.
   */
  static CommandLine line(String first) {
    CommandLine line = new CommandLine(new Main());
    List<Class<?>> called =
        COMMANDS.stream()
            .filter(command -> command.getAnnotation(Command.class).name().equals(first))
            .toList();
    if (called.isEmpty()) {
      COMMANDS.forEach(line::addSubcommand);
      return line.addSubcommand(CommandLine.HelpCommand.class);
    }
    called.forEach(line::addSubcommand);
    return line;
  }

  /**
   * What people can mend is said in one line; only faults of the program show where they happened.
   */
  static IExecutionExceptionHandler reporter() {
    return (exception, command, parsed) -> {
      switch (exception) {
        case InvalidSettingsException invalid -> {
          invalid.problems().forEach(problem -> command.getErr().println("skerry: " + problem));
          return MISUSE;
        }
        case InvalidReplicationException invalid -> {
          command.getErr().println("skerry: " + invalid.getMessage());
          return MISUSE;
        }
        case StoreException refused -> command.getErr().println("skerry: " + refused.getMessage());
        case NoSuchFileException missing ->
            command.getErr().println("skerry: there is no file " + missing.getMessage());
        case AccessDeniedException closed ->
            command.getErr().println("skerry: not allowed to use " + closed.getMessage());
        case IOException failed -> command.getErr().println("skerry: " + failed.getMessage());
        case BadBackupException refused ->
            command.getErr().println("skerry: " + refused.getMessage());
        default -> throw exception;
      }
      return FAILED;
    };
  }
}
