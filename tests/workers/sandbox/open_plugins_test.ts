import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { InputError, PluginFailure } from "../../../core/errors.ts";
import { DEFAULT_SCENE } from "../../../core/scene.ts";
import type { SemanticParameter } from "../../../core/semantic_parameter.ts";
import { sha256 } from "../../../workers/input_files.ts";
import { openPlugins, type OpenPluginsOptions } from "../../../workers/sandbox/open_plugins.ts";
import { parseGrants } from "../../../workers/sandbox/permissions.ts";
import { withFolder, writeText } from "../../commands/command_line.ts";
import { applyOnce, parameterSource, reportText, SHORT, withPlugins } from "./plugin_folder.ts";

/** A reporter that reads files and says what it got. */
const READER = `export default {
  kind: "reporter",
  name: "reader",
  version: "1.0.0",
  description: "reads files",
  permissions: ["read:data"],
  async report({ paths }) {
    const texts = await Promise.all(paths.map((path) => Deno.readTextFile(path).catch(String)));
    return [{ name: "texts.json", bytes: new TextEncoder().encode(JSON.stringify(texts)) }];
  },
};`;

/** A folder with a plugin that reads, its data, and a secret beside it. */
async function withReader(use: (folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/reader/data`, { recursive: true });
    await writeText(`${folder}/reader/plugin.ts`, READER);
    await writeText(`${folder}/reader/data/own.txt`, "own");
    await writeText(`${folder}/secret.txt`, "secret");
    await use(folder);
  });
}

/** Makes a symbolic link, which tests themselves may not: it takes permission to write anywhere. */
async function link(target: string, path: string): Promise<void> {
  const code = `Deno.symlinkSync(${JSON.stringify(target)}, ${JSON.stringify(path)})`;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: ["eval", "--no-config", code] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function open(origin: string, options: OpenPluginsOptions = {}) {
  return openPlugins([{ origin, trusted: false }], { limits: SHORT, ...options });
}

const GRANTED = { grants: parseGrants(["reader=read:data"]) };

Deno.test("openPlugins() gives a plugin the folder that was granted, and nothing beside it", () =>
  withReader(async (folder) => {
    await using opened = await open(`${folder}/reader`, GRANTED);
    const [own, beside, above, itself] = JSON.parse(
      await reportText(opened.plugins[0], { paths: ["data/own.txt", "../secret.txt", "data/../../secret.txt", "plugin.ts"] }),
    );
    assertEquals(own, "own");
    for (const text of [beside, above, itself]) assertMatch(text, /NotCapable: Requires read access/);
    assertEquals(opened.uses, [{
      kind: "reporter",
      name: "reader",
      version: "1.0.0",
      origin: `${folder}/reader`,
      sha256: await sha256(new TextEncoder().encode(READER)),
      isolation: "process",
      permissions: ["read:data"],
      options: {},
    }]);
  }));

Deno.test("openPlugins() refuses a permission that was not granted, and says how to grant it", () =>
  withReader(async (folder) => {
    const refused = await assertRejects(() => open(`${folder}/reader`), InputError);
    assertEquals(refused.message, 'Plugin "reader" needs read:data: allow it with --grant reader=read:data');
    const questions: string[] = [];
    const ask = (answer: boolean) => (question: string) => {
      questions.push(question);
      return answer;
    };
    await assertRejects(() => open(`${folder}/reader`, { ask: ask(false) }), InputError, "needs read:data");
    await using opened = await open(`${folder}/reader`, { ask: ask(true) });
    assertEquals(opened.uses[0].permissions, ["read:data"]);
    assertEquals(questions.length, 2, "each was asked once");
    assertEquals(questions[1], `Plugin "reader" of "${folder}/reader" asks for read:data. Allow it for this run?`);
  }));

Deno.test("openPlugins() refuses grants that no manifest asks for, and grants and options for nobody", () =>
  withReader(async (folder) => {
    const attempt = (options: OpenPluginsOptions) => assertRejects(() => open(`${folder}/reader`, options), InputError);
    const more = await attempt({ grants: parseGrants(["reader=read:data,net:example.org"]) });
    assertEquals(
      more.message,
      '--grant gives plugin "reader" net:example.org, which its manifest does not ask for: it asks for read:data',
    );
    assertMatch((await attempt({ grants: parseGrants(["reader=read:data", "raeder=read:data"]) })).message, /did you mean "reader"/);
    assertMatch((await attempt({ ...GRANTED, options: new Map([["writer", { a: 1 }]]) })).message, /Unknown plugin of --option "writer"/);
    assertMatch(
      (await attempt({ ...GRANTED, options: new Map([["reader", { a: 1 }]]) })).message,
      /Plugin "reader" has no option "a": it has none$/,
    );
    const nobody = { options: new Map([["naive", { eta: 1 }]]) };
    const { message } = await assertRejects(() => openPlugins([], nobody), InputError);
    assertMatch(message, /^--option names "naive", and there is no plugin from outside: load it with --plugin/);
  }));

Deno.test("openPlugins() refuses a broken value of an option that must be whole, and a manifest whose default is broken", async () => {
  const source = (steps: number) =>
    parameterSource({
      name: "stepped",
      fields: `configure() {}, options: { steps: { description: "steps", default: ${steps}, low: 0, high: 9, integer: true } },`,
    });
  const withSteps = (steps: number) => ({ options: new Map([["stepped", { steps }]]) });
  await withPlugins({ "a.ts": source(2) }, ({ uses }) => Promise.resolve(assertEquals(uses[0].options, { steps: 3 })), withSteps(3));
  const refused = await assertRejects(() => withPlugins({ "a.ts": source(2) }, () => Promise.resolve(), withSteps(1.5)), InputError);
  assertEquals(refused.message, 'Option "steps" of plugin "stepped" must be a whole number: current value is 1.5');
  const wrong = await assertRejects(() => withPlugins({ "a.ts": source(2.5) }, () => Promise.resolve()), InputError);
  assertMatch(wrong.message, /options\.steps: its default must be a whole number/);
});

Deno.test("parseGrants() refuses programs, native code and what is no permission", () => {
  for (const text of ["a=run:ls", "a=ffi:x.so", "a=run"]) assertThrowsMessage(() => parseGrants([text]), /end the sandbox/);
  for (const text of ["a", "a=", "a=net", "a=net:", "a=disk:x", "a=net:a b", "=net"]) {
    assertThrowsMessage(() => parseGrants([text]), /must be written/);
  }
  assertEquals(parseGrants(["a=net:x:80,env:Y", "a=sys:hostname"]).get("a"), new Set(["net:x:80", "env:Y", "sys:hostname"]));
});

function assertThrowsMessage(run: () => unknown, says: RegExp): void {
  assertMatch(assertThrows(run, InputError).message, says);
}

Deno.test("openPlugins() refuses folders and plugins that lead elsewhere by a symbolic link", () =>
  withReader(async (folder) => {
    const attempt = (origin = `${folder}/reader`) => assertRejects(() => open(origin, GRANTED), InputError);
    await link("../../secret.txt", `${folder}/reader/data/link.txt`);
    assertMatch((await attempt()).message, /must not lead elsewhere: .*link\.txt" is a link to .*secret\.txt/);
    await Deno.remove(`${folder}/reader/data/link.txt`);
    await Deno.mkdir(`${folder}/reader/data/deep`);
    await link("/etc", `${folder}/reader/data/deep/link`);
    assertMatch((await attempt()).message, /must not lead elsewhere/);
    await Deno.remove(`${folder}/reader/data`, { recursive: true });
    await link("/etc", `${folder}/reader/data`);
    assertMatch((await attempt()).message, /must stay in the plugin's folder: it is a link to "\/etc"/);
    await Deno.remove(`${folder}/reader/data`);
    assertMatch((await attempt()).message, /must name an existing file or folder/);
    await Deno.mkdir(`${folder}/other`);
    await link("../reader/plugin.ts", `${folder}/other/plugin.ts`);
    assertMatch((await attempt(`${folder}/other`)).message, /its plugin\.ts is a link to/);
  }));

Deno.test("openPlugins() refuses to grant a path that Deno would read as two", () =>
  withReader(async (folder) => {
    await Deno.mkdir(`${folder}/a,`);
    await Deno.rename(`${folder}/reader`, `${folder}/a,/reader`);
    assertMatch((await assertRejects(() => open(`${folder}/a,/reader`, GRANTED), InputError)).message, /path without commas/);
  }));

Deno.test("openPlugins() allows links that stay within what was granted", () =>
  withReader(async (folder) => {
    await link("own.txt", `${folder}/reader/data/link.txt`);
    await using opened = await open(`${folder}/reader`, GRANTED);
    assertEquals(JSON.parse(await reportText(opened.plugins[0], { paths: ["data/link.txt"] })), ["own"]);
  }));

Deno.test("openPlugins() refuses a plugin whose manifest is another once it has its permissions", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    const source = parameterSource({
      name: '" + (await Deno.stat("data").then(() => "azimuth", () => "honest")) + "',
      fields: 'permissions: ["read:data"]',
    });
    const path = await writeText(`${folder}/liar.ts`, source);
    const grants = parseGrants(["honest=read:data"]);
    await using opened = await open(path, { grants });
    assertEquals(opened.uses[0].name, "honest");
    const error = await assertRejects(() => applyOnce(opened.plugins[0]), InputError);
    assertMatch(error.message, /must say the same of itself each time that it is loaded/);
  }));

Deno.test("openPlugins() gives options to a plugin, in its process and in this one", async () => {
  const source = parameterSource({
    name: "twist",
    before: "let factor;",
    apply: "({ ...scene, camera: { ...scene.camera, roll: factor * value } })",
    fields: `options: { factor: { description: "degrees a unit", default: 2, low: 0, high: 100 } },
    configure: (options) => { factor = options.factor; },`,
  });
  const chosen = { options: new Map([["twist", { factor: 90 }]]) };
  for (const [options, factor] of [[{}, 2], [chosen, 90]] as const) {
    await withPlugins({ "twist.ts": source }, async ({ plugins, uses }) => {
      assertEquals((await applyOnce(plugins[0], 0.5))[0].camera.roll, factor / 2);
      assertEquals(uses[0].options, { factor });
    }, options);
    await withPlugins({ "twist.ts": source }, ({ plugins: [twist], uses }) => {
      assertEquals(uses[0].isolation, "trusted");
      assertEquals((twist as SemanticParameter).apply(DEFAULT_SCENE, 0.5).camera.roll, factor / 2);
      return Promise.resolve();
    }, { ...options, trusted: true });
  }
  const high = { options: new Map([["twist", { factor: 101 }]]) };
  await assertRejects(() => withPlugins({ "twist.ts": source }, () => Promise.resolve(), high), InputError, "must be in [0, 100]");
});

Deno.test("a trusted plugin's manifest is looked at like any other's", async () => {
  for (const source of ["export default 3", parameterSource({ fields: 'kind: "method", whiteBox: false' }), "export default {"]) {
    await assertRejects(() => withPlugins({ "odd.ts": source }, () => Promise.resolve(), { trusted: true }), InputError, "odd");
  }
});

Deno.test("a module may hold several plugins, of several kinds", () =>
  withPlugins({
    "many.ts": `
const common = { version: "2.1.0", description: "one of many" };
export default [
  { ...common, kind: "parameter", name: "up", unit: "unit", low: 0, high: 1, default: 0, apply: (scene, value) => ({ ...scene, object: { ...scene.object, shift: [0, value, 0] } }) },
  { ...common, kind: "parameter", name: "right", unit: "unit", low: 0, high: 1, default: 0, apply: (scene, value) => ({ ...scene, object: { ...scene.object, shift: [value, 0, 0] } }) },
  { ...common, kind: "reporter", name: "none", report: () => Promise.resolve([]) },
];`,
  }, async ({ plugins, uses }) => {
    assertEquals(uses.map(({ kind, name }) => [kind, name]), [["parameter", "up"], ["parameter", "right"], ["reporter", "none"]]);
    assertEquals((await applyOnce(plugins[1]))[0].object.shift, [0.5, 0, 0]);
    assertEquals((await applyOnce(plugins[0]))[0].object.shift, [0, 0.5, 0]);
  }));

Deno.test("a closed plugin says that it is closed", () =>
  withFolder(async (folder) => {
    const opened = await open(await writeText(`${folder}/odd.ts`, parameterSource()));
    await opened[Symbol.asyncDispose]();
    await assertRejects(() => applyOnce(opened.plugins[0]), PluginFailure, "is closed");
  }));

Deno.test("openPlugins() names what is no plugin's file", async () => {
  await assertRejects(() => open("no/such.ts"), InputError, 'Cannot find the plugin "no/such.ts"');
  await assertRejects(() => open("README.md"), InputError, "must be a TypeScript or JavaScript file, or a folder with a plugin.ts");
  await assertRejects(() => open("docs"), InputError, "docs/plugin.ts");
});
