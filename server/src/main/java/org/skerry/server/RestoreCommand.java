package org.skerry.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.server.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry restore}: makes a data folder of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a backup and makes a data folder of it, for `skerry serve`.",
      "Peers recognise the restored databases as such: they read them from the start, and send"
          + " what came after the backup."
    })
final class RestoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the backup.")
  Path backup = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "Data folder to make; a new or empty one.")
  Path data = Path.of("");

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<String> names = Restore.restore(backup, data);
    if (spec == null) {
      throw new IllegalStateException("picocli gives every command its spec");
    }
    spec.commandLine().getOut().println("restored " + names.size() + " databases into " + data);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
