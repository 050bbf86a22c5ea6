package org.skerry.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that this program was built as. */
final class Version implements IVersionProvider {
  /** The version; {@code dev} when the program does not run from its jar. */
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"skerry " + text(), "Java " + Runtime.version()};
  }
}
