import { isExact } from "@calcom/lib/gate/exact";
import { isRefusedName } from "@calcom/lib/gate/names";
import { isStorable } from "@calcom/lib/gate/text";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import { conditionLimits as limits } from "./condition";

export type ConditionPath = readonly (string | number)[];
export interface ConditionProblem {
  path: ConditionPath;
  /** A message that can be shown: says where, and what to do. */
  sentence: Sentence;
}

const MAX_PROBLEMS = 10;
const MAX_PATH_CHARS = 120;

/** Walks an untrusted value in bounded time and stack, and collects what is wrong with it. */
export class Inspection {
  readonly problems: ConditionProblem[] = [];
  private isOver = false;
  private depth = 0;
  private nodes = 0;
  private chars = 0;
  private patterns = 0;

  eachEntry(
    record: Record<string, unknown>,
    path: ConditionPath,
    visit: (key: string, value: unknown, path: ConditionPath) => void,
  ): void {
    this.nested(path, () => {
      for (const [key, value] of Object.entries(record)) {
        const here = [...path, key];
        this.countNode(here);
        if (this.isOver) return;
        if (isRefusedName(key)) this.report(here, "this name isn’t allowed");
        else visit(key, value, here);
      }
    });
  }

  eachItem(
    items: readonly unknown[],
    path: ConditionPath,
    visit: (item: unknown, path: ConditionPath) => void,
  ): void {
    if (items.length > limits.listItems) {
      this.report(path, `list at most ${limits.listItems.toLocaleString("en-US")} items`);
      return;
    }
    for (let index = 0; index < items.length && !this.isOver; index++) visit(items[index], [...path, index]);
  }

  nested(path: ConditionPath, visit: () => void): void {
    if (this.depth === limits.depth) {
      this.report(path, `nest at most ${limits.depth} levels`);
      return;
    }
    this.depth++;
    visit();
    this.depth--;
  }

  countNode(path: ConditionPath): void {
    if (++this.nodes > limits.nodes) this.stop(path, `use at most ${limits.nodes} paths and operators`);
  }

  countPattern(path: ConditionPath): void {
    if (++this.patterns > limits.patterns) this.stop(path, `use at most ${limits.patterns} patterns`);
  }

  text(text: string, path: ConditionPath, maxChars: number = limits.textChars): void {
    this.chars += text.length;
    if (text.length > maxChars)
      this.report(path, sentence("use at most {{limit}} characters", { limit: maxChars }));
    else if (!isStorable(text)) this.report(path, "contains a character that can’t be stored");
    else if (this.chars > limits.totalChars)
      this.stop(
        path,
        `use at most ${limits.totalChars.toLocaleString("en-US")} characters in the whole condition`,
      );
  }

  /** Above 2^53 it may be another number than the one that was written. */
  exact(value: number, path: ConditionPath): void {
    if (!isExact(value)) this.report(path, "this number can’t be stored exactly: write it as text");
  }

  expect(isMet: boolean, path: ConditionPath, what: string | Sentence): void {
    if (!isMet) this.report(path, sentence("expected {{what}}", { what: asSentence(what) }));
  }

  report(path: ConditionPath, what: string | Sentence): void {
    if (this.isOver) return;
    const where = path.length === 0 ? sentence("the condition") : path.join(" › ").slice(0, MAX_PATH_CHARS);
    this.problems.push({
      path,
      sentence: sentence("At {{where}}: {{what}}.", { where, what: asSentence(what) }),
    });
    if (this.problems.length === MAX_PROBLEMS) this.isOver = true;
  }

  /** A refusal of its own, which says all. */
  repeat(path: ConditionPath, sentence: Sentence): void {
    this.problems.push({ path, sentence });
    this.isOver = true;
  }

  private stop(path: ConditionPath, what: string): void {
    this.report(path, what);
    this.isOver = true;
  }
}

function asSentence(what: string | Sentence): Sentence {
  return typeof what === "string" ? sentence(what) : what;
}
