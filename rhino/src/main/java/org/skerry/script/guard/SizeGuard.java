package org.skerry.script.guard;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/**
 * Writes a method with a call of {@link ScriptThread#takes} before what takes much memory at once.
 *
 * <p>Thirty turns of {@code s = s + s} are a thousand million characters, and Rhino copies them in
 * each turn: that is over before a count of instructions or of turns would ask. So it is asked
 *
 * <ul>
 *   <li>before an array is made, or a builder or a list of some size,
 *   <li>before text is added to a builder, with what the builder grows by,
 *   <li>when two strings become one whose characters are copied later: lengths that were never
 *       asked for would pass what an {@code int} holds,
 *   <li>after the JDK made a string, which is not much longer than what it was made of.
 * </ul>
 *
 * <p>For one method.
 */
final class SizeGuard implements CodeTransform {
  private static final int REFERENCE = 4;

  private static final ClassDesc THREAD = ClassDesc.of(ScriptThread.class.getName());
  private static final ClassDesc TEXT = ClassDesc.of("java.lang.CharSequence");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
  private static final ClassDesc FORM = ClassDesc.of("java.text.Normalizer$Form");
  private static final ClassDesc CHAR = ConstantDescs.CD_char;
  private static final ClassDesc INT = ConstantDescs.CD_int;
  private static final ClassDesc VOID = ConstantDescs.CD_void;

  private static final String STRING = "java/lang/String";
  private static final Set<String> TEXTS =
      Set.of("(Ljava/lang/String;)", "(Ljava/lang/CharSequence;)");
  private static final Set<String> BUILDERS =
      Set.of("java/lang/StringBuilder", "java/lang/StringBuffer");
  private static final Set<String> OF_SOME_SIZE =
      Set.of("java/lang/StringBuilder", "java/lang/StringBuffer", "java/util/ArrayList");

  /** Whether a constant lies on the stack: what has a constant size is small. */
  private boolean constant;

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    switch (element) {
      case NewPrimitiveArrayInstruction array -> takesCount(code, bytes(array.typeKind()));
      case NewReferenceArrayInstruction _ -> takesCount(code, REFERENCE);
      case FieldInstruction field when isLengthOfJoined(field) ->
          code.dup().invokestatic(THREAD, "joins", MethodTypeDesc.of(VOID, INT));
      case InvokeInstruction call -> takesForCall(code, call);
      default -> {}
    }
    code.with(element);
    if (makesString(element)) {
      code.dup().invokestatic(THREAD, "took", MethodTypeDesc.of(VOID, ConstantDescs.CD_String));
    }
    constant = element instanceof ConstantInstruction;
  }

  private static int bytes(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN, BYTE -> 1;
      case CHAR, SHORT -> 2;
      case LONG, DOUBLE -> 8;
      default -> 4;
    };
  }

  private static boolean isLengthOfJoined(FieldInstruction field) {
    return field.opcode() == Opcode.PUTFIELD
        && field.owner().asInternalName().equals("org/mozilla/javascript/ConsString")
        && field.name().equalsString("length");
  }

  private static boolean makesString(CodeElement element) {
    return switch (element) {
      case InvokeDynamicInstruction join ->
          join.name().equalsString("makeConcatWithConstants")
              && join.typeSymbol().returnType().equals(ConstantDescs.CD_String);
      case InvokeInstruction call ->
          call.owner().asInternalName().startsWith("java/")
              && call.typeSymbol().returnType().equals(ConstantDescs.CD_String);
      default -> false;
    };
  }

  private void takesForCall(CodeBuilder code, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String method = call.name().stringValue();
    String parameters = call.type().stringValue();
    parameters = parameters.substring(0, parameters.indexOf(')') + 1);
    if (owner.equals("java/lang/StringBuilder") && method.equals("ensureCapacity")) {
      code.dup2().invokestatic(THREAD, "grows", MethodTypeDesc.of(VOID, BUILDER, INT));
    } else if (OF_SOME_SIZE.contains(owner)
        && Set.of("<init>(I)", "ensureCapacity(I)").contains(method + parameters)) {
      takesCount(code, BUILDERS.contains(owner) ? Character.BYTES : REFERENCE);
    } else if (owner.equals("java/util/Arrays") && method.equals("copyOf")) {
      takesCount(code, REFERENCE);
    } else if (owner.equals("java/util/Arrays") && method.equals("copyOfRange")) {
      takesRange(code, REFERENCE);
    } else if (owner.startsWith("[") && method.equals("clone")) {
      code.dup().arraylength();
      takesCount(code, REFERENCE);
      code.pop();
    } else if (owner.equals(STRING) && method.equals("toCharArray")) {
      takesText(code);
    } else if (owner.equals("java/text/Normalizer") && method.equals("normalize")) {
      code.dup2().invokestatic(THREAD, "takesNormalized", MethodTypeDesc.of(VOID, TEXT, FORM));
    } else if (BUILDERS.contains(owner) && Set.of("append", "insert").contains(method)) {
      takesAddition(code, owner + "." + method, parameters);
    }
  }

  private void takesAddition(CodeBuilder code, String method, String parameters) {
    if (method.equals("java/lang/StringBuilder.append") && parameters.equals("(C)")) {
      code.dup2().invokestatic(THREAD, "adds", MethodTypeDesc.of(VOID, BUILDER, CHAR));
    } else if (method.equals("java/lang/StringBuilder.append") && TEXTS.contains(parameters)) {
      code.dup2().invokestatic(THREAD, "adds", MethodTypeDesc.of(VOID, BUILDER, TEXT));
    } else if (parameters.endsWith("Ljava/lang/String;)")
        || parameters.endsWith("Ljava/lang/CharSequence;)")) {
      takesText(code);
    } else if (parameters.equals("(Ljava/lang/CharSequence;II)")) {
      takesRange(code, Character.BYTES);
    } else if (parameters.equals("([CII)")) {
      takesCount(code, Character.BYTES);
    }
  }

  /** The number of elements lies on the stack. */
  private void takesCount(CodeBuilder code, int size) {
    if (!constant) {
      code.dup()
          .loadConstant(size)
          .invokestatic(THREAD, "takes", MethodTypeDesc.of(VOID, INT, INT));
    }
  }

  /** Where elements begin and end lies on the stack. */
  private static void takesRange(CodeBuilder code, int size) {
    code.dup2()
        .loadConstant(size)
        .invokestatic(THREAD, "takes", MethodTypeDesc.of(VOID, INT, INT, INT));
  }

  /** A text lies on the stack. */
  private static void takesText(CodeBuilder code) {
    code.dup().invokestatic(THREAD, "takes", MethodTypeDesc.of(VOID, TEXT));
  }
}
