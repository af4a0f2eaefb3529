import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DEFAULTS } from "../../core/defaults.ts";
import type { BiasRecord, StudyRecord } from "../../core/study_record.ts";
import { encodeModel } from "../../plugins/classifiers/onnx/codec.ts";
import { sha256 } from "../../workers/input_files.ts";
import { tinyNetwork } from "../plugins/classifiers/onnx/tiny_network.ts";
import { orthotope, readText, runCommandLine, withFolder, writeNetwork, writeText } from "./command_line.ts";

const ROOT = new URL("../../", import.meta.url);

/** Two networks, and two classes of two shapes each, as a user has them. */
async function writeSubjects(folder: string): Promise<string[]> {
  const networks = [await writeNetwork(folder), await writeText(`${folder}/other.onnx`, encodeModel(tinyNetwork({ classes: 4 })))];
  const corner = (x: number, y: number, z: number) => `v 0 0 0\nv ${x} 0 0\nv 0 ${y} 0\nv 0 0 ${z}\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n`;
  for (
    const [path, text] of [["low/flat.obj", corner(3, 1, 3)], ["low/long.obj", corner(4, 1, 1)], ["tall/thin.obj", corner(1, 4, 1)], [
      "tall/wide.obj",
      corner(2, 3, 2),
    ]]
  ) {
    await Deno.mkdir(new URL(`${folder}/meshes/${path.split("/")[0]}`, ROOT), { recursive: true });
    await writeText(`${folder}/meshes/${path}`, text);
  }
  return ["--networks", networks.join(","), "--meshes", `${folder}/meshes`, "--classes", "low=1,tall=2"];
}

const GROWTH = [
  "--method",
  "naive,oir_w",
  "--at",
  "40,20",
  "--at",
  "200,30",
  "--steps",
  "8",
  "--trace",
  "4",
  "--epsilon",
  "5",
  "--samples",
  "40",
  "--map",
  "60,50",
];

/** The same as a file beside its networks, with a filter. */
function fileOf(score: number): string {
  return `
networks: [./tiny.onnx, ./other.onnx]
meshes: meshes
classes: [{ name: low, label: "1" }, { name: tall, label: "2" }]
methods: [naive, oir_w]
points: [[40, 20], { azimuth: 200, elevation: 30 }]
options: { steps: 8, epsilon: 5 }
trace: 4
samples: 40
map: [60, 50]
filter: { network: other, score: ${score} }
`;
}

/** What a run folder holds besides its store: names, and SHA-256 of the contents. */
async function filesOf(folder: string): Promise<string[]> {
  const names = Array.from(Deno.readDirSync(new URL(folder, ROOT)), ({ name }) => name).filter((name) => !name.startsWith("study."));
  return await Promise.all(
    names.sort().map(async (name) => `${name} ${await sha256(await Deno.readFile(new URL(`${folder}/${name}`, ROOT)))}`),
  );
}

/** How many items a store holds; 0 while there is none, or its tables are being made. */
function itemsIn(folder: string): number {
  const path = new URL(`${folder}/study.sqlite`, ROOT);
  if (!existsSync(path)) return 0;
  const database = new DatabaseSync(path.pathname, { readOnly: true });
  try {
    const isMade = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'items'").get() !== undefined;
    return isMade ? Number(database.prepare("SELECT count(*) AS items FROM items").get()?.items) : 0;
  } finally {
    database.close();
  }
}

