import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { InputError, PluginFailure } from "../../../core/errors.ts";
import { DEFAULT_SCENE } from "../../../core/scene.ts";
import { applyOnce, parameterSource, SHORT, withPlugins } from "./plugin_folder.ts";

const GOOD = { "good.ts": parameterSource({ name: "good", apply: "({ ...scene, camera: { ...scene.camera, roll: value } })" }) };

/** What a plugin does when it is called, and what is said of it. `before` stands before the plugin in its source. */
interface Broken {
  readonly apply: string;
  readonly before?: string;
  readonly says: RegExp;
}

const BROKEN: Readonly<Record<string, Broken>> = {
  "loops without end": { apply: "{ for (;;); }", says: /took longer than 1 s over apply\(\) and was ended/ },
  "throws": {
    apply: '{ throw new TypeError("no value\\u001b[31m fits\\n second line"); }',
    says: /threw in apply\(\): TypeError: no value fits$/,
  },
  "throws nothing": { apply: "{ throw null; }", says: /threw in apply\(\): null/ },
  "throws where nobody catches": {
    apply: '{ setTimeout(() => { throw new Error("late"); }, 50); return scene; }',
    says: /threw where nobody catches: .*late/,
  },
  "rejects where nobody catches": {
    before: 'addEventListener("x", () => {}); setTimeout(() => Promise.reject(new Error("late")), 50);',
    apply: "{ for (const end = Date.now() + 400; Date.now() < end;); return scene; }",
    says: /threw where nobody catches: .*late/,
  },
  "exits": { apply: "{ Deno.exit(3); }", says: /ended itself/ },
  "exits by node:process": { before: 'import process from "node:process";', apply: "{ process.exit(3); }", says: /ended itself/ },
  "closes its worker": { apply: "{ self.close(); for (;;); }", says: /ended itself/ },
  "kills itself": { apply: '{ Deno.kill(Deno.pid, "SIGKILL"); for (;;); }', says: /ended itself by SIGKILL/ },
  "asks for a worker with permissions": {
    apply: "{ new Worker('data:text/javascript,', { type: 'module', deno: { permissions: { read: true } } }); for (;;); }",
    says: /ended itself with status 70/,
  },
  "writes into the scene that it is given": {
    apply: "{ scene.background[0] = value; return scene; }",
    says: /threw in apply\(\): TypeError: Cannot assign to read only property '0'/,
  },
  "gives NaN": { apply: "({ ...scene, camera: { ...scene.camera, roll: NaN } })", says: /its camera\.roll is NaN$/ },
  "gives infinity": { apply: "({ ...scene, camera: { ...scene.camera, roll: -Infinity } })", says: /its camera\.roll is -Infinity$/ },
  "gives text for a number": {
    apply: '({ ...scene, camera: { ...scene.camera, roll: "left" } })',
    says: /its camera\.roll is of type string$/,
  },
  "gives no scene": { apply: "({})", says: /gave a wrong answer to apply\(\): a scene must be given, .*: its camera is undefined$/ },
  "gives nothing": { apply: "undefined", says: /gave a wrong answer to apply\(\): a scene must be given, .*: it is undefined$/ },
  "gives a promise": { apply: "Promise.resolve(scene)", says: /a scene must be given, .*: its camera is undefined$/ },
  "gives a part of a scene": { apply: "({ ...scene, post: { blur: value } })", says: /its post\.contrast is undefined$/ },
  "gives a blur that would keep a renderer busy": {
    apply: "({ ...scene, post: { ...scene.post, blur: 1e5 } })",
    says: /sensible numbers: post\.blur is 100000/,
  },
  "answers by itself with rows that are too short": {
    before: intercepted("result = new Float64Array(3)"),
    apply: "scene",
    says: /scenes must be 25 numbers: there are 3/,
  },
  "answers by itself with something else": {
    before: intercepted('result = "rows"'),
    apply: "scene",
    says: /scenes must be a Float64Array/,
  },
  "answers by itself with an array that reaches beyond its message": {
    before: intercepted("forged = { $: 'Float64Array', offset: 1e9, length: 25 }"),
    apply: "scene",
    says: /gave a wrong answer to apply\(\)/,
  },
  "answers by itself with a key that is no plain one": {
    before: intercepted('forged = JSON.parse(\'{ "__proto__": { "polluted": 1 } }\')'),
    apply: "scene",
    says: /__proto__/,
  },
  "answers at too great length": {
    before: intercepted("result = new Float64Array(1e6)"),
    apply: "scene",
    says: /a message of \d+ bytes where at most \d+/,
  },
  "floods its messages": {
    apply: '{ for (;;) self.postMessage("x".repeat(1e5)); }',
    says: /sent messages that nobody asked for|took longer|memory/,
  },
  "floods standard output": {
    apply: "{ const bytes = new Uint8Array(65536).fill(120); for (;;) Deno.stdout.writeSync(bytes); }",
    says: /a message of 2021161080 bytes/,
  },
  "floods standard error": { apply: '{ for (;;) console.log("x".repeat(1e4)); }', says: /flooded its standard error/ },
  "fills the heap": {
    apply: "{ const all = []; for (;;) all.push(new Array(1e5).fill(value)); }",
    says: /used more than its share of 512 MiB|512 MiB of memory/,
  },
  "fills memory beside the heap": {
    apply: "{ const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1)); }",
    says: /used more than 512 MiB of memory/,
  },
  "fills memory in workers of its own": {
    apply: `{ for (let i = 0; i < 3; i++) {
      new Worker("data:text/javascript,const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1));", { type: "module" });
    } for (;;); }`,
    says: /used more than 512 MiB of memory/,
  },
};

