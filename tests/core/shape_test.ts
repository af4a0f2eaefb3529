import { assertEquals } from "@std/assert";
import { product, stridesOf } from "../../core/shape.ts";

Deno.test("product() counts the elements of an array, stridesOf() how far apart neighbors are", () => {
  assertEquals([product([]), product([4]), product([2, 3, 4]), product([2, 0])], [1, 4, 24, 0]);
  assertEquals([stridesOf([]), stridesOf([4]), stridesOf([2, 3, 4])], [[], [1], [12, 4, 1]]);
});
