package org.skerry.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of a Skerry node. */
@Command(name = "skerry", mixinStandardHelpOptions = true, version = "skerry 0.1.0-SNAPSHOT")
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args.length == 0 ? new String[] {"--help"} : args));
  }
}
