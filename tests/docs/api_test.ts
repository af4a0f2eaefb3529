import { assert } from "@std/assert";

Deno.test("mod.ts: everything that is public is documented, and refers to nothing that is not", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "mod.ts"],
    cwd: new URL("../../", import.meta.url),
    stdout: "null",
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});
