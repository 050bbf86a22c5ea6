package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments;

/**
 * Local documents of a site, apart from everybody else's: its own, such as its checkpoints, or what
 * is kept for it.
 */
final class SiteLocalDocuments implements LocalDocuments {
  private static final String LOCAL = "_local/";

  /** The length of a site's name, and what begins with it. */
  private static final Pattern NAME = Pattern.compile("(\\d{1,6})~(.*)", Pattern.DOTALL);

  /** Behind every name that begins as it does and goes on in ASCII. */
  private static final String LAST = "\uffff";

  private final LocalDocuments all;
  private final String prefix;

  SiteLocalDocuments(LocalDocuments all, String kind, String site) {
    this.all = all;
    // The length keeps one site's names apart from another's that begin with them.
    this.prefix = prefix(kind) + site.length() + "~" + site + "~";
  }

  private static String prefix(String kind) {
    return LOCAL + "~" + kind + "~";
  }

  /** The sites that have some of a kind, whose names go on in ASCII. */
  static List<String> sites(LocalDocuments all, String kind) {
    List<String> sites = new ArrayList<>();
    List<LocalDocument> next = all.list(Optional.of(DocId.of(prefix(kind))), 1);
    while (!next.isEmpty() && next.getFirst().id().text().startsWith(prefix(kind))) {
      String name = next.getFirst().id().text();
      Optional<String> site = site(name.substring(prefix(kind).length()));
      site.ifPresent(sites::add);
      // One that somebody else wrote under such a name is passed over.
      String last =
          site.map(of -> new SiteLocalDocuments(all, kind, of).prefix + LAST).orElse(name);
      next = all.list(Optional.of(DocId.of(last)), 1);
    }
    return sites;
  }

  /** Whose a local document is, by what its name says behind the kind. */
  private static Optional<String> site(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int length = Integer.parseInt(parts.group(1));
    String rest = parts.group(2);
    return length < rest.length() && rest.charAt(length) == '~'
        ? Optional.of(rest.substring(0, length))
        : Optional.empty();
  }

  private DocId outer(DocId id) {
    return DocId.of(prefix + id.text().substring(LOCAL.length()));
  }

  private LocalDocument inner(LocalDocument document) {
    DocId id = DocId.of(LOCAL + document.id().text().substring(prefix.length()));
    return new LocalDocument(id, document.version(), document.body());
  }

  @Override
  public Optional<LocalDocument> get(DocId id) {
    return all.get(outer(id)).map(this::inner);
  }

  @Override
  public List<Optional<Long>> write(List<LocalWrite> writes) {
    return all.write(writes.stream().map(write -> write.as(outer(write.id()))).toList());
  }

  @Override
  public List<LocalDocument> list(Optional<DocId> after, int limit) {
    DocId from = after.map(this::outer).orElseGet(() -> DocId.of(prefix));
    return all.list(Optional.of(from), limit).stream()
        .takeWhile(document -> document.id().text().startsWith(prefix))
        .map(this::inner)
        .toList();
  }
}
