import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";

Deno.test("parseJson() gives what the text holds, and says in one line by its name that it is no JSON", () => {
  assertEquals(parseJson('{"a": [1, null]}', "The file"), { a: [1, null] });
  for (const text of ["", "{", "{\n\n]"]) {
    const { message } = assertThrows(() => parseJson(text, 'Card "x"'), InputError, 'Card "x" must be JSON: ');
    assert(!message.includes("\n"));
  }
});
