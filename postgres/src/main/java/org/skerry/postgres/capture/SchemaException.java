package org.skerry.postgres.capture;

/** The application's tables are not what the mapping says; somebody has to change one of them. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String problem) {
    super(problem);
  }
}
