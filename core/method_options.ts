import { InputError, outOfRange } from "./errors.ts";
import type { MethodFacts, MethodOption } from "./region_method.ts";

/** A value for each option of a method. @throws InputError where one is unknown or out of range, or broken where it must be whole. */
export function methodOptions({ name: method, options }: MethodFacts, given: Readonly<Record<string, number>>): Record<string, number> {
  for (const name of Object.keys(given)) {
    if (options[name] === undefined) {
      throw new InputError(`Method "${method}" has no option "${name}": it has ${Object.keys(options).join(", ")}`);
    }
  }
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const value = given[name] ?? option.default;
      requireOption(`Option "${name}" of method "${method}"`, value, option);
      return [name, value];
    }),
  );
}

/** @throws InputError where a value of an option is out of range, or broken where it must be whole. */
export function requireOption(what: string, value: number, { low, high, integer = false }: MethodOption): void {
  if (!(value >= low && value <= high)) throw outOfRange(what, value, low, high);
  if (integer && !Number.isInteger(value)) throw new InputError(`${what} must be a whole number: current value is ${value}`);
}
