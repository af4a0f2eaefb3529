import { InputError } from "./errors.ts";

/** What a JSON text holds. @param name What to call the text in messages. @throws InputError where it is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${name} must be JSON: ${error.message.split("\n")[0]}`);
    throw error;
  }
}
