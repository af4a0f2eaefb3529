import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { methodOptions } from "../../core/method_options.ts";
import { methods } from "../../plugins/methods/mod.ts";

const [naive] = methods.filter(({ name }) => name === "naive");

Deno.test("methodOptions() gives what is given, and defaults for the rest", () => {
  const { steps, eta } = methodOptions(naive, { steps: 7 });
  assertEquals([steps, eta], [7, naive.options.eta.default]);
});

Deno.test("methodOptions() refuses unknown options, values out of range, and broken ones where they must be whole", () => {
  assertThrows(() => methodOptions(naive, { step: 3 }), InputError, 'Method "naive" has no option "step": it has eta, steps');
  assertThrows(() => methodOptions(naive, { steps: -1 }), InputError, 'Option "steps" of method "naive" must be in [0, 1000000000]');
  for (const method of methods.filter(({ options }) => options.steps?.integer)) {
    assertThrows(
      () => methodOptions(method, { steps: 1.5 }),
      InputError,
      `Option "steps" of method "${method.name}" must be a whole number: current value is 1.5`,
    );
  }
});

Deno.test("every method of the paper takes a whole number of steps", () => {
  const whole = methods.filter(({ options }) => options.steps?.integer).map(({ name }) => name);
  assertEquals(whole.toSorted(), ["naive", "oir_b", "oir_w", "trapezoid"]);
});
