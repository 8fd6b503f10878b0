import { type Sentence, sentence } from "../sentence";

/**
 * What every object inherits, and `prototype`. As a key from outside, such a name shadows a method that code relies on,
 * reaches the prototype where it is merged carelessly, and is refused by superjson, so that no answer could hold it.
 */
const REFUSED: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);

/** The one list for everything that is named from outside: slugs, variants, events, attributes, keys of documents. */
export function isRefusedName(name: string): boolean {
  return REFUSED.has(name);
}

export function refusedName(name: string): Sentence {
  return sentence("The name {{name}} is reserved in JavaScript. Choose another one.", { name });
}
