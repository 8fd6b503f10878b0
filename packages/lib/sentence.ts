import type { Translate } from "./translate";

/** A text with `{{variables}}`. The text is the key of its translations, so it is written out in one place only. */
export interface Sentence {
  text: string;
  /** A sentence within a sentence is translated as well; anything else stands as it is. */
  values: Readonly<Record<string, string | number | Sentence>>;
}

/** Why something is refused: in English, and with its sentence if that has variables. */
export interface Refusal {
  message: string;
  sentence?: Sentence | undefined;
}

export function sentence(text: string, values: Sentence["values"] = {}): Sentence {
  return { text, values };
}

/** Whether what came from elsewhere is one. */
export function isSentence(value: unknown): value is Sentence {
  return (
    typeof value === "object" &&
    value !== null &&
    "text" in value &&
    typeof value.text === "string" &&
    "values" in value &&
    typeof value.values === "object" &&
    value.values !== null
  );
}

/** In the shape in which a schema or an error reports it. */
export function asRefusal(sentence: Sentence): Refusal {
  return { message: written(sentence), sentence };
}

/** In English. */
export function written({ text, values }: Sentence): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "object" ? written(value) : String(value);
  });
}

/** In the language of `t`, or in English if there is no translation. */
export function say(t: Translate, { message, sentence }: Refusal): string {
  const text = sentence?.text ?? message;
  const values = Object.entries(sentence?.values ?? {}).map(([name, value]) => [
    name,
    typeof value === "object" ? say(t, asRefusal(value)) : value,
  ]);
  const said = t(text, Object.fromEntries(values));
  return said === text ? message : said;
}
