import { assert, assertEquals } from "@std/assert";
import { describeOptions, type OptionTable } from "../../commands/options.ts";

const FOLDER = new URL("../../commands/", import.meta.url);

/** Option tables of the commands, by the names of their modules. */
async function commands(folder = FOLDER): Promise<[string, OptionTable][]> {
  const found: [string, OptionTable][] = [];
  for (const entry of Deno.readDirSync(folder)) {
    if (entry.isDirectory) found.push(...await commands(new URL(`${entry.name}/`, folder)));
    else {
      const { options, run } = await import(new URL(entry.name, folder).href);
      if (typeof run === "function") found.push([entry.name, options]);
    }
  }
  return found;
}

const tables = await commands();

Deno.test("every command names --help, and its defaults as every other does", () => {
  assert(tables.length > 10);
  for (const [name, table] of tables) {
    assert(Object.hasOwn(table, "help"), name);
    assertEquals(describeOptions(table).match(/\(\d+\)/g), null, `${name}: a default is written "(default 1)"`);
  }
});

Deno.test("README.md: the commands that it names take the options that it names", async () => {
  const readme = await Deno.readTextFile(new URL("../README.md", FOLDER));
  const [, subjects, list] = /^(`grow`, [^;]*?)\stake\s([^;]*);/m.exec(readme)!;
  const words = (text: string) => [...text.matchAll(/`(?:--)?([a-z]+)`/g)].map(([, word]) => word);
  assert(words(subjects).length >= 4 && words(list).length >= 6);
  for (const command of words(subjects)) {
    const [, table] = tables.find(([name]) => name === `${command}.ts`)!;
    for (const option of words(list)) assert(Object.hasOwn(table, option), `${command} --${option}`);
  }
});
