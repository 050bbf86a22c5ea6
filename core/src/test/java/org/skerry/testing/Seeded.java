package org.skerry.testing;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests their randomness, as a parameter of type {@link SplittableRandom}. A test that fails
 * says with which seed, and {@code -Dskerry.seed=…} runs it again with that one.
 */
public final class Seeded implements ParameterResolver, TestExecutionExceptionHandler {
  /** The system property that fixes the seed. */
  public static final String PROPERTY = "skerry.seed";

  private static final Namespace NAMESPACE = Namespace.create(Seeded.class);

  /** A seed: the property's, or a new one. */
  public static long seed() {
    Long fixed = Long.getLong(PROPERTY);
    return fixed != null ? fixed : new SecureRandom().nextLong();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SplittableRandom.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    long seed = seed();
    context.getStore(NAMESPACE).put(PROPERTY, seed);
    return new SplittableRandom(seed);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Long seed = context.getStore(NAMESPACE).get(PROPERTY, Long.class);
    if (seed != null) {
      failure.addSuppressed(new Repeat(seed));
    }
    throw failure;
  }

  /** Not an error: a line in the failed test's stack trace. */
  private static final class Repeat extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Repeat(long seed) {
      super("repeat with -D" + PROPERTY + "=" + seed, null, false, false);
    }
  }
}
