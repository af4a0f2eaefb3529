import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import { mergeStores } from "../../../workers/study/merge_stores.ts";
import { writePlan } from "../../../workers/study/plan_schema.ts";
import { StudyStore } from "../../../workers/study/store.ts";
import { withFolder } from "../../commands/command_line.ts";
import { BIAS, STUDY } from "./plans.ts";

Deno.test("StudyStore keeps contents and the plan, also for the next who opens it", () =>
  withFolder((folder) => {
    {
      using store = StudyStore.open(folder);
      assertEquals([store.has("a"), store.get("a"), store.plan], [false, undefined, undefined]);
      store.put("a", "first");
      store.put("a", "second");
      store.put("b", "other");
      store.plan = "old";
      store.plan = "new";
    }
    using store = StudyStore.open(folder);
    assertEquals([store.has("a"), store.get("a"), store.plan], [true, "first", "new"]);
    assertEquals([...store.items()], [{ key: "a", content: "first" }, { key: "b", content: "other" }]);
    return Promise.resolve();
  }));

Deno.test("StudyStore.open() refuses a folder where somebody is at work; reading goes on", () =>
  withFolder((folder) => {
    {
      using store = StudyStore.open(folder);
      store.put("a", "first");
      assertThrows(() => StudyStore.open(folder), InputError, "Another process is at work");
      using reader = StudyStore.read(folder);
      assertEquals(reader.get("a"), "first");
    }
    StudyStore.open(folder)[Symbol.dispose]();
    return Promise.resolve();
  }));

Deno.test("StudyStore says what is wrong with a folder or a file", () =>
  withFolder(async (folder) => {
    assertThrows(() => StudyStore.read(folder), InputError, "must be that of a study");
    await Deno.writeTextFile(`${folder}/study.sqlite`, "this is no database, but a text that is long enough to look like one\n".repeat(20));
    assertThrows(() => StudyStore.open(folder), InputError, "file is not a database");
    // Nothing stays locked.
    assertThrows(() => StudyStore.open(folder), InputError, "file is not a database");
  }));

Deno.test("mergeStores() joins parts, keeps what came first, and refuses parts of different studies", () =>
  withFolder(async (folder) => {
    for (const [name, plan, items] of [["one", STUDY, ["a", "b"]], ["two", STUDY, ["b", "c"]], ["other", BIAS, []]] as const) {
      await Deno.mkdir(`${folder}/${name}`);
      using store = StudyStore.open(`${folder}/${name}`);
      store.plan = writePlan(plan);
      for (const item of items) store.put(item, `${item} of ${name}`);
    }
    await Deno.mkdir(`${folder}/all`);
    using all = StudyStore.open(`${folder}/all`);
    assertEquals(mergeStores([`${folder}/one`, `${folder}/two`], all), STUDY);
    assertEquals([...all.items()].map(({ content }) => content), ["a of one", "b of one", "c of two"]);
    assertThrows(() => mergeStores([`${folder}/one`, `${folder}/other`], all), InputError, "their plans differ");
    assertThrows(() => mergeStores([], all), InputError, "give --from");
    {
      using store = StudyStore.open(`${folder}/two`);
      store.plan = JSON.stringify({ ...STUDY, points: "none" });
    }
    assertThrows(() => mergeStores([`${folder}/two`], all), InputError, "points of its plan");
    {
      using store = StudyStore.open(`${folder}/two`);
      store.plan = '{ "points"';
    }
    assertThrows(() => mergeStores([`${folder}/two`], all), InputError, `The store of "${folder}/two" is damaged: its plan must be JSON: `);
  }));
