import { InputError, unknownName } from "./core/errors.ts";
import { describeOptions, type OptionTable, type OptionValues, parseOptions } from "./commands/options.ts";
import type { CommandContext, ExitStatus } from "./commands/run.ts";

/** What a command's module exports. */
interface Command {
  readonly options: OptionTable;
  run(options: OptionValues<OptionTable>, context: CommandContext): Promise<ExitStatus>;
}

/** Commands by name, with their summaries here so that the overview loads none of them. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; load(): Promise<unknown> }>> = {
  grow: { summary: "grows regions in which a network is robust, or fails", load: () => import("./commands/grow.ts") },
  map: { summary: "samples a network semantic map", load: () => import("./commands/map.ts") },
  render: { summary: "renders semantic points to pictures", load: () => import("./commands/render.ts") },
  report: { summary: "makes one page of runs, and films of growing regions", load: () => import("./commands/report.ts") },
  plugins: { summary: "lists parameters, methods and all other plugins", load: () => import("./commands/plugins.ts") },
};

/** Runs a command line. Returns the exit status: 0, 2 for a mistake in what was given, 130 when interrupted; a bug is thrown. */
export async function main(args: readonly string[]): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help") {
    console.log(overview());
    return name === undefined ? 2 : 0;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw unknownName("command", name, Object.keys(COMMANDS));
    const command = await COMMANDS[name].load() as Command;
    if (rest.includes("--help")) {
      console.log(`orthotope ${name}: ${COMMANDS[name].summary}\n\n${describeOptions(command.options)}`);
      return 0;
    }
    const interrupt = new AbortController();
    const stop = () => {
      if (interrupt.signal.aborted) Deno.exit(130);
      console.error("\nStopping: what is done is kept (again to stop at once)");
      interrupt.abort();
    };
    Deno.addSignalListener("SIGINT", stop);
    try {
      return await command.run(parseOptions(command.options, rest), { signal: interrupt.signal });
    } finally {
      Deno.removeSignalListener("SIGINT", stop);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  }
}

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return `orthotope COMMAND [options]\n\n${rows.join("\n")}\n\northotope COMMAND --help lists the options of a command`;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
