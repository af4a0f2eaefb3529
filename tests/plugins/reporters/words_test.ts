import { assertEquals } from "@std/assert";
import { counted } from "../../../plugins/reporters/figures/words.ts";

Deno.test("counted() has the noun as the number wants it", () => {
  assertEquals(counted(1, "picture"), "1 picture");
  assertEquals(counted(0, "picture"), "0 pictures");
  assertEquals([counted(1, "class", "classes"), counted(2, "class", "classes")], ["1 class", "2 classes"]);
});
