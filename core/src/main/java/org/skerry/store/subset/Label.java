package org.skerry.store.subset;

import org.skerry.document.DocId;

/**
 * What a scope rule says of a document: that it belongs to a place, that it goes where another
 * document goes, or that everyone gets it. An {@link Audience} stands behind each.
 *
 * @param name a place's name or a document's id; empty for everyone
 */
public record Label(Kind kind, String name) {
  /** What a label means. The letters are part of the stored format. */
  public enum Kind {
    EVERYONE('*'),
    PLACE('='),
    DOCUMENT('@');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }

    byte letter() {
      return letter;
    }

    static Kind of(byte letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of label: " + letter);
    }
  }

  /** Of documents that every site gets. */
  public static final Label EVERYONE = new Label(Kind.EVERYONE, "");

  /** The label of documents that belong to a place. */
  public static Label place(String name) {
    return new Label(Kind.PLACE, name);
  }

  /** The label of documents that go where another document goes. */
  public static Label document(DocId id) {
    return new Label(Kind.DOCUMENT, id.text());
  }

  // Written out: labels are compared for each document that is written, and what the Java machine
  // makes for records costs several times as much.

  @Override
  public boolean equals(Object object) {
    return object instanceof Label other && kind == other.kind && name.equals(other.name);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + kind.letter;
  }
}
