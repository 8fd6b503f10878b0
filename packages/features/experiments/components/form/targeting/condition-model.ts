import { readOwnJson } from "@calcom/lib/json";
import {
  type Condition,
  type ConditionOperand,
  operandOf,
  type Scalar,
} from "../../../lib/conditions/condition";

/** What a rule can ask, as a sentence names it, and the operator that stands for it. */
export const RULE_OPERATORS = {
  is: "$eq",
  is_not: "$ne",
  is_one_of: "$in",
  is_none_of: "$nin",
  is_over: "$gt",
  is_at_least: "$gte",
  is_under: "$lt",
  is_at_most: "$lte",
  matches: "$regex",
  is_version_from: "$vgte",
  is_version_before: "$vlt",
  is_known: "$exists",
  is_unknown: "$exists",
} as const;
export type RuleOperator = keyof typeof RULE_OPERATORS;

/** A rule while it is typed: texts, as they were typed. */
export interface ConditionRule {
  kind: "rule";
  path: string;
  operator: RuleOperator;
  /** One, or for lists several. */
  values: string[];
}

export interface ConditionGroup {
  kind: "group";
  join: "all" | "any";
  children: ConditionNode[];
}

export type ConditionNode = ConditionRule | ConditionGroup;

/** What people have, for suggestions. */
export interface KnownAttribute {
  name: string;
  values: string[];
}

export const emptyGroup: ConditionGroup = { kind: "group", join: "all", children: [] };
export const emptyRule: ConditionRule = { kind: "rule", path: "", operator: "is", values: [] };

export const takesList = (operator: RuleOperator) => operator === "is_one_of" || operator === "is_none_of";
export const takesNothing = (operator: RuleOperator) => operator === "is_known" || operator === "is_unknown";
/** Whether what is typed is a text, even if it looks like a number. */
export const isText = (operator: RuleOperator) => !READ_AS_JSON.has(operandOf[RULE_OPERATORS[operator]]);
const READ_AS_JSON: ReadonlySet<string> = new Set(["literal", "list", "ordered", "boolean"]);

/** The condition that a group stands for; rules without an attribute are not there yet. */
export function toCondition(group: ConditionGroup): Condition {
  const parts = group.children.flatMap((child): Condition[] => {
    if (child.kind === "rule") return child.path.trim() === "" ? [] : [ruleCondition(child)];
    const nested = toCondition(child);
    return Object.keys(nested).length === 0 ? [] : [nested];
  });
  if (group.join === "any") return parts.length === 0 ? {} : { $or: parts };
  const keys = parts.flatMap((part) => Object.keys(part));
  // One object reads best; two rules about one attribute would overwrite each other in it.
  return new Set(keys).size === keys.length ? Object.assign({}, ...parts) : { $and: parts };
}

/** Numbers, true, false and null are read as such; quotes make a text of them. */
export function readScalar(text: string): Scalar {
  const trimmed = text.trim();
  if (/^".*"$/s.test(trimmed)) {
    // Quotes that close nothing are part of the text.
    const quoted = readOwnJson(trimmed);
    if (typeof quoted === "string") return quoted;
  }
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  if (trimmed === "null") return null;
  const number = Number(trimmed);
  return trimmed !== "" && Number.isFinite(number) ? number : trimmed;
}

export function writeScalar(value: Scalar): string {
  const plain = typeof value === "string" ? value : JSON.stringify(value);
  return readScalar(plain) === value ? plain : JSON.stringify(value);
}

function ruleCondition({ path, operator, values }: ConditionRule): Condition {
  const [first = ""] = values;
  const value = isText(operator) ? first.trim() : readScalar(first);
  const operands: Partial<Record<RuleOperator, ConditionOperand>> = {
    is: value,
    is_one_of: { $in: values.map(readScalar) },
    is_none_of: { $nin: values.map(readScalar) },
    is_known: { $exists: true },
    is_unknown: { $exists: false },
  };
  return { [path.trim()]: operands[operator] ?? { [RULE_OPERATORS[operator]]: value } };
}
