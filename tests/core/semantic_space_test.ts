import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { isClosed, SemanticSpace } from "../../core/semantic_space.ts";

const azimuth = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
const elevation = { name: "elevation", unit: "degree", low: -10, high: 90 };

Deno.test("SemanticSpace has the paper's volume of 36000", () => {
  assertEquals(new SemanticSpace([azimuth, elevation]).volume, 36000);
});

Deno.test("SemanticSpace.project() wraps a closed axis and clamps an open one", () => {
  const space = new SemanticSpace([azimuth, elevation]);
  assertEquals(space.project(Float64Array.of(-30, -20, 370, 95, 360, 90, 720.5, 0)), Float64Array.of(330, -10, 10, 90, 0, 90, 0.5, 0));
  assertEquals(space.projectCoordinate(0, -1e-300), 0);
});

Deno.test("SemanticSpace.project() clamps a periodic parameter whose range is only a part of its period", () => {
  const space = new SemanticSpace([{ ...azimuth, low: 90, high: 270 }]);
  assertEquals(space.isPeriodic(0), false);
  assertEquals(space.project(Float64Array.of(0, 300)), Float64Array.of(90, 270));
});

Deno.test("SemanticSpace.project() wraps about a range that does not start at 0", () => {
  const space = new SemanticSpace([{ ...azimuth, low: -180, high: 180 }]);
  assertEquals(space.project(Float64Array.of(190, -180, 180, -190)), Float64Array.of(-170, -180, -180, 170));
});

Deno.test("SemanticSpace closes an axis over a whole period, however its ends are rounded", () => {
  for (const low of [152.2, 152.3, 0.1, -1e-9, 1e6 + 0.1]) {
    const space = new SemanticSpace([{ ...azimuth, low, high: low + 360 }]);
    assertEquals(space.isPeriodic(0), true, `${low}`);
  }
  for (const [low, high] of [[152.2, 512.2], [152.3, 512.3]]) {
    assertEquals(new SemanticSpace([{ ...azimuth, low, high }]).isPeriodic(0), true);
    assertEquals(isClosed({ low, high, period: 360 }), true);
    assertEquals(isClosed({ low, high: high - 1e-6, period: 360 }), false);
  }
  assertThrows(() => new SemanticSpace([{ ...azimuth, low: 152.2, high: 512.2001 }]), InputError, "longer than its period");
});

Deno.test("SemanticSpace refuses an empty space, a range upside down, one longer than the period and a name twice", () => {
  assertThrows(() => new SemanticSpace([]), InputError, "at least one parameter");
  assertThrows(
    () => new SemanticSpace([{ ...azimuth, low: 90, high: 10 }]),
    InputError,
    '"azimuth" must run from a lower to a higher number',
  );
  assertThrows(() => new SemanticSpace([{ ...azimuth, high: 361 }]), InputError, "not be longer than its period of 360");
  assertThrows(() => new SemanticSpace([azimuth, azimuth]), InputError, "given twice");
  assertThrows(() => new SemanticSpace([{ ...elevation, low: NaN }]), InputError, "NaN:90");
});

Deno.test("SemanticSpace.requirePoint() refuses what does not lie in Omega", () => {
  const space = new SemanticSpace([azimuth, elevation]);
  space.requirePoint([725, 90]);
  assertThrows(() => space.requirePoint([0, 91]), InputError, '"elevation" of a point must be in [-10, 90]: current value is 91');
  assertThrows(() => space.requirePoint([0]), InputError, "A point needs 2 numbers (azimuth, elevation)");
  assertThrows(() => space.requirePoint([NaN, 0]), InputError, '"azimuth" of a point must be a number');
});

Deno.test("SemanticSpace.count() refuses an array that holds no whole number of points", () => {
  assertEquals(new SemanticSpace([azimuth, elevation]).count(new Float64Array(6)), 3);
  assertThrows(() => new SemanticSpace([azimuth, elevation]).count(new Float64Array(5)), RangeError, "2 numbers each");
});
