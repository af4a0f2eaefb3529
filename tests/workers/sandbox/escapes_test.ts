import { assert, assertEquals, assertMatch } from "@std/assert";
import { reportText, withPlugins } from "./plugin_folder.ts";

/** What a plugin tries, and how it is refused. `root` is the project's folder, `folder` the plugin's own. */
const ATTEMPTS: Readonly<Record<string, readonly [code: string, refusal: RegExp]>> = {
  "reading a file outside": ["Deno.readTextFile(root + 'deno.json')", /Requires read access/],
  "reading its own folder": ["Deno.readTextFile('plugin.ts')", /Requires read access/],
  "listing a folder": ["Array.fromAsync(Deno.readDir('/'))", /Requires read access/],
  "reading by node:fs": ["import('node:fs').then((fs) => fs.readFileSync(root + 'deno.json'))", /Requires read access/],
  "reading its parent's environment": ["Deno.readTextFile(`/proc/${Deno.ppid}/environ`)", /Requires (read|all) access/],
  "writing a file": ["Deno.writeTextFile('written', 'x')", /Requires write access/],
  "writing by a temporary file": ["Deno.makeTempFile()", /Requires write access/],
  "writing to a data base": ["import('node:sqlite').then(({ DatabaseSync }) => new DatabaseSync('written.db'))", /Requires read access/],
  "writing to the cache of responses": ["caches.open('x')", /Failed to create cache storage/],
  "making a symbolic link": ["Deno.symlink('/etc', 'link')", /requires unscoped/],
  "the network by fetch": ["fetch('http://127.0.0.1:8080/')", /Requires net access/],
  "the network by a socket": ["Deno.connect({ port: 9 })", /Requires net access/],
  "the network by node:net": [
    "import('node:net').then((net) => new Promise((_, reject) => net.connect(9, '127.0.0.1').on('error', reject)))",
    /Requires net access/,
  ],
  "resolving a name": ["Deno.resolveDns('example.org', 'A')", /Requires net access/],
  "listening": ["Deno.listen({ port: 0 })", /Requires net access/],
  "the environment": ["Deno.env.get('HOME')", /Requires env access/],
  "the environment by node:process": ["import('node:process').then((process) => process.default.env.HOME)", /Requires env access/],
  "changing the environment": ["Deno.env.set('X', 'y')", /Requires env access/],
  "running a program": ["new Deno.Command(Deno.execPath(), { args: ['--version'] }).output()", /Requires run access/],
  "running by node:child_process": [
    "import('node:child_process').then((node) => node.spawnSync('true', [], { env: { NODE_V8_COVERAGE: '' } }))",
    /Requires (run|env) access/,
  ],
  "killing its parent": ["Deno.kill(Deno.ppid, 'SIGKILL')", /Requires run access/],
  "killing by node:process": [
    "import('node:process').then((process) => process.default.kill(Deno.ppid, 'SIGKILL'))",
    /Requires run access/,
  ],
  "native code": ["Deno.dlopen('/lib/x86_64-linux-gnu/libc.so.6', { getpid: { parameters: [], result: 'i32' } })", /Requires ffi access/],
  "facts of the system": ["Deno.hostname()", /Requires sys access/],
  "facts of the user": ["import('node:os').then((os) => os.userInfo())", /Requires sys access/],
  "importing a file": ["import(`file://${root}core/scene.ts`)", /Requires read access/],
  "importing a file as JSON": ["import(`file://${root}deno.json`, { with: { type: 'json' } })", /Requires read access/],
  "importing from beside it": ["import('./plugin.ts')", /relative URL|Relative import|invalid URL/],
  "importing from a server": ["import('https://deno.land/std/version.ts')", /Requires import access|--no-remote/],
  "importing a package": ["import('npm:zod')", /--no-npm/],
  "importing from a registry": ["import('jsr:@std/assert')", /Requires import access|--no-remote/],
  "asking for permission": [
    "Deno.permissions.request({ name: 'read' }).then(({ state }) => { if (state !== 'granted') throw new Error(`is ${state}`); })",
    /is (denied|prompt)/,
  ],
  "a worker that reads": [
    `new Promise((resolve, reject) => {
      const worker = new Worker("data:text/javascript," + encodeURIComponent(
        "postMessage(await Deno.readTextFile('" + root + "deno.json').then(() => 'read it', String))"), { type: "module" });
      worker.onmessage = ({ data }) => data === "read it" ? resolve(data) : reject(new Error(data));
    })`,
    /Requires read access/,
  ],
  "the operations below Deno": [
    "Deno[Deno.internal].core.ops.op_read_file_sync.call(null, root + 'deno.json')",
    /undefined|not a function/,
  ],
  "the globals of its parent": ["Promise.reject(new Error(typeof globalThis.parent + typeof globalThis.opener))", /undefinedundefined/],
};

function reporter(root: string): string {
  const attempts = Object.entries(ATTEMPTS).map(([name, [code]]) => `${JSON.stringify(name)}: async () => await (${code})`);
  return `
const root = ${JSON.stringify(root)};
const attempts = { ${attempts.join(",\n")} };
async function tryAll() {
  const outcomes = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    outcomes[name] = await attempt().then(() => "ESCAPED", String);
  }
  return outcomes;
}
// Once while it is loaded, and once when it is called.
const early = await tryAll();
export default {
  kind: "reporter",
  name: "escape",
  version: "1.0.0",
  description: "tries what it may not",
  async report() {
    const text = JSON.stringify([early, await tryAll()]);
    return [{ name: "outcomes.json", bytes: new TextEncoder().encode(text) }];
  },
};`;
}

Deno.test("a plugin in a sandbox is refused whatever it may not do, and the host goes on", async (test) => {
  const root = new URL("../../../", import.meta.url).pathname;
  await withPlugins({ "plugin.ts": reporter(root) }, async ({ plugins }, folder) => {
    const [early, late] = JSON.parse(await reportText(plugins[0])) as Record<string, string>[];
    for (const [name, [, refusal]] of Object.entries(ATTEMPTS)) {
      await test.step(name, () => {
        assertMatch(early[name], refusal);
        assertMatch(late[name], refusal);
      });
    }
    assertEquals(Array.from(Deno.readDirSync(new URL(`../../../${folder}`, import.meta.url)), ({ name }) => name), ["plugin.ts"]);
    assert(JSON.parse(await reportText(plugins[0])).length === 2, "it still answers");
  });
});
