import { DEFAULTS } from "../core/defaults.ts";
import { product } from "../core/shape.ts";
import { counted } from "../plugins/reporters/figures/words.ts";
import type { StudyItem, StudyUnit } from "../workers/study/items.ts";
import { MeshShelf } from "../workers/study/mesh_shelf.ts";
import { type Passes, passesOfMethods } from "../workers/study/passes.ts";
import type { StudyPlan } from "../workers/study/plan.ts";
import { planStudy } from "../workers/study/plan_study.ts";
import { studyRecord } from "../workers/study/study_record.ts";
import { requireFolder } from "./files.ts";
import { choice, number, type OptionValues, repeated, text, words } from "./options.ts";
import { Progress } from "./progress.ts";
import { openRegistry } from "./registry.ts";
import { type CommandContext, type ExitStatus, writeReports } from "./run.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";
import { initialPoints, methodChoices, PRESETS, subjectChoices } from "./study_choices.ts";
import {
  filterOption,
  givenMethodOptions,
  parseStudyPoint,
  readDefinition,
  SHARED_WITH_GROW,
  SUBJECT_OPTIONS,
  type SubjectValues,
} from "./study_options.ts";
import { runPlan, sayPart, STUDY_REPORTERS } from "./study_run.ts";
import { describeStudy } from "./study_table.ts";

const OWN_OPTIONS = {
  ...SUBJECT_OPTIONS,
  preset: choice(["paper"], "the paper's study: ten classes of ten shapes, four initial points, its three methods"),
  at: repeated(
    text("POINT", "initial point: 130,30 in the order of the parameters, or azimuth=130,elevation=30 (default: the paper's four)"),
  ),
  method: words("NAME[,NAME...]", "region methods"),
  target: choice(["robust", "adversarial"], "regions in which the network is right, or wrong (default robust)"),
  gradient: SHARED_OPTIONS.gradient,
  filter: filterOption("NETWORK[:SCORE]", "leaves out shapes whose mean score on a network is below SCORE (0.1)"),
  trace: number("N", "rows of each region's trace that are kept (default 16)", { low: 0, high: 1e6, integer: true }),
  replicates: number("N", "samples of the bootstrap (default 2000)", { low: 1, high: 1e6, integer: true }),
};

/** Options of `study`. */
export const options = { ...SHARED_WITH_GROW, ...OWN_OPTIONS };

/** Degrees between the samples of the maps. */
const MAP_STEP = 12;
const TRACE_ROWS = 16;
const REPLICATES = 2000;

/** Grows regions for many networks, classes, shapes, initial points and methods, measures them, and writes the study. */
export async function run(all: OptionValues<typeof options>, { signal, fail, stop }: CommandContext): Promise<ExitStatus> {
  const given: SubjectValues & OptionValues<typeof OWN_OPTIONS> = all;
  const progress = new Progress({ quiet: given.quiet === true });
  await using plugins = await openRegistry(given);
  const { registry } = plugins;
  requireFolder(given.out ?? DEFAULTS.out);
  const definition = await readDefinition(given, {
    preset: given.preset,
    points: given.at.length === 0 ? undefined : given.at.map(parseStudyPoint),
    methods: given.method?.slice(),
    target: given.target,
    gradient: given.gradient,
    filter: given.filter,
    trace: given.trace,
    replicates: given.replicates,
  }, givenMethodOptions(all));
  const study = { ...(definition.preset === undefined ? {} : PRESETS[definition.preset]), ...definition };
  const subject = await subjectChoices(study, { registry, step: MAP_STEP });
  const shelf = new MeshShelf(subject);
  const { plan, sources } = await planStudy({
    ...subject,
    points: initialPoints(study, subject.scenes.space),
    methods: methodChoices(study, plugins),
    target: study.target ?? "robust",
    gradients: study.gradient ?? "exact",
    filter: study.filter ?? null,
    traceRows: study.trace ?? TRACE_ROWS,
    replicates: study.replicates ?? REPLICATES,
  }, { ...plugins, shelf });
  const passes = await passesOfMethods(plan, (name) => registry.get("method", name));
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
    cost: (item) => costOf(item, plan, passes),
    announce: (own, missing) => announce(plan, { own, missing, passes, progress }),
    onClass(group, store, units) {
      const { networks } = studyRecord(
        { ...plan, replicates: 0 },
        units.filter((unit) => unit.network === group.network && unit.class === group.class),
        store,
      );
      const { srvr, regions } = networks[group.network].byClass[plan.classes[group.class].name];
      const share = Number.isNaN(srvr) ? "no region" : `SRVR ${(100 * srvr).toFixed(2)}% over ${counted(regions, "region")}`;
      progress.say(`${networks[group.network].name}, ${plan.classes[group.class].name}: ${share}`);
    },
  });
  using _ = store;
  const record = studyRecord(plan, units, store);
  await writeReports(record, { plugins, folder, json: given.json, progress, fail, reporters: STUDY_REPORTERS });
  sayPart({ shard: given.shard, progress });
  if (!given.json) console.log(describeStudy(record));
  return signal.aborted ? 130 : 0;
}

/** What a growth without a limit of its own is reckoned to score. */
const USUAL_PASSES = 500;

function costOf({ kind }: StudyItem, { map, points, check }: StudyPlan, passes: readonly (Passes | null)[]): number {
  if (kind === "map") return map === null ? 0 : product(map.shape);
  const growth = passes.reduce((sum, most) => sum + (most === null ? USUAL_PASSES : most.scored + BACKWARD * most.differentiated), 0);
  return points.length * (growth + passes.length * check.samples);
}

/** A gradient costs about as much as this many scores. */
const BACKWARD = 3;

/** Says what is to be done, and how many passes of the networks the methods with a number of steps can take. */
function announce(
  { networks, classes, points, methods }: StudyPlan,
  { own, missing, passes, progress }: {
    own: readonly StudyUnit[];
    missing: readonly StudyItem[];
    passes: readonly (Passes | null)[];
    progress: Progress;
  },
): void {
  const regions = own.filter(({ grow }) => grow !== null).length * points.length * methods.length;
  const items = own.reduce((sum, { map, grow }) => sum + (map === null ? 0 : 1) + (grow === null ? 0 : 1), 0);
  const restored = items - missing.length;
  const left = missing.filter(({ kind }) => kind === "grow").length * points.length;
  const shapes = classes.reduce((sum, { shapes }) => sum + shapes.length, 0);
  progress.say(
    `${counted(networks.length, "network")}, ${counted(classes.length, "class", "classes")}, ${counted(shapes, "shape")}, ` +
      `${counted(points.length, "initial point")}, ` +
      `${methods.map(({ name }) => name).join(", ")}: ${regions.toLocaleString("en")} ${regions === 1 ? "region" : "regions"}` +
      (restored > 0 ? `; ${restored === 1 ? "1 item is" : `${restored} items are`} there already` : ""),
  );
  const known = passes.filter((most) => most !== null);
  if (known.length === 0 || left === 0) return;
  const [forward, backward] = [
    left * known.reduce((sum, { scored, differentiated }) => sum + scored + differentiated, 0),
    left * known.reduce((sum, { differentiated }) => sum + differentiated, 0),
  ];
  const names = methods.filter((_, i) => passes[i] !== null).map(({ name }) => name).join(", ");
  progress.say(
    `${names}: at most ${(forward + backward).toLocaleString("en")} passes (${forward.toLocaleString("en")} forward, ` +
      `${backward.toLocaleString("en")} backward); --steps and --shapes make them fewer`,
  );
}
