import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { hash, planUnits, type StudyUnit, unitsOfShard } from "../../../workers/study/items.ts";
import type { Plan, StudyPlan } from "../../../workers/study/plan.ts";
import { BIAS, STUDY } from "./plans.ts";

const places = (units: readonly StudyUnit[]) => units.map((unit) => [unit.network, unit.class, unit.shape]);
const keys = async (plan: Plan, kind: "map" | "grow") => (await planUnits(plan)).map((unit) => unit[kind]?.key);

Deno.test("planUnits() goes through a network's classes and shapes before the next network's, the filtering one first", async () => {
  assertEquals(places(await planUnits(STUDY)), [[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 0, 1], [1, 1, 0]]);
  const filtered = await planUnits({ ...STUDY, filter: { network: "b", score: 0.1 } });
  assertEquals(places(filtered), [[1, 0, 0], [1, 0, 1], [1, 1, 0], [0, 0, 0], [0, 0, 1], [0, 1, 0]]);
  for (const { filter, class: of, shape } of filtered) {
    assertEquals(filter?.key, filtered.find((unit) => unit.network === 1 && unit.class === of && unit.shape === shape)?.map?.key);
  }
});

Deno.test("planUnits() gives data semantic maps maps alone, and the same ones as a study has", async () => {
  assert((await planUnits(BIAS)).every(({ grow }) => grow === null));
  assertEquals(await keys(BIAS, "map"), await keys(STUDY, "map"));
});

/** Changes of a study, and whether maps and regions are others then. */
const CHANGES: Readonly<Record<string, readonly [plan: StudyPlan, map: boolean, grow: boolean]>> = {
  "its seed": [{ ...STUDY, head: { ...STUDY.head, seed: 8 } }, false, true],
  "the renderer": [{ ...STUDY, head: { ...STUDY.head, renderer: "three" } }, true, true],
  "a held parameter": [{ ...STUDY, head: { ...STUDY.head, fixed: { distance: 3 } } }, true, true],
  "the range of a parameter": [
    { ...STUDY, head: { ...STUDY.head, space: [STUDY.head.space[0], { ...STUDY.head.space[1], high: 80 }] } },
    true,
    true,
  ],
  "the program's version": [{ ...STUDY, head: { ...STUDY.head, versions: { orthotope: "9.9.9" } } }, true, true],
  "the target": [{ ...STUDY, target: "adversarial" }, false, true],
  "an initial point": [{ ...STUDY, points: [[130, 30], [50, 21]] }, false, true],
  "an option": [{ ...STUDY, methods: [{ name: "naive", options: { ...STUDY.methods[0].options, eta: 0.2 } }] }, false, true],
  "the check": [{ ...STUDY, check: { ...STUDY.check, samples: 21 } }, false, true],
  "the lattice": [
    { ...STUDY, map: { axes: [STUDY.map!.axes[0], { ...STUDY.map!.axes[1], values: [0, 40, 81] }], shape: [4, 3] } },
    true,
    false,
  ],
  "its bootstrap": [{ ...STUDY, replicates: 200 }, false, false],
  "the name of a network": [{ ...STUDY, networks: [{ ...STUDY.networks[0], name: "c" }, STUDY.networks[1]] }, false, false],
};

for (const [change, [plan, map, grow]] of Object.entries(CHANGES)) {
  Deno.test(`planUnits() ${map || grow ? "changes" : "keeps"} the keys with ${change}`, async () => {
    for (const [kind, changes] of [["map", map], ["grow", grow]] as const) {
      const [before, after] = [await keys(STUDY, kind), await keys(plan, kind)];
      assertEquals(before.map((key, i) => key !== after[i]), before.map(() => changes), kind);
    }
  });
}

Deno.test("planUnits() tells networks, meshes and classes apart, and only these", async () => {
  const all = await keys(STUDY, "grow");
  assertEquals(new Set(all).size, 6);
  const twins: StudyPlan = { ...STUDY, networks: [STUDY.networks[0], { ...STUDY.networks[0], name: "twin" }] };
  assertEquals(new Set(await keys(twins, "grow")).size, 3, "the same file under another name is the same network");
});

Deno.test("unitsOfShard() deals all units out, evenly, in their order, with the maps that filter them", async () => {
  const filtered: StudyPlan = {
    ...STUDY,
    filter: { network: "b", score: 0.1 },
    classes: [
      { name: "one", shapes: Array.from({ length: 11 }, (_, i) => ({ name: `${i}`, sha256: `${i}`, triangles: 4 })) },
      STUDY.classes[1],
    ],
  };
  const units = await planUnits(filtered);
  const shards = [1, 2, 3, 4, 5].map((index) => unitsOfShard(units, { index, count: 5 }));
  const grown = shards.map((own) => own.filter(({ grow }) => grow !== null));
  assertEquals(grown.map(({ length }) => length).sort(), [4, 5, 5, 5, 5]);
  assertEquals(new Set(grown.flat().map(({ grow }) => grow?.key)).size, units.length);
  for (const own of shards) {
    const maps = new Set(own.map(({ map }) => map?.key));
    assert(own.every(({ filter }) => maps.has(filter?.key)));
    const order = own.map((unit) => units.findIndex(({ key }) => key === unit.key));
    assertEquals(order, order.toSorted((left, right) => left - right));
  }
  assertEquals(unitsOfShard(units, { index: 1, count: 1 }), units);
});

Deno.test("hash() does not see the order of fields, and sees all else", async () => {
  assertEquals(await hash({ a: 1, b: { c: [1, 2], d: "x" } }), await hash({ b: { d: "x", c: [1, 2] }, a: 1 }));
  assertNotEquals(await hash({ a: [1, 2] }), await hash({ a: [2, 1] }));
});
