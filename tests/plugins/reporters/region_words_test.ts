import { assertAlmostEquals, assertEquals } from "@std/assert";
import { trapsOf, worstScore } from "../../../plugins/reporters/figures/region_words.ts";
import { falsification, trap } from "./record_parts.ts";

Deno.test("traps and worst points are told by the score of the class, which is high where an adversarial region fails", () => {
  const traps = [trap([130, 30])];
  assertEquals(trapsOf({ target: "robust", traps }), traps);
  const [turned] = trapsOf({ target: "adversarial", traps });
  assertAlmostEquals(turned.score, 0.96, 1e-12);
  assertEquals({ ...turned, score: 0.04 }, traps[0]);
  assertEquals(trapsOf({ target: "robust", traps: null }), []);
  const region = { falsification: falsification([130, 30]) };
  assertAlmostEquals(worstScore({ target: "adversarial", ...region })!, 0.88, 1e-12);
  assertAlmostEquals(worstScore({ target: "robust", ...region })!, 0.12, 1e-12);
});
