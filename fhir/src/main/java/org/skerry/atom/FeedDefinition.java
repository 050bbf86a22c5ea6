package org.skerry.atom;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.skerry.document.DocId;
import org.skerry.selector.Selector;
import org.skerry.wire.JsonOut;

/**
 * What one category's feed tells of, and how.
 *
 * @param category its name in URLs
 * @param title of its entries
 * @param database for whose documents it speaks
 * @param selector which of them
 * @param pageSize how many events a page takes before the next begins
 * @param links of each entry, by their names
 * @param readers who may read it besides the database's members
 */
public record FeedDefinition(
    String category,
    String title,
    String database,
    Selector selector,
    int pageSize,
    Map<String, LinkTemplate> links,
    Optional<FilterTag> filter,
    Readers readers) {

  /** The database whose documents describe feeds; a document's id is the category. */
  public static final String DATABASE = "_feeds";

  static final Pattern CATEGORY = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  public FeedDefinition {
    links = Map.copyOf(links);
  }

  /** An entry's content: where the document is found, as JSON. */
  String content(DocId id) {
    return new String(
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              new TreeMap<>(links)
                  .forEach((name, link) -> out.writeStringProperty(name, link.link(database, id)));
              out.writeEndObject();
            }),
        StandardCharsets.UTF_8);
  }

  /**
   * Another one means that what was passed over may have to be told, and that all is read again.
   */
  String scope() {
    return database + '\n' + selector;
  }
}
