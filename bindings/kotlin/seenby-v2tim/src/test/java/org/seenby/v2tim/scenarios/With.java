package org.seenby.v2tim.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a request or a call is given: what is absent is empty, 0 or false. Numbers are cast, as Java casts. */
record With(JsonObject fields) {
    boolean has(String key) {
        JsonElement value = fields.get(key);
        return value != null && !value.isJsonNull();
    }

    JsonElement get(String key) {
        return fields.get(key);
    }

    String text(String key) {
        return has(key) ? fields.get(key).getAsString() : "";
    }

    String textOrNull(String key) {
        return has(key) ? fields.get(key).getAsString() : null;
    }

    long number(String key) {
        return has(key) ? fields.get(key).getAsBigDecimal().longValue() : 0;
    }

    int number32(String key) {
        return (int) number(key);
    }

    boolean flag(String key) {
        return has(key) && fields.get(key).getAsBoolean();
    }

    With with(String key) {
        return new With(has(key) ? fields.getAsJsonObject(key) : new JsonObject());
    }

    List<JsonElement> list(String key) {
        return has(key) ? fields.getAsJsonArray(key).asList() : List.of();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        list(key).forEach(one -> texts.add(one.getAsString()));
        return texts;
    }
}