/** Waits until a store holds so many items; fails where the process has ended before. */
async function untilItems(folder: string, count: number, process: Deno.ChildProcess): Promise<void> {
  let ended = false;
  process.status.then(() => ended = true);
  while (itemsIn(folder) < count) {
    assert(!ended, `ended with ${itemsIn(folder)} items where ${count} were awaited`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

Deno.test("orthotope study", async (t) => {
  await withFolder(async (folder) => {
    const study = ["study", ...await writeSubjects(folder), ...GROWTH];
    let whole: string[] = [];
    let record: StudyRecord;

    await t.step("measures every network, class, shape, point and method", async () => {
      const { status, output, errors } = await runCommandLine(...study, "--workers", "1", "--out", `${folder}/whole`);
      assertEquals(status, 0, errors);
      assertStringIncludes(errors, "2 networks, 2 classes, 4 shapes, 2 initial points, naive, oir_w: 32 regions");
      // 16 growths of each method, 8 steps, four corners; the white box goes forward and backward.
      assertStringIncludes(errors, "at most 1,536 passes (1,024 forward, 512 backward)");
      assertStringIncludes(output, "order: ");
      whole = await filesOf(`${folder}/whole`);
      record = JSON.parse(await readText(`${folder}/whole/record.json`));
      assertEquals([record.complete, record.results.length], [true, 8]);
      assertEquals(record.classes.map(({ name, shapes }) => [name, ...shapes.map((shape) => shape.name)]), [["low", "flat", "long"], [
        "tall",
        "thin",
        "wide",
      ]]);
      assertEquals(record.networks.map(({ name, labels }) => [name, ...labels.map(({ index }) => index)]), [["tiny", 1, 2], [
        "other",
        1,
        2,
      ]]);
      for (const { scores, regions, network, class: of, shape } of record.results) {
        assertEquals([scores?.length, regions.length], [12, 4], `${network} ${of} ${shape}`);
        assertEquals(regions.map(({ method, initialPoint }) => [method, ...initialPoint]), [
          ["naive", 40, 20],
          ["oir_w", 40, 20],
          ["naive", 200, 30],
          ["oir_w", 200, 30],
        ]);
        for (const { trace, check } of regions) assert(trace.length === 4 && trace[0].step === 0 && check?.samples === 40);
      }
    });

    await t.step("gives the SRVR that its own regions have", () => {
      const ratios = (keep: (result: StudyRecord["results"][number], method: string) => boolean) => {
        const kept = record.results.flatMap((result) => result.regions.filter(({ method }) => keep(result, method)));
        return kept.reduce((sum, { volumeRatio }) => sum + volumeRatio, 0) / kept.length;
      };
      for (const { name, srvr, srvrLow, srvrHigh, byMethod, byClass } of record.networks) {
        const near = (value: number, expected: number) => assert(Math.abs(value - expected) < 1e-12, `${value} for ${expected}`);
        near(srvr, ratios(({ network }) => network === name));
        near(byMethod.naive.srvr, ratios(({ network }, method) => network === name && method === "naive"));
        near(
          byClass.tall.byMethod.oir_w.srvr,
          ratios((result, method) => result.network === name && result.class === "tall" && method === "oir_w"),
        );
        assert(srvrLow <= srvr && srvr <= srvrHigh);
      }
    });

    await t.step("killed again and again, and interrupted, goes on to the same bytes; refuses a second process meanwhile", async () => {
      const out = `${folder}/killed`;
      for (const items of [0, 2, 7, 11]) {
        const process = orthotope([...study, "--workers", "2", "--out", out]).spawn();
        const output = process.output();
        if (items === 0) await new Promise((resolve) => setTimeout(resolve, 400));
        else await untilItems(out, items, process);
        if (items === 2) {
          // It stands still, so that it cannot end before the other one has seen it.
          process.kill("SIGSTOP");
          const second = await runCommandLine(...study, "--out", out);
          assertEquals([second.status, second.output], [2, ""]);
          assertStringIncludes(second.errors, "Another process is at work");
          process.kill("SIGINT");
          process.kill("SIGCONT");
          const { code, stderr } = await output;
          assertEquals(code, 130, new TextDecoder().decode(stderr));
          const part: StudyRecord = JSON.parse(await readText(`${out}/record.json`));
          assertEquals(part.complete, false);
          assert(part.results.length > 0 && part.results.length < 8);
        } else {
          process.kill("SIGKILL");
          await output;
        }
        assert(itemsIn(out) >= items, "what was in the store stays");
      }
      const stored = itemsIn(out);
      await writeText(`${out}/record.json.99999999.tmp`, "half a rec");
      const { status, errors } = await runCommandLine(...study, "--workers", "2", "--out", out);
      assertEquals(status, 0, errors);
      assertStringIncludes(errors, `${stored} item${stored === 1 ? " is" : "s are"} there already`);
      assertEquals(await filesOf(out), whole);
    });

    await t.step("split into shards and merged, gives the same bytes", async () => {
      for (const part of ["1", "2"]) {
        const { status, errors } = await runCommandLine(...study, "--shard", `${part}/2`, "--out", `${folder}/part${part}`);
        assertEquals(status, 0, errors);
        assertEquals((JSON.parse(await readText(`${folder}/part${part}/record.json`)) as StudyRecord).complete, false);
        assertEquals(itemsIn(`${folder}/part${part}`), 8);
      }
      const from = ["--from", `${folder}/part1`, "--from", `${folder}/part2`];
      const { status, errors } = await runCommandLine("study", "merge", ...from, "--out", `${folder}/merged`);
      assertEquals(status, 0, errors);
      assertEquals(await filesOf(`${folder}/merged`), whole);
    });

    await t.step("merged from folders that are no parts, leaves nothing behind", async () => {
      await Deno.mkdir(new URL(`${folder}/empty`, ROOT));
      const cases: [from: string[], says: string][] = [
        [[], "give --from"],
        [["--from", `${folder}/nowhere`], "must be that of a study"],
        [["--from", `${folder}/part1`, "--from", `${folder}/empty`], "must be that of a study"],
      ];
      for (const [from, says] of cases) {
        const { status, errors } = await runCommandLine("study", "merge", ...from, "--out", `${folder}/wrong`);
        assertEquals([status, errors.trim().split("\n").length], [2, 1], errors);
        assertStringIncludes(errors, says);
        assert(!existsSync(new URL(`${folder}/wrong`, ROOT)));
      }
    });

    await t.step(
      "reads the same from a file, and makes it larger in the same folder: leaves out shapes that a network does not know",
      async () => {
        const scores = record.results.filter(({ network }) => network === "other").map(({ meanScore }) => meanScore!);
        const limit = scores.toSorted((left, right) => left - right)[1] + 1e-9;
        const file = await writeText(`${folder}/study.yaml`, fileOf(limit));
        const { status, errors } = await runCommandLine("study", "--file", file, "--out", `${folder}/whole`);
        assertEquals(status, 0, errors);
        assertStringIncludes(errors, "16 items are there already");
        const filtered: StudyRecord = JSON.parse(await readText(`${folder}/whole/record.json`));
        assertEquals(filtered.complete, true);
        assertEquals(filtered.classes.flatMap(({ shapes }) => shapes.map(({ kept }) => kept)), scores.map((score) => score >= limit));
        assertEquals(filtered.results.reduce((sum, { regions }) => sum + regions.length, 0), 16);
        assertEquals(filtered.results.filter(({ scores }) => scores !== null).length, 8);
      },
    );
  });
});

Deno.test("orthotope study --bad asks it of methods that have it, and of what holds; without it, any share may be bad", () =>
  withFolder(async (folder) => {
    // Every point of the small networks scores less than the floor: mean and variance are met, and all is bad.
    const demands = ["--mean", "0", "--variance", "0.25", "--floor", "0.999", "--samples", "40", "--map", "0", "--shapes", "1"];
    const grow = ["--method", "slab,naive", "--steps", "2", "--epsilon", "5", "--at", "40,20"];
    const study = ["study", ...await writeSubjects(folder), ...demands, ...grow, "--json", "--quiet", "--out", `${folder}/out`];
    for (const bad of [undefined, 0.5]) {
      const { status, output, errors } = await runCommandLine(...study, ...(bad === undefined ? [] : ["--bad", String(bad)]));
      assertEquals(status, 0, errors);
      const { methods, check, networks: [{ byMethod: { naive } }] }: StudyRecord = JSON.parse(output);
      assertEquals([methods[0].options.bad, check.thresholds.badShare], [bad ?? DEFAULTS.badShare, bad]);
      assertEquals([naive.badShare, naive.holds], [1, bad === undefined ? 1 : 0]);
    }
  }));

Deno.test("orthotope bias averages maps and finds what the networks share", () =>
  withFolder(async (folder) => {
    const bias = [
      "bias",
      ...await writeSubjects(folder),
      "--map",
      "30,20",
      "--method",
      "naive",
      "--steps",
      "50",
      "--epsilon",
      "5",
      "--floor",
      "0.3",
    ];
    const { status, output, errors } = await runCommandLine(...bias, "--out", `${folder}/out`);
    assertEquals(status, 0, errors);
    assertStringIncludes(output, "low");
    const record: BiasRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assertEquals([record.complete, record.shape, record.classes.length], [true, [12, 5], 2]);
    for (const { mean, networks, regions } of record.classes) {
      mean.forEach((score, i) => assert(Math.abs(score - (networks[0].scores[i] + networks[1].scores[i]) / 2) < 1e-12));
      assert(networks.every(({ explained }) => explained >= 0 && explained <= 1));
      for (const { target, networkMeans, check } of regions) {
        assertEquals([target, networkMeans.length], ["adversarial", 2]);
        assert(Math.abs((networkMeans[0] + networkMeans[1]) / 2 - (1 - check!.mean)) < 1e-12);
      }
    }
    assert(record.classes.some(({ regions }) => regions.length > 0));
    const again = await runCommandLine(...bias, "--out", `${folder}/out`);
    assertStringIncludes(again.errors, "8 are there already");
    assertEquals(JSON.parse(await readText(`${folder}/out/record.json`)), record);
  }));
