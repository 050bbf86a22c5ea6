package org.skerry.script.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JavaScript engine with a call of {@link ScriptThread#turn} in each of its loops.
 *
 * <p>Rhino counts the instructions of a script and asks now and then whether to go on. Its own
 * library is written in Java and does not ask: {@code JSON.stringify} of a value that holds itself
 * twice at forty levels, or {@code indexOf} in an array whose length was set to four thousand
 * million, would never end, and no thread can be stopped from outside. So the engine's methods ask
 * before they jump back, and before they take much memory at once ({@link SizeGuard}). Whatever the
 * library of a later version contains is covered as well.
 *
 * <p>Not covered is what loops inside the JDK itself: whole numbers of any size (which are taken
 * away), and copying, which memory bounds.
 *
 * <p>Run by the build, with the engine's jar and a folder for classes. What it once wrote it does
 * not write again.
 */
public final class LoopGuard {
  private static final String CLASS = ".class";

  /** In the folder: the name of the jar, written when all else was. */
  static final String DONE = "META-INF/guarded-rhino";

  /** They compile: their work is bounded by the length of a source. */
  private static final List<String> COMPILERS =
      List.of(
          "org/mozilla/classfile/",
          "org/mozilla/javascript/ast/",
          "org/mozilla/javascript/optimizer/",
          "org/mozilla/javascript/CodeGenerator",
          "org/mozilla/javascript/IRFactory",
          "org/mozilla/javascript/NodeTransformer",
          "org/mozilla/javascript/Parser",
          "org/mozilla/javascript/Token");

  private static final ClassDesc THREAD = ClassDesc.of(ScriptThread.class.getName());
  private static final MethodTypeDesc TURN = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final JarFile jar;
  private final ClassFile classes;

  private LoopGuard(JarFile jar) {
    this.jar = jar;
    this.classes =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::engineClass)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** Writes the classes. Arguments: the engine's jar, and the folder to write into. */
  public static void main(String[] args) throws IOException {
    Path engine = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    if (isDone(engine, folder)) {
      return;
    }
    try (JarFile jar = new JarFile(engine.toFile())) {
      new LoopGuard(jar).writeAll(folder);
    }
    Path done = folder.resolve(DONE);
    Files.createDirectories(done.resolveSibling("."));
    Files.writeString(done, engine.getFileName() + "\n");
  }

  private static boolean isDone(Path engine, Path folder) throws IOException {
    Path done = folder.resolve(DONE);
    return Files.exists(done)
        && Files.readString(done).strip().equals(engine.getFileName().toString())
        && isNewerThanGuards(done, folder);
  }

  /** All classes of this package decide about what is written. */
  private static boolean isNewerThanGuards(Path done, Path folder) throws IOException {
    Path guards = folder.resolve(LoopGuard.class.getPackageName().replace('.', '/'));
    if (!Files.exists(guards)) {
      return true;
    }
    FileTime written = Files.getLastModifiedTime(done);
    try (DirectoryStream<Path> classes = Files.newDirectoryStream(guards, "*" + CLASS)) {
      for (Path guard : classes) {
        if (Files.getLastModifiedTime(guard).compareTo(written) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private void writeAll(Path folder) throws IOException {
    for (ZipEntry entry : jar.stream().filter(LoopGuard::isWanted).toList()) {
      Path file = folder.resolve(entry.getName()).normalize();
      if (!file.startsWith(folder)) {
        throw new IOException("a name that leads out of the folder: " + entry.getName());
      }
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, written(entry));
    }
  }

  /** Not what describes the jar as a whole. */
  private static boolean isWanted(ZipEntry entry) {
    return !entry.isDirectory()
        && (entry.getName().startsWith("org/mozilla/")
            || entry.getName().startsWith("META-INF/services/"));
  }

  private byte[] written(ZipEntry entry) throws IOException {
    byte[] bytes = bytes(entry);
    String name = entry.getName();
    boolean guarded = name.endsWith(CLASS) && COMPILERS.stream().noneMatch(name::startsWith);
    return guarded ? guarded(bytes) : bytes;
  }

  private byte[] guarded(byte[] bytes) {
    return classes.transformClass(
        classes.parse(bytes),
        ClassTransform.transformingMethodBodies(
            CodeTransform.ofStateful(SizeGuard::new)
                .andThen(CodeTransform.ofStateful(Loops::new))));
  }

  private byte[] bytes(ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** For the compiler's frames, which need to know what a class extends. */
  private @Nullable InputStream engineClass(ClassDesc type) {
    String descriptor = type.descriptorString();
    ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + CLASS);
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
