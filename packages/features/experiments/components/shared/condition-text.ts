import type { Translate } from "@calcom/lib/i18n";
import {
  type ConditionGroup,
  type ConditionNode,
  type ConditionRule,
  takesNothing,
} from "../form/targeting/condition-model";

interface ConditionWords {
  t: Translate;
  list: (parts: string[]) => string;
  all: (parts: string[]) => string;
}

/** Rules as a person reads them: "country is DE or AT and seats is over 5"; "" where none asks for anything. */
export function conditionText({ join, children }: ConditionGroup, words: ConditionWords): string {
  const parts = children.map((child) => nodeText(child, children.length > 1, words));
  const asked = parts.filter((part) => part !== "");
  return join === "any" ? words.list(asked) : words.all(asked);
}

function nodeText(node: ConditionNode, hasSiblings: boolean, words: ConditionWords): string {
  if (node.kind === "rule") return node.path.trim() === "" ? "" : ruleText(node, words);
  const nested = conditionText(node, words);
  // Without them nobody could tell what "and" and "or" belong to.
  return nested !== "" && hasSiblings && node.children.length > 1 ? `(${nested})` : nested;
}

function ruleText({ path, operator, values }: ConditionRule, { t, list }: ConditionWords): string {
  const asked = t(`condition_${operator}`);
  return takesNothing(operator) ? `${path} ${asked}` : `${path} ${asked} ${list(values)}`;
}
