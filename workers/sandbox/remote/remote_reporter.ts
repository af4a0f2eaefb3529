import { z } from "zod";
import type { Reporter } from "../../../core/reporter.ts";
import { parsed } from "../parsed.ts";
import type { Remote } from "./remote_plugin.ts";

/** Most bytes of a report. */
const MOST = 2 ** 28;

const files = z.array(z.object({
  name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/, "must be a file's name without a folder"),
  bytes: z.instanceof(Uint8Array),
})).max(1000);

/** A reporter in a sandbox: a record goes there, the files' bytes come back. */
export function remoteReporter(facts: Omit<Reporter, "report">, remote: Remote): Reporter {
  return {
    ...facts,
    report: (record) => remote.call({ name: "report", arguments: [record], most: MOST, read: (result) => parsed(files, result) }),
  };
}
