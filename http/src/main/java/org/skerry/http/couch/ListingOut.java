package org.skerry.http.couch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.http.couch.DocumentListing.Listed;
import org.skerry.http.couch.DocumentListing.RowSink;
import tools.jackson.databind.JsonNode;

/** Writes a listing in CouchDB's form, one row a line: some clients read it line by line. */
final class ListingOut implements RowSink {
  private final RowOut out;
  private boolean any;

  private ListingOut(RowOut out) {
    this.out = out;
  }

  static void write(RowOut out, Listed listed) throws IOException {
    out.raw("{\"total_rows\":" + shown(listed.total()));
    Optional<String> seq = listed.updateSeq();
    if (seq.isPresent()) {
      out.raw(",\"update_seq\":");
      out.string(seq.get());
    }
    out.raw(",\"offset\":" + shown(listed.offset()) + ",\"rows\":[\r\n");
    listed.rows(new ListingOut(out));
    out.raw("\r\n]}");
  }

  private static String shown(Optional<Long> number) {
    return number.map(String::valueOf).orElse("null");
  }

  @Override
  public void row(ListedRow row) throws IOException {
    separate();
    out.raw("{\"id\":");
    out.id(row.id());
    out.raw(",\"key\":");
    out.id(row.id());
    out.raw(",\"value\":{\"rev\":\"");
    out.raw(row.rev());
    out.raw(row.deleted() ? "\",\"deleted\":true}" : "\"}");
    if (row.document().isPresent()) {
      out.raw(",\"doc\":");
      row.document().get().write(out);
    }
    out.write('}');
  }

  @Override
  public void missing(JsonNode key) throws IOException {
    separate();
    out.raw("{\"key\":");
    out.raw(key.toString().getBytes(StandardCharsets.UTF_8));
    out.raw(",\"error\":\"not_found\"}");
  }

  @Override
  public void more() throws IOException {
    out.more();
  }

  private void separate() throws IOException {
    if (any) {
      out.raw(",\r\n");
    }
    any = true;
  }
}
