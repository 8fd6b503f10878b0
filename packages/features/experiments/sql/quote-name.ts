import { ScriptError } from "@calcom/lib/script-error";

/** PostgreSQL cuts longer names, and two that are cut may be the same. Two $ in a row would end the body of a function. */
const NAME = /^(?!.*\$\$)[A-Za-z_][A-Za-z0-9_$]{0,62}$/;

/** The one way of a name from a configuration into SQL. */
export function quoteName(name: string): string {
  if (!NAME.test(name))
    throw new ScriptError(
      `"${name}" cannot be a name in the module's SQL: it takes letters, digits, _ and single $, begins with a letter or _, and has at most 63 characters.`,
    );
  return `"${name}"`;
}
