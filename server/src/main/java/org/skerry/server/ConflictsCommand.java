package org.skerry.server;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skerry conflicts}: lists, shows, settles and undoes, through a running node. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    description = {
      "Lists a database's open conflicts, shows one, settles one or many, or opens a settled one"
          + " again."
    },
    subcommands = {
      ConflictsList.class,
      ConflictsShow.class,
      ConflictsSettle.class,
      ConflictsSettleMany.class,
      ConflictsHistory.class,
      ConflictsUndo.class
    })
final class ConflictsCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs it");
    }
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
