import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** Of 4: "safely unguessable", against whoever may try often and slowly. */
const STRONG_ENOUGH = 3;
// It is asked on the thread that answers everybody: both keep the worst that somebody can type below some 30 ms.
const MAX_SUBSTITUTIONS = 10;
/** Beyond this the time that it takes grows, and nothing of what it says changes. */
const JUDGED_CHARS = 24;

let factory: Promise<ZxcvbnFactory> | null = null;

/** A megabyte of words: read when somebody first chooses a password, and by no browser. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, en, de] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
    import("@zxcvbn-ts/language-de"),
  ]);
  return new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
    dictionary: { ...common.dictionary, ...en.dictionary, ...de.dictionary },
  });
}

/** Whether a password would be guessed soon, by someone who knows these words of its owner. */
export async function isGuessable(password: string, wordsOfOwner: string[]): Promise<boolean> {
  factory ??= load();
  const parts = wordsOfOwner.map((words) => words.split(/[^\p{L}\p{N}]+/u));
  const known = [...wordsOfOwner, ...parts.flat(), ...parts.map((each) => each.join(""))];
  const words = known.filter((word) => word.length > 2);
  const { score } = (await factory).check(password.slice(0, JUDGED_CHARS), [...words, "calcom", "cal.com"]);
  return score < STRONG_ENOUGH;
}