/** Source that puts a plugin between the harness and the host: it sees every port's messages and answers as it likes. */
function intercepted(change: string): string {
  return `
const post = MessagePort.prototype.postMessage;
let armed = false;
setTimeout(() => armed = true);
MessagePort.prototype.postMessage = function (bytes, transfer) {
  if (!armed) return post.call(this, bytes, transfer);
  let result, forged;
  ${change};
  const body = result instanceof Float64Array ? { result: { $: "Float64Array", offset: 0, length: result.length } } : { result: forged ?? result };
  const text = new TextEncoder().encode(JSON.stringify(body));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const message = new Uint8Array(start + (result?.byteLength ?? 0));
  new DataView(message.buffer).setUint32(0, text.length, true);
  message.set(text, 4);
  post.call(this, message, [message.buffer]);
};`;
}

Deno.test("a plugin that breaks the rules is ended and named, and the others go on", (test) =>
  withPlugins(GOOD, async ({ plugins: [good] }) => {
    for (const [what, { apply, before, says }] of Object.entries(BROKEN)) {
      await test.step(`one that ${what}`, () =>
        withPlugins(
          { "broken.ts": parameterSource({ name: "broken", apply, before }) },
          async ({ plugins: [broken] }, folder) => {
            if (what.includes("nobody catches")) {
              await applyOnce(broken).then(() => new Promise((resolve) => setTimeout(resolve, 150)), () => {});
            }
            const failure = await assertRejects(() => applyOnce(broken), PluginFailure);
            assertMatch(failure.message, says);
            assert(failure.message.startsWith(`Plugin "${folder}/broken.ts" `));
            // deno-lint-ignore no-control-regex
            assert(!/[\u0000-\u001f]|\.$/.test(failure.message), failure.message);
            assertEquals(await assertRejects(() => applyOnce(broken)), failure, "it is not started again");
            assertEquals((await applyOnce(good, 0.5))[0].camera.roll, 0.5);
            assertEquals(({} as Record<string, unknown>).polluted, undefined);
          },
          { limits: { ...SHORT, seconds: what.includes("loops") ? 1 : SHORT.seconds } },
        ));
    }
  }));

