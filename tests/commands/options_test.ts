import { assertEquals, assertThrows } from "@std/assert";
import { choice, describeOptions, flag, number, numbers, parseOptions, repeated, text, words } from "../../commands/options.ts";
import { parsePoint, parseSceneSpace } from "../../commands/parameter_options.ts";
import { InputError } from "../../core/errors.ts";
import { builtInPlugins } from "../../plugins/mod.ts";

const table = {
  mesh: text("FILE", "a mesh"),
  at: repeated(text("POINT", "a point")),
  steps: number("N", "steps", { low: 0, integer: true }),
  step: numbers("X,...", "steps"),
  method: words("NAME,...", "methods"),
  gradient: { ...choice(["exact", "picture"], "gradients"), implied: "exact" },
  quiet: flag("no messages"),
};

Deno.test("parseOptions() reads values in both forms, repeated ones and flags", () => {
  assertEquals(
    parseOptions(table, [
      "--mesh=a=b.obj",
      "--at",
      "-10,30",
      "--at=5,6",
      "--steps",
      "7",
      "--step",
      "3,-4.5",
      "--quiet",
      "--method",
      "a, b",
    ]),
    {
      mesh: "a=b.obj",
      at: ["-10,30", "5,6"],
      steps: 7,
      step: [3, -4.5],
      method: ["a", "b"],
      gradient: undefined,
      quiet: true,
    },
  );
  assertEquals(parseOptions(table, []).at, []);
});

Deno.test("parseOptions() takes an option without its value where it implies one", () => {
  assertEquals(parseOptions(table, ["--gradient"]).gradient, "exact");
  assertEquals(parseOptions(table, ["--gradient", "--quiet"]), { ...parseOptions(table, ["--quiet"]), gradient: "exact" });
  assertEquals(parseOptions(table, ["--gradient", "picture"]).gradient, "picture");
});

Deno.test("parseOptions() names what is wrong", () => {
  const fails = (args: string[], message: string) => assertThrows(() => parseOptions(table, args), InputError, message);
  fails(["--mash", "a.obj"], 'Unknown option "--mash", did you mean "--mesh"');
  fails(["a.obj"], 'Unexpected argument "a.obj"');
  fails(["-m", "a.obj"], 'Unexpected argument "-m"');
  fails(["--steps", "1.5"], '--steps must be a whole number: current value is "1.5"');
  fails(["--steps", "-1"], "--steps must be at least 0: current value is -1");
  fails(["--steps", "Infinity"], "--steps must be a number");
  fails(["--steps"], "--steps needs a value: N");
  fails(["--steps", "3", "--steps=2"], "--steps must be given once: it is given as 3 and 2");
  fails(["--method", "slab,naive, slab"], '--method names "slab" twice: name it once');
  fails(["--gradient", "none"], '--gradient must be one of exact, picture: current value is "none"');
});

Deno.test("describeOptions() lists every option with its value", () => {
  const help = describeOptions(table);
  for (const line of ["--at POINT", "a point (repeatable)", "--quiet"]) assertEquals(help.includes(line), true, line);
});

Deno.test("parsePoint() takes numbers in the order of the axes, or names in any order", () => {
  const scenes = parseSceneSpace("elevation,azimuth=-180:180", ["distance=3,roll=5"], builtInPlugins());
  assertEquals(scenes.fixed, { distance: 3, roll: 5 });
  assertEquals(parsePoint("30,-130", scenes, "--at"), Float64Array.of(30, -130));
  assertEquals(parsePoint("azimuth=-130, elevation=30", scenes, "--at"), Float64Array.of(30, -130));
  assertEquals(parsePoint("30,230", scenes, "--at"), Float64Array.of(30, -130));
  assertEquals(parsePoint("azimuth=1000,elevation=30", scenes, "--at"), Float64Array.of(30, -80));
  assertThrows(() => parsePoint("azimuth=1,azimuth=2,elevation=3", scenes, "--at"), InputError, '--at names "azimuth" twice');
  assertThrows(() => parsePoint("azimuth=3", scenes, "--at"), InputError, '--at lacks "elevation"');
  assertThrows(() => parsePoint("azimuth=3,roll=4", scenes, "--at"), InputError, '--at names "roll", which does not vary');
  assertThrows(() => parsePoint("azimuth=x,elevation=4", scenes, "--at"), InputError, '"azimuth" of --at must be a number');
});

Deno.test("parseSceneSpace() refuses a parameter that is held twice, in one text or two", () => {
  for (const held of [["distance=3,distance=4"], ["distance=3", "roll=1,distance=3"]]) {
    assertThrows(() => parseSceneSpace("azimuth", held, builtInPlugins()), InputError, '--set names "distance" twice: name it once');
  }
});
