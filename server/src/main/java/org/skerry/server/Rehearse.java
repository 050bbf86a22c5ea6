package org.skerry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.skerry.server.rehearsal.Rehearsal;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine.Command;

/**
 * {@code skerry rehearse}: plays on a node of its own, in a temporary folder on loopback, and ends.
 * For the launcher; whoever runs it by hand learns that it works.
 */
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    description =
        "Plays the work of a day in a temporary folder, for the Java machine to learn it.")
final class Rehearse implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("skerry-rehearsal");
    try {
      String password = UUID.randomUUID().toString();
      Settings settings =
          SettingsReader.read(
              Optional.empty(),
              Map.of(SettingsReader.PASSWORD_VARIABLE, password),
              Map.of(Setting.DATA, folder.resolve("data").toString(), Setting.PORT, "0"));
      Logging.start(settings.logLevel());
      try (Node node = Node.start(settings);
          Rehearsal rehearsal =
              new Rehearsal(node.url(), settings.adminName(), password, Rehearsal.SINGLES)) {
        HeapWatch.start();
        rehearsal.play();
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
