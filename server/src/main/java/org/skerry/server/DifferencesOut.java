package org.skerry.server;

import java.io.PrintWriter;
import java.util.List;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Difference;

/** Shows people in what two databases differ. */
record DifferencesOut(PrintWriter out) {
  void show(Comparison.Result result) {
    if (result.equal()) {
      out.println("equal");
      return;
    }
    for (Difference one : result.differences()) {
      out.println(one.id());
      out.println("  here   " + leaves(one.here()));
      out.println("  centre " + leaves(one.there()));
      out.println("  " + advice(one));
    }
    String more = result.complete() ? "" : "more than ";
    int count = result.differences().size();
    out.println(more + (count == 1 ? "1 document differs" : count + " documents differ"));
  }

  /**
   * Says where the reasons are.
   *
   * @param node which replicated
   */
  void refused(long count, String node) {
    if (count > 0) {
      out.println(
          (count == 1 ? "1 document was refused" : count + " documents were refused")
              + "; "
              + node
              + "/_scheduler/refused says which, and why");
    }
  }

  void say(String text) {
    out.println(text);
  }

  private static String leaves(List<String> leaves) {
    return leaves.isEmpty() ? "not there, or deleted" : String.join(", ", leaves);
  }

  private static String advice(Difference one) {
    if (one.here().isEmpty()) {
      return "the site has to pull it";
    }
    if (one.there().isEmpty()) {
      return "the site has to push it; or it left the subset, and the site has to pull that";
    }
    return "both have to replicate, in both directions";
  }
}
