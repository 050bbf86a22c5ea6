package org.skerry.script.rhino;

import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.Evaluator;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.skerry.script.LargeCall;
import org.skerry.script.ScriptLimits;

/** Makes contexts in which functions can do nothing but compute. */
final class Sandbox extends ContextFactory {
  /** Instructions between two looks at the clock and the memory: tens of microseconds. */
  private static final int OBSERVED = 10_000;

  private final Supplier<ScriptLimits> limits;

  private final LargeCall large;

  Sandbox(Supplier<ScriptLimits> limits, LargeCall large) {
    this.limits = limits;
    this.large = large;
  }

  ScriptLimits limits() {
    return limits.get();
  }

  @Override
  protected Cell makeContext() {
    Cell cell = new Cell(this, new Budget(limits, large));
    cell.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    cell.setClassShutter(name -> false);
    cell.setGenerateObserverCount(true);
    cell.setInstructionObserverThreshold(OBSERVED);
    cell.setLocale(Locale.ROOT);
    cell.setTimeZone(TimeZone.getTimeZone("UTC"));
    return cell;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_ENHANCED_JAVA_ACCESS,
          Context.FEATURE_ENABLE_JAVA_MAP_ACCESS,
          Context.FEATURE_JAVA_SERIALIZATION,
          Context.FEATURE_PARENT_PROTO_PROPERTIES,
          Context.FEATURE_E4X ->
          false;
      case Context.FEATURE_RESERVED_KEYWORD_AS_IDENTIFIER -> true;
      default -> super.hasFeature(context, feature);
    };
  }

  /** A context with its budget; it compiles for this package and not for the functions in it. */
  static final class Cell extends Context {
    private final Budget budget;
    private boolean compiling;

    Cell(ContextFactory factory, Budget budget) {
      super(factory);
      this.budget = budget;
    }

    Budget budget() {
      return budget;
    }

    /** Evaluates the source of an expression. */
    Object evaluate(Scriptable scope, String source, String name) {
      compiling = true;
      try {
        return evaluateString(scope, source, name, 1, null);
      } finally {
        compiling = false;
      }
    }

    @Override
    protected void observeInstructionCount(int instructions) {
      budget.check();
    }

    /** {@code eval}, {@code new Function} and their relatives all end here. */
    @Override
    protected Object compileImpl(
        Scriptable scope,
        String source,
        String name,
        int line,
        Object securityDomain,
        boolean returnFunction,
        Evaluator compiler,
        ErrorReporter reporter,
        Consumer<CompilerEnvirons> settings) {
      if (!compiling) {
        throw ScriptRuntime.constructError(
            "EvalError", "Code generation from strings is not allowed");
      }
      compiling = false;
      return super.compileImpl(
          scope, source, name, line, securityDomain, returnFunction, compiler, reporter, settings);
    }
  }
}
