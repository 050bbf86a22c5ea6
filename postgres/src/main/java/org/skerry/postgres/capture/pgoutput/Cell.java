package org.skerry.postgres.capture.pgoutput;

/** One column's value in a change. */
public sealed interface Cell {
  Cell NULL = new Null();
  Cell UNCHANGED = new Unchanged();

  /** SQL's null; also every column of an old row that is no part of its key. */
  record Null() implements Cell {}

  /** A long value that the change did not touch: the log does not repeat it. */
  record Unchanged() implements Cell {}

  /** A value as PostgreSQL writes it. */
  record Text(String text) implements Cell {}
}
