package org.seenby.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The programs that the README shows print what it says. */
class ReceiptTest {
    private interface Program {
        void run() throws Exception;
    }

    private static String[] printed(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, "UTF-8"));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString("UTF-8").trim().split("\\R");
    }

    @Test
    void java() throws Exception {
        String[] lines = printed(() -> Receipt.main(new String[0]));
        assertEquals(1, lines.length, String.join("\n", lines));
        assertEquals("1 have read it, 1 have not", lines[0]);
    }

    @Test
    void kotlin() throws Exception {
        String[] lines = printed(ReceiptKt::main);
        assertEquals(2, lines.length, String.join("\n", lines));
        assertEquals("1 have read it, 1 have not", lines[0]);
        assertTrue(lines[1].matches("bob has, at [1-9][0-9]+ ms"), lines[1]);
    }
}
