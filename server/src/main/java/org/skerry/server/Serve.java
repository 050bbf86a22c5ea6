package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.skerry.http.console.ConsoleRoutes;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsReader;
import org.skerry.server.settings.SettingsSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry serve}: runs a node until the process is told to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a node. Settings come from --config, then from the environment (SKERRY_HTTP_PORT for"
          + " http.port), then from these options.",
      "The first start makes the administrator's password and prints it once, unless"
          + " SKERRY_ADMIN_PASSWORD or --admin-password-file gives one."
    })
final class Serve implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the databases (data).")
  @Nullable String data;

  @Option(names = "--port", paramLabel = "N", description = "Port; 0 takes a free one (5984).")
  @Nullable String port;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "Address to listen on; 0.0.0.0 for all (127.0.0.1).")
  @Nullable String bind;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings in TOML.")
  @Nullable Path config;

  @Option(
      names = "--admin-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the administrator's password.")
  @Nullable String passwordFile;

  /** For the demonstration alone, which says where it is; see {@code server.demo}. */
  @Option(names = "--clinic", hidden = true)
  boolean clinic;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SettingsSource source =
        () -> SettingsReader.read(Optional.ofNullable(config), System.getenv(), flags());
    Settings settings = source.read();
    Logging.start(settings.logLevel(), settings.logFormat());
    LostThreads.watch();
    CountDownLatch stopped = new CountDownLatch(1);
    Node node =
        Node.start(
            settings,
            source,
            clinic ? ConsoleRoutes.clinicOfClassPath() : List.of(),
            password -> tell(settings.adminName(), password));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  stopped.countDown();
                },
                "stop"));
    report(node, settings);
    HeapWatch.start();
    stopped.await();
    return 0;
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    put(flags, Setting.DATA, data);
    put(flags, Setting.PORT, port);
    put(flags, Setting.BIND, bind);
    put(flags, Setting.ADMIN_PASSWORD_FILE, passwordFile);
    return flags;
  }

  private static void put(Map<Setting, String> flags, Setting setting, @Nullable String value) {
    if (value != null) {
      flags.put(setting, value);
    }
  }

  private PrintWriter out() {
    return spec == null
        ? new PrintWriter(System.out, true, System.out.charset())
        : spec.commandLine().getOut();
  }

  private void tell(String name, String password) {
    PrintWriter out = out();
    out.println("Administrator: " + name);
    out.println("Password:      " + password + "   (shown only this once)");
    out.flush();
  }

  private void report(Node node, Settings settings) {
    PrintWriter out = out();
    if (!isLoopback(settings.bind()) && settings.tls().isEmpty()) {
      out.println(
          "Warning: listening on "
              + settings.bind()
              + " without TLS: passwords cross the network in clear text. Set"
              + " http.tls_certificates.");
    }
    out.println(
        "Skerry " + Version.text() + " listens on " + node.url() + ", data in " + settings.data());
    if (!ConsoleRoutes.ofClassPath().isEmpty()) {
      out.println("Its console, for a browser: " + node.url() + "/_utils/");
    }
    out.flush();
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("localhost") || address.equals("::1");
  }
}
