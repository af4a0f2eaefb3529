import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import { product } from "../core/shape.ts";
import { counted } from "../plugins/reporters/figures/words.ts";
import { biasRecord } from "../workers/study/bias_record.ts";
import { MeshShelf } from "../workers/study/mesh_shelf.ts";
import { planBias } from "../workers/study/plan_study.ts";
import { describeBias } from "./bias_table.ts";
import { requireFolder } from "./files.ts";
import { number, type OptionValues, text } from "./options.ts";
import { Progress } from "./progress.ts";
import { openRegistry } from "./registry.ts";
import { type CommandContext, type ExitStatus, writeReports } from "./run.ts";
import { methodChoices, subjectChoices } from "./study_choices.ts";
import { givenMethodOptions, readDefinition, SHARED_WITH_GROW, SUBJECT_OPTIONS, type SubjectValues } from "./study_options.ts";
import { runPlan, sayPart, STUDY_REPORTERS } from "./study_run.ts";

const OWN_OPTIONS = {
  ...SUBJECT_OPTIONS,
  method: text("NAME", `method that grows the class-global regions (default ${DEFAULTS.method})`),
  regions: number("N", "most class-global adversarial regions a class (default 6)", { low: 0, high: 1000, integer: true }),
};

/** Options of `bias`. */
export const options = { ...SHARED_WITH_GROW, ...OWN_OPTIONS };

/** Degrees between the samples of the maps. */
const MAP_STEP = 6;
const SHAPES = 3;
const REGIONS = 6;

/** Averages the maps of networks and shapes, class by class, and writes what the networks share. */
export async function run(all: OptionValues<typeof options>, { signal, fail, stop }: CommandContext): Promise<ExitStatus> {
  const given: SubjectValues & OptionValues<typeof OWN_OPTIONS> = all;
  const progress = new Progress({ quiet: given.quiet === true });
  await using plugins = await openRegistry(given);
  const { registry } = plugins;
  requireFolder(given.out ?? DEFAULTS.out);
  const own = { methods: given.method === undefined ? undefined : [given.method], regions: given.regions };
  const definition = await readDefinition(given, own, givenMethodOptions(all));
  const subject = await subjectChoices(definition, { registry, shapes: SHAPES, step: MAP_STEP });
  const [method, ...more] = methodChoices(definition, plugins);
  if (more.length > 0) {
    throw new InputError(
      `Class-global regions need one method: give one of ${[method, ...more].map((choice) => choice.method.name).join(", ")}`,
    );
  }
  const shelf = new MeshShelf(subject);
  const { plan, sources } = await planBias({ ...subject, method, regions: definition.regions ?? REGIONS }, { ...plugins, shelf });
  const points = product(plan.map.shape);
  const { folder, store, units } = await runPlan({
    plan,
    sources,
    scenes: subject.scenes,
    plugins,
    shelf,
    given,
    signal,
    stop,
    progress,
    cost: () => points,
    announce(own, missing) {
      const restored = own.length - missing.length;
      const count = own.length.toLocaleString("en");
      progress.say(
        `${counted(plan.networks.length, "network")}, ${counted(plan.classes.length, "class", "classes")}: ${count} maps of ${
          points.toLocaleString("en")
        } points` +
          (restored > 0 ? `; ${restored} are there already` : ""),
      );
    },
  });
  using _ = store;
  const record = await biasRecord(plan, units, { store, method: method.method });
  await writeReports(record, { plugins, folder, json: given.json, progress, fail, reporters: STUDY_REPORTERS });
  sayPart({ shard: given.shard, progress });
  if (!given.json) console.log(describeBias(record));
  return signal.aborted ? 130 : 0;
}
