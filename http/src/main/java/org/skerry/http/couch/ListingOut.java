package org.skerry.http.couch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.skerry.http.couch.DocumentListing.Listed;
import org.skerry.http.couch.DocumentListing.RowSink;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes a listing in CouchDB's form, one row a line: some clients read it line by line. */
final class ListingOut implements RowSink {
  private final JsonGenerator out;
  private boolean any;

  private ListingOut(JsonGenerator out) {
    this.out = out;
  }

  static void write(JsonGenerator out, Listed listed) throws IOException {
    out.writeRaw("{\"total_rows\":");
    writeNumber(out, listed.total().orElse(null));
    listed
        .updateSeq()
        .ifPresent(
            seq -> {
              out.writeRaw(",\"update_seq\":");
              out.writeString(seq);
            });
    out.writeRaw(",\"offset\":");
    writeNumber(out, listed.offset().orElse(null));
    out.writeRaw(",\"rows\":[\r\n");
    listed.rows(new ListingOut(out));
    out.writeRaw("\r\n]}");
  }

  private static void writeNumber(JsonGenerator out, @Nullable Long number) {
    if (number == null) {
      out.writeNull();
    } else {
      out.writeNumber(number);
    }
  }

  @Override
  public void row(ListedRow row) {
    separate();
    out.writeStartObject();
    out.writeStringProperty("id", row.id());
    out.writeStringProperty("key", row.id());
    out.writeObjectPropertyStart("value");
    out.writeStringProperty("rev", row.rev());
    if (row.deleted()) {
      out.writeBooleanProperty("deleted", true);
    }
    out.writeEndObject();
    row.document()
        .ifPresent(
            document -> {
              out.writeName("doc");
              document.accept(out);
            });
    out.writeEndObject();
  }

  @Override
  public void missing(JsonNode key) {
    separate();
    out.writeStartObject();
    out.writeName("key");
    out.writeRawValue(key.toString());
    out.writeStringProperty("error", "not_found");
    out.writeEndObject();
  }

  private void separate() {
    if (any) {
      out.writeRaw(",\r\n");
    }
    any = true;
  }
}
