package org.skerry.atom;

import java.util.List;
import java.util.StringJoiner;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import org.skerry.selector.FieldPath;
import tools.jackson.databind.JsonNode;

/**
 * What readers of a feed may filter by: some members of a document, as OpenMRS's location filter
 * writes them into a category ({@code country%state%district%city%postal}). The reader decides; a
 * feed always tells of everything.
 *
 * @param bean the reader's name for the filter
 * @param members where the values stand
 */
record FilterTag(String bean, List<FieldPath> members) {
  private static final String SEPARATOR = "%";

  FilterTag {
    members = List.copyOf(members);
  }

  /** A document's tag: a category's term, which is XML itself. */
  String term(Body body) {
    return "<feedFilter><beanName>"
        + XmlText.escaped(bean)
        + "</beanName><filter>"
        + XmlText.escaped(values(body))
        + "</filter></feedFilter>";
  }

  /** The values as one text; a value that is not there is empty. */
  private String values(Body body) {
    JsonNode document = ValueReader.read(body.json());
    StringJoiner joined = new StringJoiner(SEPARATOR);
    for (FieldPath member : members) {
      joined.add(
          switch (member.find(document)) {
            case FieldPath.Found(JsonNode value) when value.isValueNode() ->
                value.asString("").replace(SEPARATOR, " ");
            case FieldPath.Found other -> "";
            case FieldPath.Missing missing -> "";
            case FieldPath.Astray astray -> "";
          });
    }
    return XmlText.legal(joined.toString());
  }
}
