import { type Sentence, sentence } from "../sentence";
import { NOT_EXACT } from "./exact";

/** What a text was that is not JSON, or not JSON that can be kept. The schemas refuse it, and say why. */
export class UnreadableJson {
  readonly why: Sentence;

  constructor(why: Sentence) {
    this.why = why;
  }
}

/**
 * Parses JSON that somebody has written, and refuses what `JSON.parse` would lose without a word: a key that stands
 * twice in one object, and a number that no JavaScript number is equal to. Never throws.
 */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new UnreadableJson(sentence("Not valid JSON. Check quotes, commas and brackets."));
  }
  const why = findLoss(text);
  return why === null ? value : new UnreadableJson(why);
}

/** Of a text that was parsed, so that its tokens follow each other as they must. */
function findLoss(text: string): Sentence | null {
  /** For each object and list around the token: the keys so far, null in a list. */
  const around: (Set<string> | null)[] = [];
  let lastText = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "{") around.push(new Set());
    else if (char === "[") around.push(null);
    else if (char === "}" || char === "]") around.pop();
    else if (char === '"') {
      const start = at;
      at = endOfText(text, start);
      lastText = text.slice(start, at + 1);
    } else if (char === ":") {
      const keys = around.at(-1);
      const key: string = JSON.parse(lastText);
      if (keys?.has(key)) return sentence("The key {{key}} appears twice in one object. Keep one.", { key });
      keys?.add(key);
    } else if (char === "-" || isDigit(char)) {
      NUMBER_AT.lastIndex = at;
      const [written = char] = NUMBER_AT.exec(text) ?? [];
      if (!isKept(written)) return sentence(NOT_EXACT, { number: written.slice(0, MAX_SHOWN) });
      at += written.length - 1;
    }
  }
  return null;
}

/** Where the quotes close that open at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return at;
}

const MAX_SHOWN = 40;
const NUMBER_AT = /[-+\d.eE]+/y;
const isDigit = (char: string): boolean => char >= "0" && char <= "9";

/** Whether the number that is written is the one that JavaScript writes for it: 1.10 is, 12345678901234567890 is not. */
function isKept(written: string): boolean {
  const value = Number(written);
  return Number.isFinite(value) && normalize(written) === normalize(String(value));
}

/** The digits without zeros at their ends, and the power of ten of the first one. */
function normalize(written: string): string {
  const [, sign = "", whole = "", part = "", power = "0"] = NUMBER.exec(written) ?? [];
  const digits = (whole + part).replace(/^0+/, "");
  if (digits === "") return "0";
  const first = Number(power) + whole.length - (whole.length + part.length - digits.length);
  return `${sign}${digits.replace(/0+$/, "")}e${first}`;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