/** Modules that cannot be loaded, and what is said of them. */
const UNLOADABLE: Readonly<Record<string, readonly [source: string, says: RegExp]>> = {
  "is not TypeScript": ["export default {", /threw in load\(\): SyntaxError: (?!SyntaxError)/],
  "throws while it is loaded": ['throw new Error("not today")', /threw in load\(\): Error: not today/],
  "loops while it is loaded": ["for (;;);", /took longer than 2 s over load\(\)/],
  "exits while it is loaded": ["Deno.exit(0)", /ended itself/],
  "imports a file": [
    'import "../../../core/scene.ts"; export default {}',
    /threw in load\(\): .*relative URL.*: its file must be all of it, it may import types/,
  ],
  "imports a file by its full name": [
    `import ${JSON.stringify(import.meta.url)}; export default {}`,
    /threw in load\(\): .*Requires read access/,
  ],
  "imports a package": ['import "npm:zod"; export default {}', /threw in load\(\): .*npm.*: its file must be all of it/],
  "imports this program": [
    'import { DEFAULT_SCENE } from "@orthotope/orthotope"; export default DEFAULT_SCENE',
    /threw in load\(\): .*"@orthotope\/orthotope".*: its file must be all of it/,
  ],
  "exports nothing": ["export const a = 1", /must export a plugin, or a list of them, by default$/],
  "exports text": ['export default "fog"', /must export a plugin, or a list of them, by default$/],
  "exports an empty list": ["export default []", /must export a plugin/],
  "has no version": [parameterSource({ fields: "version: undefined" }), /is wrong: version/],
  "has a bad name": [parameterSource({ name: "../fog" }), /is wrong: name: must be lower-case/],
  "has a name of two lines": [parameterSource({ name: "a\\nb" }), /is wrong: name/],
  "has a range upside down": [parameterSource({ fields: "low: 3" }), /range must run from a lower/],
  "has a range without end": [parameterSource({ fields: "high: Infinity" }), /is wrong: high/],
  "asks for programs": [parameterSource({ fields: 'permissions: ["run:ls"]' }), /is wrong: permissions.0: must be net:HOST/],
  "has options that nobody hears of": [
    parameterSource({ fields: 'options: { density: { description: "of fog", default: 1, low: 0, high: 2 } }' }),
    /must have a function configure\(\)/,
  ],
  "lies about its kind": [
    parameterSource({ fields: 'kind: "method", whiteBox: false' }),
    /must have the function grow\(\) of a method: it has apply\(\)/,
  ],
  "is of two kinds": [parameterSource({ fields: "load: () => {}" }), /must have the function apply\(\) of a parameter: it has load\(\)/],
  "is of a kind that is none": [
    parameterSource({ fields: 'kind: "virus"' }),
    /is wrong: kind: must be one of parameter, method, renderer, classifier, reporter$/,
  ],
};

Deno.test("a plugin that cannot be loaded, or whose manifest is wrong, is refused in one line that names it", async (test) => {
  for (const [what, [source, says]] of Object.entries(UNLOADABLE)) {
    await test.step(`one that ${what}`, async () => {
      const limits = { ...SHORT, startSeconds: what.includes("loops") ? 2 : SHORT.startSeconds };
      const error = await assertRejects(() => withPlugins({ "odd.ts": source }, () => Promise.resolve(), { limits }), InputError);
      assertMatch(error.message, says);
      assertMatch(error.message, /odd/);
      assertEquals(error.message.split("\n").length, 1);
    });
  }
});

Deno.test("prototypes that a plugin patches, before and after its start, are its own", async () => {
  const patch = `
for (const name of ["map", "forEach", "push", Symbol.iterator]) Array.prototype[name] = () => { throw new Error("patched"); };
for (const name of ["parse", "stringify"]) JSON[name] = () => "patched";
Object.defineProperty(Object.prototype, "then", { get() { throw new Error("patched"); } });
Float64Array.prototype.set = Promise.prototype.then = Function.prototype.call = () => "patched";
`;
  const before = [Array.prototype.map, JSON.parse, Promise.prototype.then, Float64Array.prototype.set, Function.prototype.call];
  await withPlugins(
    { "late.ts": parameterSource({ name: "late", apply: `{ ${patch}; return scene; }` }), ...GOOD },
    async ({ plugins: [late, good] }) => {
      // Whether it can still answer is its own affair.
      const outcome = await applyOnce(late).then((scenes) => scenes, (error) => error);
      assert(Array.isArray(outcome) || outcome instanceof PluginFailure);
      assertEquals((await applyOnce(good))[0].camera.roll, 0.5);
    },
    { limits: { ...SHORT, seconds: 1 } },
  );
  await assertRejects(
    () =>
      withPlugins({ "early.ts": parameterSource({ before: patch }) }, () => Promise.resolve(), { limits: { ...SHORT, startSeconds: 2 } }),
    InputError,
  );
  assertEquals([Array.prototype.map, JSON.parse, Promise.prototype.then, Float64Array.prototype.set, Function.prototype.call], before);
  assertEquals("then" in {}, false);
});

Deno.test("what a plugin changes after it has answered stays with it", () =>
  withPlugins({
    "keeper.ts": parameterSource({
      name: "keeper",
      before: `
const kept = [];
const { set } = Float64Array.prototype;
setInterval(() => kept.forEach((row) => row.fill?.(NaN)), 1);
const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (bytes, transfer) { kept.push(bytes); postMessage.call(this, bytes); };`,
      apply: "(kept.push(scene), { ...scene, camera: { ...scene.camera, roll: value } })",
    }),
  }, async ({ plugins: [keeper] }) => {
    const scenes = await applyOnce(keeper, 0.25);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assertEquals(scenes[0].camera, { ...DEFAULT_SCENE.camera, roll: 0.25 });
  }));
