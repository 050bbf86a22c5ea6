package org.skerry.server.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code skerry demo}: a centre and two clinics on this machine, and a day in which a link breaks.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a centre and two clinics as processes of their own, loads real FHIR records, and"
          + " plays a day: a link is cut, both sides go on working, the link returns, all become"
          + " equal.",
      "The nodes stay up until Ctrl-C. All is kept in a temporary folder, which is removed at the"
          + " end."
    })
public final class Demo implements Callable<Integer> {
  private static final int NOT_CONVERGED = 1;

  @Option(
      names = "--once",
      description = "Ends after the day; the exit status is 0 only if all databases are equal.")
  private boolean once;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, true, System.out.charset())
            : spec.commandLine().getOut();
    Narrator narrator = new Narrator(out);
    narrator.say("starting a centre and two clinics");
    try (Archipelago archipelago = Archipelago.start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(archipelago::close, "stop"));
      archipelago.sites().forEach(site -> narrator.say("%s is at %s", site.name(), site.url()));
      int status = play(archipelago, narrator);
      if (!once && status == 0) {
        invite(archipelago, narrator);
        new CountDownLatch(1).await(); // until the process is told to end
      }
      return status;
    } catch (DemoException e) {
      err().println("skerry demo: " + e.getMessage());
      return NOT_CONVERGED;
    }
  }

  private int play(Archipelago archipelago, Narrator narrator) {
    try {
      Outcome outcome = new Day(archipelago, narrator).play();
      narrator.line("");
      outcome.table().forEach(narrator::line);
      return outcome.converged() ? 0 : NOT_CONVERGED;
    } catch (DemoException e) {
      PrintWriter err = err();
      err.println("skerry demo: " + e.getMessage());
      for (Site site : archipelago.sites()) {
        site.complaints().ifPresent(lines -> err.println(site.name() + " said:\n" + lines));
      }
      return NOT_CONVERGED;
    }
  }

  private PrintWriter err() {
    return spec == null
        ? new PrintWriter(System.err, true, System.err.charset())
        : spec.commandLine().getErr();
  }

  /** Prints where to go on: the clinic's page first. */
  private static void invite(Archipelago archipelago, Narrator narrator) {
    narrator.line("");
    narrator.line("A small clinic in your browser, with a switch that cuts its network:");
    narrator.line("  " + archipelago.centre().url() + "/_utils/clinic/");
    narrator.line("  Sign in as at the centre.");
    narrator.line("");
    narrator.line("The nodes stay up until Ctrl-C:");
    for (Site site : archipelago.sites()) {
      Credentials credentials = site.credentials();
      narrator.line(
          String.format(
              "  %-9s %s/%s   user %s   password %s",
              site.name(),
              site.url(),
              Archipelago.DATABASE,
              credentials.user(),
              credentials.password()));
    }
  }
}
