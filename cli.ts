import { InputError, type PluginFailure, unknownName } from "./core/errors.ts";
import { describeOptions, type OptionTable, type OptionValues, parseOptions } from "./commands/options.ts";
import type { CommandContext, ExitStatus } from "./commands/run.ts";

/** What a command's module exports. */
interface Command {
  readonly options: OptionTable;
  /** What may stand before the options; nothing where absent. */
  readonly operands?: readonly string[];
  run(options: OptionValues<OptionTable>, context: CommandContext): Promise<ExitStatus>;
}

/** Commands by name, with their summaries here so that the overview loads none of them. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; load(): Promise<unknown> }>> = {
  grow: { summary: "grows regions in which a network is robust, or fails", load: () => import("./commands/grow.ts") },
  map: { summary: "samples a network semantic map", load: () => import("./commands/map.ts") },
  render: { summary: "renders semantic points to pictures", load: () => import("./commands/render.ts") },
  study: { summary: "measures networks on shapes: SRVR by network, class and method", load: () => import("./commands/study.ts") },
  "study merge": { summary: "joins the parts of a study that was split with --shard", load: () => import("./commands/study_merge.ts") },
  bias: { summary: "averages maps over networks and shapes: what the networks share", load: () => import("./commands/bias.ts") },
  gate: { summary: "asks runs for what a network must do, with an exit status", load: () => import("./commands/gate.ts") },
  report: { summary: "makes one page of runs, and films of growing regions", load: () => import("./commands/report.ts") },
  train: { summary: "trains a network on chosen viewpoints of the built-in shapes", load: () => import("./commands/train.ts") },
  models: { summary: "lists the networks that have names", load: () => import("./commands/models.ts") },
  "models list": { summary: "lists the networks that have names", load: () => import("./commands/models.ts") },
  "models pull": { summary: "fetches a network of the catalog and verifies it", load: () => import("./commands/models/pull.ts") },
  "models inspect": { summary: "says what an ONNX file holds", load: () => import("./commands/models/inspect.ts") },
  plugins: { summary: "lists parameters, methods and all other plugins", load: () => import("./commands/plugins.ts") },
  "plugins new": { summary: "writes the skeleton of a plugin and its test", load: () => import("./commands/plugins/new.ts") },
  "plugins check": { summary: "tries a plugin against all that its kind must do", load: () => import("./commands/plugins/check.ts") },
  doctor: { summary: "tells what this machine can do, and how fast", load: () => import("./commands/doctor.ts") },
};

/** Runs a command line. Returns the exit status: 0, 2 for a mistake in what was given, 3 where `gate` finds a demand that is not met, 130 when interrupted; a bug is thrown. */
export async function main(args: readonly string[]): Promise<ExitStatus> {
  const words = Object.hasOwn(COMMANDS, args.slice(0, 2).join(" ")) ? 2 : 1;
  const name = args.length === 0 ? undefined : args.slice(0, words).join(" ");
  const rest = args.slice(words);
  if (name === undefined || name === "help" || name === "--help") {
    console.log(overview());
    return name === undefined ? 2 : 0;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw unknownName("command", name, Object.keys(COMMANDS));
    const command = await COMMANDS[name].load() as Command;
    const parts = Object.keys(COMMANDS).filter((part) => part.startsWith(`${name} `));
    if (rest.includes("--help")) {
      const operands = command.operands?.map((operand) => ` ${operand}`).join("") ?? "";
      const more = parts.length === 0 ? "" : `\n\n${summaries(parts)}`;
      console.log(`orthotope ${name}${operands}: ${COMMANDS[name].summary}${more}\n\n${describeOptions(command.options)}`);
      return 0;
    }
    if (parts.length > 0 && rest.length > 0 && !rest[0].startsWith("-")) throw unknownName("command", `${name} ${rest[0]}`, parts);
    const firstOption = rest.findIndex((word) => word.startsWith("-"));
    const operands = rest.slice(0, firstOption < 0 ? undefined : firstOption).slice(0, command.operands?.length ?? 0);
    const options = parseOptions(command.options, rest.slice(operands.length));
    let failure: PluginFailure | undefined;
    const fail = (reason: PluginFailure) => void (failure ??= reason);
    const interrupt = new AbortController();
    const stop = () => {
      if (interrupt.signal.aborted) Deno.exit(130);
      console.error("\nStopping: what is done is kept (again to stop at once)");
      interrupt.abort();
    };
    Deno.addSignalListener("SIGINT", stop);
    try {
      const status = await command.run(options, {
        signal: interrupt.signal,
        operands,
        fail,
        stop(reason) {
          fail(reason);
          interrupt.abort(reason);
        },
      });
      if (failure !== undefined) throw failure;
      return status;
    } finally {
      Deno.removeSignalListener("SIGINT", stop);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  }
}

/** Names of commands beside what they do. */
function summaries(names: readonly string[]): string {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return names.map((name) => `  ${name.padEnd(width)}${COMMANDS[name].summary}`).join("\n");
}

function overview(): string {
  return `orthotope COMMAND [options]\n\n${summaries(Object.keys(COMMANDS))}\n\northotope COMMAND --help lists the options of a command`;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
