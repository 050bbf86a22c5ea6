package org.skerry.mango;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.selector.Selector;
import tools.jackson.core.JsonGenerator;

/** What a query can be answered from. Sorted as CouchDB lists them. */
public sealed interface MangoIndex extends Comparable<MangoIndex> {
  Comparator<MangoIndex> ORDER =
      Comparator.comparing((MangoIndex index) -> index.design().orElse(""), Utf8Order.COMPARATOR)
          .thenComparing(MangoIndex::name, Utf8Order.COMPARATOR);

  /** The id of the design document; none for the special one. */
  Optional<String> design();

  String name();

  /** {@code json} or {@code special}. */
  String type();

  /** The paths of the members that it is sorted by. */
  List<String> columns();

  /** Writes it as clients see it. */
  void write(JsonGenerator out);

  @Override
  default int compareTo(MangoIndex other) {
    return ORDER.compare(this, other);
  }

  /** All documents by id. It can answer everything, and reads everything for it. */
  record AllDocs() implements MangoIndex {
    @Override
    public Optional<String> design() {
      return Optional.empty();
    }

    @Override
    public String name() {
      return "_all_docs";
    }

    @Override
    public String type() {
      return "special";
    }

    @Override
    public List<String> columns() {
      return List.of("_id");
    }

    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeNullProperty("ddoc");
      out.writeStringProperty("name", name());
      out.writeStringProperty("type", type());
      out.writeObjectPropertyStart("def");
      out.writeName("fields");
      new Sort(columns(), false).writeList(out);
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /**
   * Documents by the values of some members; those that lack one are not in it.
   *
   * @param designId the design document's
   * @param partitioned whether it is for queries of one partition, of which there are none here
   */
  record Json(String designId, String name, IndexDefinition definition, boolean partitioned)
      implements MangoIndex {
    @Override
    public Optional<String> design() {
      return Optional.of(designId);
    }

    @Override
    public String type() {
      return "json";
    }

    @Override
    public List<String> columns() {
      return definition.fields().names();
    }

    /** By its names, which keep theirs: a definition is a tree, and this is asked at each query. */
    @Override
    public int hashCode() {
      return 31 * designId.hashCode() + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || other instanceof Json(var itsDesign, var itsName, var its, var isPartitioned)
              && designId.equals(itsDesign)
              && name.equals(itsName)
              && definition.equals(its)
              && partitioned == isPartitioned;
    }

    /** Which documents it leaves out, when it does. */
    Optional<Selector> partialFilter() {
      return definition.filter();
    }

    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("ddoc", designId);
      out.writeStringProperty("name", name);
      out.writeStringProperty("type", type());
      out.writeBooleanProperty("partitioned", partitioned);
      out.writeName("def");
      definition.write(out);
      out.writeEndObject();
    }
  }
}
