package org.skerry.server.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Says what happens, with the seconds since the beginning. */
final class Narrator {
  private final PrintWriter out;
  private final long begin = System.nanoTime();

  Narrator(PrintWriter out) {
    this.out = out;
  }

  void say(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    line(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), text));
  }

  /** A line as it is. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Since the beginning. */
  double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
