package org.skerry.server;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skerry version}: as {@code skerry --version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Says which version this is, and which Java runs it.")
final class VersionCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.root().commandLine().printVersionHelp(spec.commandLine().getOut());
    }
  }
}
