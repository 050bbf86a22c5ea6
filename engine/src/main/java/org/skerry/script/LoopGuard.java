package org.skerry.script;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads the JavaScript engine with a call of {@link ScriptThread#turn} in each of its loops.
 *
 * <p>Rhino counts the instructions of a script and asks now and then whether to go on. Its own
 * library is written in Java and does not ask: {@code JSON.stringify} of a value that holds itself
 * twice at forty levels, or {@code indexOf} in an array whose length was set to four thousand
 * million, would never end, and no thread can be stopped from outside. So the engine's classes, and
 * those of {@code org.skerry.script.rhino} that use it, are loaded here, and the engine's methods
 * ask before they jump back. Whatever the library of a later version contains is covered as well.
 *
 * <p>Not covered is what loops inside the JDK itself: whole numbers of any size (which are taken
 * away), and copying, which memory bounds.
 */
final class LoopGuard extends ClassLoader {
  private static final String ENGINE = "org.mozilla.";
  private static final String USER = "org.skerry.script.rhino.";

  /** They compile: their work is bounded by the length of a source. */
  private static final List<String> COMPILERS =
      List.of(
          "org.mozilla.classfile.",
          "org.mozilla.javascript.ast.",
          "org.mozilla.javascript.optimizer.",
          "org.mozilla.javascript.CodeGenerator",
          "org.mozilla.javascript.IRFactory",
          "org.mozilla.javascript.NodeTransformer",
          "org.mozilla.javascript.Parser",
          "org.mozilla.javascript.Token");

  private static final ClassDesc THREAD = ClassDesc.of(ScriptThread.class.getName());
  private static final MethodTypeDesc TURN = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final ClassFile classes;

  static {
    registerAsParallelCapable();
  }

  LoopGuard(ClassLoader parent) {
    super("scripts", parent);
    this.classes =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(parent))));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ENGINE) && !name.startsWith(USER)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name);
    boolean guarded = name.startsWith(ENGINE) && COMPILERS.stream().noneMatch(name::startsWith);
    byte[] loaded = guarded ? guarded(bytes) : bytes;
    return defineClass(name, loaded, 0, loaded.length);
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] guarded(byte[] bytes) {
    return classes.transformClass(
        classes.parse(bytes),
        ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Loops::new)));
  }

  /** Finds the jumps back of one method. */
  private static final class Loops implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof LabelTarget target) {
        passed.add(target.label());
      }
      if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
        code.invokestatic(THREAD, "turn", TURN);
      }
      code.with(element);
    }
  }
}
