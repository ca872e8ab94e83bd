package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Structure;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules for R8 name what there is: a rule that names nothing keeps nothing. */
class ProguardTest {
    private static final Pattern NAME = Pattern.compile("\\b((?:com|org|java|android)(?:\\.\\w+)+(?:\\$\\w+)*)(\\.\\*\\*)?");

    private static List<String> rules() throws Exception {
        List<String> rules = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("proguard.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rules.add(line);
            }
        }
        return rules;
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, ProguardTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyNameIsThere() throws Exception {
        int names = 0;
        for (String rule : rules()) {
            if (rule.startsWith("-dontwarn")) {
                continue;
            }
            Matcher matcher = NAME.matcher(rule);
            while (matcher.find()) {
                String name = matcher.group(1);
                boolean isPackage = matcher.group(2) != null || rule.contains(name + ".*");
                String probe = isPackage ? name + (name.startsWith("com.sun.jna") ? ".Native" : ".SeenbyKt") : name;
                assertTrue(exists(probe), rule + ": there is no " + probe);
                names++;
            }
        }
        assertTrue(names > 4, "the rules name " + names + " things");
    }

    /** What JNA's native half looks up by name, and what its Java half finds by reflection. */
    @Test
    void whatIsFoundByNameIsKept() throws Exception {
        String all = String.join("\n", rules());
        assertTrue(all.contains("-keep class com.sun.jna.** { *; }"));
        for (Class<?> kind : List.of(Library.class, Callback.class, Structure.class)) {
            assertTrue(all.contains(kind.getName()), kind.getName());
        }
        // The fields of UniFFI's structures are found by the names in their annotation.
        Class<?> buffer = Class.forName("org.seenby.core.RustBuffer");
        String[] order = buffer.getAnnotation(Structure.FieldOrder.class).value();
        for (String name : order) {
            Field field = buffer.getField(name);
            assertEquals(name, field.getName());
        }
        assertTrue(all.contains("RuntimeVisibleAnnotations"), "FieldOrder is read when the app runs");
    }
}
