import { parseArgs } from "@std/cli/parse-args";
import { InputError, unknownName } from "../core/errors.ts";

/** One option of a command. */
export interface Option<Value> {
  /** What stands for the value in the help; absent for a flag. */
  readonly argument?: string;
  readonly description: string;
  /** What the option means where it is given without a value; absent: it needs one. */
  readonly implied?: string;
  /** Whether it can be given several times: its value is then an array. */
  readonly repeat?: boolean;
  /** Whether arguments without a name are its values. */
  readonly bare?: boolean;
  /** Reads the text of the value. @throws InputError that names the option. */
  parse(text: string, name: string): Value;
}

/** Options by name. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of a table: arrays where an option repeats, undefined where it was not given. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { repeat: true; parse(text: string, name: string): infer Value } ? readonly Value[]
    : Table[Name] extends { parse(text: string, name: string): infer Value } ? Value | undefined
    : never;
};

/** Reads a command's arguments. @throws InputError for an unknown or malformed option, or anything that is no option. */
export function parseOptions<Table extends OptionTable>(table: Table, args: readonly string[]): OptionValues<Table> {
  const names = Object.keys(table);
  const parsed = parseArgs(joined(table, args), {
    string: names.filter((name) => table[name].argument !== undefined),
    boolean: names.filter((name) => table[name].argument === undefined),
    collect: names.filter((name) => table[name].argument !== undefined),
    unknown: (argument: string, key?: string) => {
      if (key !== undefined) throw unknownName("option", `--${key}`, names.map((name) => `--${name}`));
      throw new InputError(`Unexpected argument "${argument}": options start with "--"`);
    },
  }) as Record<string, boolean | string[] | undefined>;
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const given = parsed[name];
    const read = (text: string) => {
      if (text === "" && table[name].argument !== undefined) throw new InputError(`--${name} needs a value: ${table[name].argument}`);
      return table[name].parse(text, `--${name}`);
    };
    if (table[name].argument === undefined) values[name] = given === true ? read("") : undefined;
    else {
      const texts = given as string[] | undefined ?? [];
      if (!table[name].repeat && texts.length > 1) {
        throw new InputError(`--${name} must be given once: it is given as ${texts.join(" and ")}`);
      }
      values[name] = table[name].repeat ? texts.map(read) : texts.map(read)[0];
    }
  }
  return values as OptionValues<Table>;
}

/** Joins each option with the value that follows it, so that a value may start with a minus sign. */
function joined(table: OptionTable, args: readonly string[]): string[] {
  const result: string[] = [];
  const bare = Object.keys(table).find((name) => table[name].bare);
  for (let i = 0; i < args.length; i++) {
    const name = args[i].startsWith("--") ? args[i].slice(2) : undefined;
    const option = name === undefined ? undefined : table[name];
    const alone = i + 1 === args.length || args[i + 1].startsWith("--");
    if (option?.implied !== undefined && alone) result.push(`${args[i]}=${option.implied}`);
    else if (option?.argument !== undefined && i + 1 < args.length) result.push(`${args[i]}=${args[++i]}`);
    else if (bare !== undefined && !args[i].startsWith("-")) result.push(`--${bare}=${args[i]}`);
    else if (/^-[^-]/.test(args[i])) throw new InputError(`Unexpected argument "${args[i]}": options start with "--"`);
    else result.push(args[i]);
  }
  return result;
}

/** An option that is there or not. */
export function flag(description: string): Option<true> {
  return { description, parse: () => true };
}

/** An option that takes any text. */
export function text(argument: string, description: string): Option<string> {
  return { argument, description, parse: (value) => value };
}

/** An option that takes one of a few words. */
export function choice<const Choice extends string>(choices: readonly Choice[], description: string): Option<Choice> {
  return {
    argument: choices.join("|"),
    description,
    parse(value, name) {
      if (!(choices as readonly string[]).includes(value)) {
        throw new InputError(`${name} must be one of ${choices.join(", ")}: current value is "${value}"`);
      }
      return value as Choice;
    },
  };
}

/** An option that takes a number in a range. */
export function number(
  argument: string,
  description: string,
  { low = -Infinity, high = Infinity, integer = false }: { low?: number; high?: number; integer?: boolean } = {},
): Option<number> {
  return { argument, description, parse: (value, name) => parseNumber(value, name, { low, high, integer }) };
}

/** An option that takes numbers separated by commas. */
export function numbers(argument: string, description: string): Option<readonly number[]> {
  return { argument, description, parse: (value, name) => value.split(",").map((part) => parseNumber(part, name)) };
}

/** An option that takes words separated by commas, each of them once. */
export function words(argument: string, description: string): Option<readonly string[]> {
  return {
    argument,
    description,
    parse(value, name) {
      const given = value.split(",").map((word) => word.trim());
      requireOnce(given, name);
      return given;
    },
  };
}

/** @throws InputError where a name is there twice. */
export function requireOnce(names: readonly string[], option: string): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`${option} names "${twice}" twice: name it once`);
}

/** The same option, that may be given several times. */
export function repeated<Value>(option: Option<Value>): Option<Value> & { readonly repeat: true } {
  return { ...option, repeat: true };
}

/** Reads a number. @throws InputError that names what it is of. */
export function parseNumber(
  value: string,
  name: string,
  { low = -Infinity, high = Infinity, integer = false }: { low?: number; high?: number; integer?: boolean } = {},
): number {
  const result = value.trim() === "" ? NaN : Number(value);
  if (Number.isNaN(result) || !Number.isFinite(result)) throw new InputError(`${name} must be a number: current value is "${value}"`);
  if (integer && !Number.isInteger(result)) throw new InputError(`${name} must be a whole number: current value is "${value}"`);
  if (result < low || result > high) {
    const range = high === Infinity ? `at least ${low}` : low === -Infinity ? `at most ${high}` : `in [${low}, ${high}]`;
    throw new InputError(`${name} must be ${range}: current value is ${value}`);
  }
  return result;
}

/** The options as lines of help. */
export function describeOptions(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, { argument, description, repeat }]) =>
    [`--${name}${argument === undefined ? "" : ` ${argument}`}`, `${description}${repeat ? " (repeatable)" : ""}`] as const
  );
  return rows.map(([left, right]) => left.length > 26 ? `  ${left}\n  ${" ".repeat(28)}${right}` : `  ${left.padEnd(28)}${right}`).join(
    "\n",
  );
}
