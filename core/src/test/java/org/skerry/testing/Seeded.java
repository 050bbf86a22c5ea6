package org.skerry.testing;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests their randomness, as a parameter of type {@link SplittableRandom}. Each test has a
 * seed that follows from its name, so that every run tells the same stories; {@code
 * -Dskerry.seed=random} draws new ones. A test that fails says with which seed, and {@code
 * -Dskerry.seed=…} runs it again with that one (decision 038).
 */
public final class Seeded implements ParameterResolver, TestExecutionExceptionHandler {
  /** The system property that fixes the seed, or says {@link #RANDOM}. */
  public static final String PROPERTY = "skerry.seed";

  /** New stories with each run. */
  private static final String RANDOM = "random";

  private static final Namespace NAMESPACE = Namespace.create(Seeded.class);

  /** The seed of the method that calls. */
  public static long seed() {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(1).findFirst())
        .map(caller -> seed(caller.getClassName() + "." + caller.getMethodName()))
        .orElseThrow();
  }

  private static long seed(String name) {
    Long fixed = Long.getLong(PROPERTY);
    if (fixed != null) {
      return fixed;
    }
    return RANDOM.equals(System.getProperty(PROPERTY))
        ? new SecureRandom().nextLong()
        : new SplittableRandom(name.hashCode()).nextLong();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SplittableRandom.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The unique id tells repetitions apart.
    long seed = seed(context.getUniqueId());
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
